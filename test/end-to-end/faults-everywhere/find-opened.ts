import type { NetworkAclEntry } from '../../../src/core/network/network-acl';
import type { SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import { aclPackets, letsIn } from '../../oracle/network-acl';
import { packetSamples, toFilter } from '../../oracle/packets';
import { fetchEntries, fetchRules, type Target } from './ec2-snapshot';
import type { Stage } from './stage';

/** What a target lets in: judged by the oracle, straight from EC2's description. */
export type Reach =
  | { readonly kind: 'network-acl'; readonly entries: readonly NetworkAclEntry[] }
  | { readonly kind: 'security-group'; readonly rules: readonly SecurityGroupRule[] };

export async function fetchReach(stage: Stage, target: Target): Promise<Reach> {
  return target.kind === 'network-acl'
    ? { kind: target.kind, entries: await fetchEntries(stage, target) }
    : { kind: target.kind, rules: await fetchRules(stage, target) };
}

/** A packet that gets in now and did not before; undefined when there is none. */
export function findOpened(before: Reach, now: Reach): string | undefined {
  const opened =
    before.kind === 'network-acl' && now.kind === 'network-acl'
      ? findOpenedByEntries(before.entries, now.entries)
      : before.kind === 'security-group' && now.kind === 'security-group'
        ? findOpenedByRules(before.rules, now.rules)
        : undefined;
  return opened && JSON.stringify(opened, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

function findOpenedByEntries(before: readonly NetworkAclEntry[], now: readonly NetworkAclEntry[]): object | undefined {
  const [letIn, letsInNow] = [letsIn(before), letsIn(now)];
  return aclPackets([...before, ...now]).find((packet) => letsInNow(packet) && !letIn(packet));
}

function findOpenedByRules(
  before: readonly SecurityGroupRule[],
  now: readonly SecurityGroupRule[],
): object | undefined {
  const filters = (rules: readonly SecurityGroupRule[]) => rules.map((rule) => toFilter(rule, {}));
  const [letIn, letsInNow] = [filters(before), filters(now)];
  return packetSamples([...before, ...now], {}, []).find(
    (packet) => letsInNow.some((lets) => lets(packet)) && !letIn.some((lets) => lets(packet)),
  );
}
