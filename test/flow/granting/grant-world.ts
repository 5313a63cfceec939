import type { Grant } from '../../../src/core/grants/grant';
import type { RemediationRecord } from '../../../src/core/ledger/remediation-record';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import type { Policy } from '../../../src/core/policy/policy-entry';
import { dispatch } from '../../../src/flow/intake/dispatch';
import type { GrantRequest } from '../../../src/flow/ports';
import { remediate } from '../../../src/flow/remediation/remediate';
import { ACTIONS } from '../events';
import { ingress, InMemoryWorld, NONCE, TARGET } from '../in-memory-ports';

const HOUR_MILLIS = 60 * 60 * 1000;
export const POLICY: Policy = {
  ...DEFAULT_PLAN_POLICY,
  grants: { maximumMinutes: 480, ports: [{ from: 22, to: 22 }], ipv4: 32, ipv6: 128 },
};
export const RULE = { IsEgress: false, IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '198.51.100.7/32' };
export const OFFICE = ingress('sgr-office', { CidrIpv4: '10.0.0.0/8' });

let count = 0;

/** A group with a rule that is nobody's to touch. */
export function worldWith(rules = [OFFICE]): InMemoryWorld {
  const world = new InMemoryWorld();
  world.rules = rules;
  world.now = Date.parse('2026-12-01T10:00:00.000Z');
  return world;
}

/** Somebody has asked for two hours. */
export function ask(world: InMemoryWorld, fields: Partial<GrantRequest> = {}): void {
  world.addRequest(TARGET, {
    id: `cli-${String((count += 1))}`,
    action: 'grant',
    trigger: 'custom-action',
    decidedBy: 'portcullis open by alice',
    findings: [],
    askedAt: new Date(world.now).toISOString(),
    rule: RULE,
    until: new Date(world.now + 2 * HOUR_MILLIS).toISOString(),
    reason: 'disk full on web-1',
    by: 'arn:alice',
    ...fields,
  });
}

/** What waits is worked on; the record that was made last. */
export async function run(world: InMemoryWorld, policy: Policy = POLICY): Promise<RemediationRecord | undefined> {
  const generation = [...world.claims.values()][0]?.generation ?? 1;
  await remediate({ target: TARGET, generation, nonce: NONCE }, world.ports, policy);
  return [...world.records.values()].at(-1);
}

export async function granted(rules = [OFFICE], fields: Partial<GrantRequest> = {}): Promise<InMemoryWorld> {
  const world = worldWith(rules);
  ask(world, fields);
  await run(world);
  return world;
}

export const grantOf = (world: InMemoryWorld): Grant => {
  const [grant] = world.grants.values();
  if (grant === undefined) throw new Error('There is no grant.');
  return grant;
};

/** What the schedule of an attempt sends is taken by the dispatcher, and what it starts runs. */
export async function due(world: InMemoryWorld, attempt = 1): Promise<readonly string[]> {
  const schedule = [...world.schedules.values()].find(({ name }) => name.endsWith(`-${String(attempt)}`));
  if (schedule === undefined) throw new Error(`Attempt ${String(attempt)} is not scheduled.`);
  world.now = Math.max(world.now, schedule.at.getTime());
  const message = { id: `due-${String((count += 1))}`, body: JSON.stringify(schedule.message), deliveries: 1 };
  const again = await dispatch([message], world.ports, { actionArns: ACTIONS, automaticControls: [] });
  if (world.requests.length > 0) await run(world);
  return again;
}
