import { success, type Result } from '../result';
import { canonicalProtocol, isKnownProtocol } from './protocol';
import { ruleProblem, type RuleProblem } from './rule-problem';

const NO_PROBLEM = success(undefined);

/** Protocol and ports of a rule or entry, as EC2 accepts them. `names` are those of the two port fields. */
export function checkTraffic(
  protocol: string,
  ports: { readonly from: number | undefined; readonly to: number | undefined },
  names: { readonly protocol: string; readonly from: string; readonly to: string },
): Result<undefined, RuleProblem> {
  if (!isKnownProtocol(protocol)) {
    return ruleProblem(
      'unknown-protocol',
      names.protocol,
      protocol,
      'is not a protocol; write tcp, udp, icmp, icmpv6, -1 for all, or a number from 0 to 255',
    );
  }
  const { from, to } = ports;
  if ((from === undefined) !== (to === undefined)) {
    const [missing, given] = from === undefined ? [names.from, names.to] : [names.to, names.from];
    return ruleProblem('missing', missing, undefined, `is missing though ${given} is there; write both or neither`);
  }
  if (from === undefined || to === undefined) return NO_PROBLEM;
  switch (canonicalProtocol(protocol)) {
    case 'tcp':
    case 'udp':
      return checkPortRange(from, to, names);
    case 'icmp':
    case 'icmpv6':
      if (!isWithin(from, -1, 255))
        return ruleProblem('port-out-of-range', names.from, from, 'is not an icmp type; write -1 for all, or 0 to 255');
      if (!isWithin(to, -1, 255))
        return ruleProblem('port-out-of-range', names.to, to, 'is not an icmp code; write -1 for all, or 0 to 255');
      return NO_PROBLEM;
    default:
      // EC2 ignores the ports of every other protocol.
      return NO_PROBLEM;
  }
}

function checkPortRange(
  from: number,
  to: number,
  names: { readonly from: string; readonly to: string },
): Result<undefined, RuleProblem> {
  if (from === -1 && to === -1) return NO_PROBLEM;
  if (!isWithin(from, 0, 65535))
    return ruleProblem(
      'port-out-of-range',
      names.from,
      from,
      'is not a port; write 0 to 65535, or -1 in both fields for all',
    );
  if (!isWithin(to, 0, 65535))
    return ruleProblem(
      'port-out-of-range',
      names.to,
      to,
      'is not a port; write 0 to 65535, or -1 in both fields for all',
    );
  if (from > to)
    return ruleProblem(
      'crossed-ports',
      names.to,
      to,
      `is below ${names.from} ${String(from)}; write the lower port first`,
    );
  return NO_PROBLEM;
}

function isWithin(value: number, lowest: number, highest: number): boolean {
  return value >= lowest && value <= highest;
}
