import { briefContext } from '../../context/brief-context';
import type { CertifiedAction } from '../../ledger/has-certificate';
import type { RecordedDecision, RemediatedFinding, RemediationRecord } from '../../ledger/remediation-record';
import type { Plan } from '../../planning/plan';
import type { Resource } from '../../resource';
import { toInterfaces } from './to-interfaces';
import {
  STATE_PARTS,
  type CertificateContents,
  type CertifiedControl,
  type CertifiedFinding,
  type CertifiedPlan,
  type CertifiedState,
  type PinnedPrefixList,
  type StatePart,
} from '../certificate';

/**
 * What a finished remediation is certified with.
 *
 * @param after the target as last read back, with the contents of its prefix lists; undefined when it could not be read
 */
export function toCertificateContents(
  record: RemediationRecord & { readonly action: CertifiedAction },
  after: Resource | undefined,
): CertificateContents {
  const { remediationId, target, findings, action, undoes, trigger, decidedBy, grant, plan, runs } = record;
  const states = { before: record.before, beforeLatestPlan: record.beforeLatestPlan, after };
  const interfaces = toInterfaces(record);
  const { kind, partition, account, region, id } = target;
  return {
    remediationId,
    parts: {
      target: { kind, partition, account, region, id },
      findings: findings.map(toCertifiedFinding),
      controls: unique(
        findings.filter(({ alongside }) => alongside !== true).flatMap((each) => controlOf(each) ?? []),
      ).map((each) => withExceptions(each, record)),
      decision: {
        action,
        ...(undoes === undefined ? {} : { undoes }),
        trigger,
        decidedBy,
        ...(record.decision === undefined ? {} : { policy: toCertifiedPolicy(record.decision) }),
        ...(record.context === undefined ? {} : { known: { ...briefContext(record.context) } }),
        ...(grant === undefined ? {} : { grant }),
      },
      before: interfaces?.before ?? toState(states.before),
      beforeLatestPlan: toState(states.beforeLatestPlan),
      prefixLists: pin(states),
      plan: plan === undefined ? null : toCertifiedPlan(plan),
      runs:
        interfaces?.runs ??
        runs.map(({ runId, executionId, startedAt, step, end, reported }) => ({
          runId,
          ...(executionId === undefined ? {} : { executionId }),
          startedAt,
          step,
          ...(end === undefined ? {} : { end }),
          ...(reported === undefined ? {} : { reported }),
        })),
      after: interfaces?.after ?? toState(after),
      outcome: { outcome: record.outcome, reason: record.reason ?? '' },
      times: { startedAt: record.startedAt, finishedAt: record.finishedAt ?? record.startedAt },
    },
  };
}

function toCertifiedFinding(finding: RemediatedFinding): CertifiedFinding {
  const { id, productArn, alongside } = finding;
  const control = controlOf(finding);
  return {
    id,
    productArn,
    ...(control === undefined ? {} : { control }),
    ...(alongside === true ? { alongside } : {}),
  };
}

function controlOf({ control, parameters = [] }: RemediatedFinding): CertifiedControl | undefined {
  return control === undefined ? undefined : { id: control, parameters };
}

/**
 * Only where they decided: what they left open, and what was removed as it would have been the internet beside that.
 */
function withExceptions(
  control: CertifiedControl,
  { outcome, exceptions = [], runs }: Pick<RemediationRecord, 'outcome' | 'exceptions' | 'runs'>,
): CertifiedControl {
  const decided = outcome === 'excepted' || runs.length > 0;
  const own = decided ? exceptions.filter((each) => each.control === control.id) : [];
  if (own.length === 0) return control;
  const except = own.flatMap(({ exceptionId, covers, reason, by, until }) =>
    covers.map((opening) => ({ exceptionId, ...opening, reason, by, until })),
  );
  return { ...control, except };
}

function unique(controls: readonly CertifiedControl[]): readonly CertifiedControl[] {
  return [...new Map(controls.map((control) => [JSON.stringify(control), control])).values()];
}

/** What belongs to the target itself: which interfaces use it is no part of what it lets through. */
function toState(resource: Resource | undefined): CertifiedState | null {
  if (resource === undefined) return null;
  const { id, vpcId, tags } = resource;
  const facts = { id, ...(vpcId === undefined ? {} : { vpcId }), tags };
  switch (resource.kind) {
    case 'security-group':
      return { kind: resource.kind, ...facts, name: resource.name, rules: resource.rules };
    case 'network-acl':
      return { kind: resource.kind, ...facts, isDefault: resource.isDefault, entries: resource.entries };
  }
}

/**
 * Without what would remain: the state that was read back says it. Texts alone, as certificates of version 1 have them.
 */
function toCertifiedPlan({ violations, steps, ask, remarks }: Plan): CertifiedPlan {
  return { violations: violations.map(({ reasons: _, ...violation }) => violation), steps, ask, remarks };
}

/** Contents once, however many states they are of: a list may hold thousands of entries. */
function pin(states: Readonly<Record<StatePart, Resource | undefined>>): readonly PinnedPrefixList[] {
  const pinned = new Map<string, PinnedPrefixList>();
  for (const part of STATE_PARTS) {
    const resource = states[part];
    if (resource?.kind !== 'security-group') continue;
    for (const [id, cidrs] of Object.entries(resource.prefixLists)) {
      const version = resource.prefixListVersions?.[id] ?? null;
      const key = JSON.stringify([id, version, cidrs]);
      pinned.set(key, { id, version, in: [...(pinned.get(key)?.in ?? []), part], cidrs });
    }
  }
  return [...pinned.values()];
}

/** Who decided, in words: the facts that the words are made of stand in the record. */
function toCertifiedPolicy({ mode, entry, reason }: RecordedDecision): Omit<RecordedDecision, 'reasons'> {
  return { mode, entry, reason };
}
