import type { RequestedControl } from '../../src/core/controls/control-id';
import type { SecurityGroup, SecurityGroupRule } from '../../src/core/network/security-group-rule';
import { addressSamples, isInternet, type Block } from './addresses';
import { letsTraffic, portSamples, sourceBlocks } from './packets';

const HIGH_RISK = [
  ...[20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080, 8088],
  ...[8888, 9200, 9300],
];

/** Ports at which some control changes its mind. */
export const CONTROL_PORTS = [...HIGH_RISK, 53, 80, 443, 1020, 1025];

type Family = Block['family'];

/** Whether a control forbids a port from the internet, written down a second time from its description. */
export function forbids(
  { id, parameters }: RequestedControl,
  family: Family,
  protocol: 'tcp' | 'udp',
  port: number,
): boolean {
  switch (id) {
    case 'EC2.13':
      return protocol === 'tcp' && port === 22;
    case 'EC2.14':
      return protocol === 'tcp' && port === 3389;
    case 'EC2.19':
      return protocol === 'tcp' && HIGH_RISK.includes(port);
    case 'EC2.53':
      return family === 'ipv4' && (port === 22 || port === 3389);
    case 'EC2.54':
      return family === 'ipv6' && (port === 22 || port === 3389);
    case 'EC2.18': {
      const name = protocol === 'tcp' ? 'authorizedTcpPorts' : 'authorizedUdpPorts';
      const values = parameters.find(({ Name }) => Name === name)?.Value ?? (protocol === 'tcp' ? ['80', '443'] : []);
      return !values.some((value) => isIn(value, port));
    }
    case 'baseline': {
      const name = protocol === 'tcp' ? 'forbiddenTcpPorts' : 'forbiddenUdpPorts';
      return parameters.find(({ Name }) => Name === name)?.Value.some((value) => isIn(value, port)) ?? false;
    }
    default:
      throw new Error(`the oracle does not know ${id}`);
  }
}

export function isIn(range: string, port: number): boolean {
  const [from, to = from] = range.split('-').map(Number);
  return from !== undefined && to !== undefined && from <= port && port <= to;
}

/** Rules that have a part in opening to the internet what a requested control forbids. */
export function violatingRules(
  group: SecurityGroup,
  controls: readonly RequestedControl[],
): ReadonlySet<SecurityGroupRule> {
  const violating = new Set<SecurityGroupRule>();
  const ingress = group.rules.filter((rule) => !rule.IsEgress);
  const ports = portSamples(ingress, CONTROL_PORTS);
  for (const family of ['ipv4', 'ipv6'] as const) {
    for (const protocol of ['tcp', 'udp'] as const) {
      for (const port of ports) {
        if (!controls.some((control) => forbids(control, family, protocol, port))) continue;
        for (const rule of openers(ingress, family, protocol, port, group)) violating.add(rule);
      }
    }
    if (!controls.some(({ id }) => id === 'EC2.18')) continue;
    // EC2.18 forbids protocol -1 whatever ports are authorized; gre stands for what only -1 lets through.
    for (const rule of openers(
      ingress.filter((one) => one.IpProtocol === '-1'),
      family,
      'gre',
      0,
      group,
    ))
      violating.add(rule);
  }
  return violating;
}

/** The rules that open one port to the whole internet of a family: each by itself, or several together. */
export function openers(
  rules: readonly SecurityGroupRule[],
  family: Family,
  protocol: 'tcp' | 'udp' | 'gre',
  port: number,
  group: SecurityGroup,
): readonly SecurityGroupRule[] {
  const reaching = rules
    .filter((rule) => letsTraffic(rule, protocol, port))
    .map((rule) => ({ rule, blocks: sourceBlocks(rule, group.prefixLists).filter((block) => block.family === family) }))
    .filter(({ blocks }) => blocks.length > 0);
  const whole = 2n ** (family === 'ipv4' ? 32n : 128n);
  const isWhole = (block: Block): boolean => block.last - block.first + 1n === whole;
  const partial = reaching.map(({ rule, blocks }) => ({ rule, blocks: blocks.filter((block) => !isWhole(block)) }));
  const parts = partial.flatMap(({ blocks }) => blocks);
  const covered = addressSamples(family, parts)
    .filter((address) => isInternet(family, address))
    .every((address) => parts.some((block) => block.first <= address && address <= block.last));
  return [
    ...reaching.filter(({ blocks }) => blocks.some(isWhole)),
    ...(covered ? partial.filter(({ blocks }) => blocks.length > 0) : []),
  ].map(({ rule }) => rule);
}
