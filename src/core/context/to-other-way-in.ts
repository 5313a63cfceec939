import { isEntry } from '../network/network-acl-entry';
import { intersectPorts, singlePorts, subtractPorts, unionPorts, type PortSet } from '../network/port-set';
import { portsOf } from '../network/rule-ports';
import { renderRule } from '../network/rule-source';
import type { Plan } from '../planning/plan';
import type { Resource } from '../resource';
import type { Target } from '../target';
import type { Fact, OtherWayIn } from './context';
import type { BlockedTraffic } from './blocked-traffic';
import { known, unknown } from './fact';
import { hiddenVpc, unshownInstance } from './hidden-vpc';
import type { Interfaces, Surroundings } from './surroundings';
import { toSessions } from './to-sessions';

const REMOTE_ADMINISTRATION = singlePorts(22, 3389);
const SHOWN = 3;

/**
 * How people get into the instances once 22 or 3389 is closed: by an agent of Systems Manager that is online on each
 * one that runs, or by a rule of the group that stays. An Instance Connect Endpoint comes in by such a rule as well,
 * and other groups of the instances are not read.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_InstanceInformation.html
 */
export function toOtherWayIn(
  target: Target,
  blocked: readonly BlockedTraffic[],
  plan: Plan,
  resource: Resource,
  around: Surroundings,
): Fact<OtherWayIn> {
  const { interfaces, instances, agents } = around;
  const closing = administrationPorts(blocked);
  if (closing.length === 0) return known({ answer: 'not-needed', ways: [] }, 'neither tcp 22 nor 3389 is closed');
  if (!interfaces.ok) return unknown(interfaces.error);
  if (!instances.ok) return unknown(instances.error);
  const running = instances.value.filter(({ state }) => !RUNS_NOT.test(state)).map(({ id }) => id);
  const hidden = unshownInstance(around) ?? hiddenVpc(target, around) ?? beyondThoseRead(interfaces.value);
  if (running.length === 0 && hidden !== undefined) return unknown(hidden);
  if (running.length === 0) return known({ answer: 'not-needed', ways: [] }, 'no instance that runs is attached');

  const sessions = toSessions(plan, resource, closing);
  const staying = resource.kind === 'security-group' ? rulesThatStay(plan, closing) : [];
  const covered = staying.reduce<PortSet>((ports, each) => unionPorts(ports, each.ports), []);
  if (subtractPorts(closing, covered).length === 0) {
    const ways = staying.slice(0, SHOWN).map(({ text }) => text);
    return known({ answer: 'yes', ways, sessions }, ...ways.map((way) => `${way} stays`));
  }
  if (!agents.ok) return unknown(agents.error);
  const online = new Set(agents.value);
  const without = running.filter((id) => !online.has(id));
  if (without.length === 0 && hidden !== undefined) return unknown(hidden);
  if (without.length === 0) {
    return known(
      { answer: 'yes', ways: ['Session Manager'], sessions },
      'the agent of Systems Manager is online on each',
    );
  }
  const some = without.slice(0, SHOWN).join(', ');
  return known(
    { answer: 'no', ways: [], sessions },
    `no agent of Systems Manager is online on ${some}, and no rule stays`,
  );
}

/** What starts will run, and so may what EC2 says nothing of. */
const RUNS_NOT = /^(stopping|stopped|shutting-down|terminated)$/;

function beyondThoseRead({ more }: Interfaces): string | undefined {
  return more ? 'not all network interfaces were read' : undefined;
}

function administrationPorts(blocked: readonly BlockedTraffic[]): PortSet {
  const ports = blocked.filter(({ protocol }) => protocol === 'tcp').map((each) => each.ports);
  return ports.reduce<PortSet>((all, each) => unionPorts(all, intersectPorts(each, REMOTE_ADMINISTRATION)), []);
}

/** Where a person is asked first, the plan has no steps, and says of no rule that it stays. */
function rulesThatStay({ steps, remaining, violations }: Plan, closing: PortSet) {
  const violating = new Set(violations.map((each) => ('ruleId' in each ? each.ruleId : '')));
  return remaining.flatMap((rule) => {
    if (isEntry(rule) || rule.IsEgress) return [];
    if (steps.length === 0 && violating.has(rule.SecurityGroupRuleId ?? '')) return [];
    const ports = intersectPorts(portsOf(rule, 'tcp'), closing);
    return ports.length === 0 ? [] : [{ ports, text: renderRule(rule) }];
  });
}
