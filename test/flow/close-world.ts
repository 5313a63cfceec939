import { DEFAULT_PLAN_POLICY } from '../../src/core/planning/plan-policy';
import type { RemediationRecord } from '../../src/core/ledger/remediation-record';
import { remediate, type ExecutionResult } from '../../src/flow/remediation/remediate';
import { findingOn, ingress, InMemoryWorld, NONCE, TARGET } from './in-memory-ports';

export const SSH = findingOn(TARGET);
export const HIGH_RISK = findingOn(TARGET, { id: 'finding-of-EC2.19', control: { id: 'EC2.19', parameters: [] } });

export function run(world: InMemoryWorld, generation = 1): Promise<ExecutionResult> {
  return remediate({ target: TARGET, generation, nonce: NONCE }, world.ports, DEFAULT_PLAN_POLICY);
}

export function worldWith(rules = [ingress('sgr-ssh')], findings = [SSH]): InMemoryWorld {
  const world = new InMemoryWorld();
  world.rules = rules;
  world.findings = findings;
  world.request(findings.slice(0, 1));
  return world;
}

export const onlyRecord = (world: InMemoryWorld): RemediationRecord => {
  expect(world.records.size).toBe(1);
  const [record] = world.records.values();
  if (!record) throw new Error('no record');
  return record;
};
