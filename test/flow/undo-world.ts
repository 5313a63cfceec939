import type { Finding } from '../../src/core/findings/finding';
import type { RemediationRecord } from '../../src/core/ledger/remediation-record';
import { renderEntry } from '../../src/core/network/network-acl-entry';
import { permissionKey } from '../../src/core/network/rule-source';
import type { SecurityGroup } from '../../src/core/network/security-group-rule';
import { DEFAULT_PLAN_POLICY } from '../../src/core/planning/plan-policy';
import type { Resource } from '../../src/core/resource';
import type { Target } from '../../src/core/target';
import { remediate, type ExecutionResult } from '../../src/flow/remediation/remediate';
import { ACL, findingOn, ingress, InMemoryWorld, NONCE, TARGET } from './in-memory-ports';

export const SSH = findingOn(TARGET);
export const HIGH_RISK = findingOn(TARGET, { id: 'finding-of-EC2.19', control: { id: 'EC2.19', parameters: [] } });
export const ON_ACL = findingOn(ACL, { control: { id: 'EC2.21', parameters: [] } });

export function execute(world: InMemoryWorld, target: Target = TARGET): Promise<ExecutionResult> {
  const generation = [...world.claims.values()][0]?.generation ?? 1;
  return remediate({ target, generation, nonce: NONCE }, world.ports, DEFAULT_PLAN_POLICY);
}

/** A world in which the findings were closed, and the closing's id. */
export async function closed(
  resource: Partial<SecurityGroup> | Resource,
  findings: Finding[] = [SSH],
): Promise<{ readonly world: InMemoryWorld; readonly closing: string }> {
  const world = new InMemoryWorld();
  world.resource = { ...world.resource, ...resource } as Resource;
  world.findings = findings;
  world.request(findings.slice(0, 1));
  const [closing = ''] = (await execute(world, findings[0]?.target)).remediationIds;
  world.runs.length = 0;
  world.events.length = 0;
  world.updates.clear();
  return { world, closing };
}

export async function undo(
  world: InMemoryWorld,
  closing: string,
  findings = [SSH],
  confirmed = false,
): Promise<RemediationRecord> {
  world.requestUndo(closing, findings, { confirmed });
  const { remediationIds } = await execute(world, world.records.get(closing)?.target);
  const record = world.records.get(remediationIds.at(-1) ?? '');
  if (!record) throw new Error('The undo left no record.');
  return record;
}

export function shape(resource: Resource): readonly string[] {
  return resource.kind === 'security-group'
    ? resource.rules
        .map((rule) => `${permissionKey(rule)} ${rule.Description ?? ''} ${JSON.stringify(rule.Tags ?? [])}`)
        .sort()
    : resource.entries.map((each) => `${each.Egress ? 'out' : 'in'} ${renderEntry(each)}`).sort();
}

export const OPEN = ingress('sgr-ssh', { Description: 'until Friday', Tags: [{ Key: 'owner', Value: 'web' }] });
