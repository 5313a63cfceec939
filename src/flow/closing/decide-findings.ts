import type { Finding } from '../../core/findings/finding';
import { isRemediationId } from '../../core/ledger/remediation-id';
import type { RecordedDecision } from '../../core/ledger/remediation-record';
import { decideByPolicy } from '../../core/policy/decide-by-policy';
import type { Policy, PolicyMode } from '../../core/policy/policy-entry';
import { success } from '../../core/result';
import { targetKey } from '../../core/target';
import type { Durable, Ledger, PortResult, Targets } from '../ports';
import type { CloseJob } from '../remediation/job';
import { triggerOf } from '../remediation/read-requested-findings';

interface DecidePorts {
  readonly durable: Durable;
  readonly ledger: Pick<Ledger, 'fetchRemediation'>;
  readonly targets: Pick<Targets, 'observe'>;
}

/** Findings that are worked on now, all in one way, and what decided so; the others are for a remediation of their own. */
export interface DecidedFindings {
  readonly mode: PolicyMode;
  readonly findings: readonly Finding[];
  /** Missing where neither the policy nor a guard had a say. */
  readonly decision?: RecordedDecision;
}

interface Decided {
  readonly finding: Finding;
  readonly mode: PolicyMode;
  readonly decision?: RecordedDecision;
}

type Tags = readonly { readonly Key: string; readonly Value: string }[];

/** What closes goes first, then what asks: so nothing waits for a note. */
const ORDER: readonly PolicyMode[] = ['auto', 'ask', 'notify', 'ignore'];

const PROTECTION_GUARD = 'guard protectionTag';

/**
 * What becomes of the findings, guards first and then the policy's entries; who chose a finding himself decides beside the
 * entries, never beside a guard. A failure means that the target could not be read where its tags decide.
 */
export async function decideFindings(
  job: CloseJob,
  findings: readonly Finding[],
  policy: Policy,
  ports: DecidePorts,
): PortResult<DecidedFindings> {
  const { decisions = [], guards = {} } = policy;
  const { protectionTag } = guards;
  if (decisions.length === 0 && protectionTag === undefined) return success({ mode: 'auto', findings });
  const isByTags = protectionTag !== undefined || decisions.some(({ when }) => when?.tags !== undefined);
  const tags = isByTags ? await readTags(job, ports) : success([]);
  if (!tags.ok) return tags;
  const isProtected = tags.value.some(({ Key }) => Key === protectionTag);
  const guarded = isProtected ? toGuardDecision(protectionTag ?? '') : undefined;
  const insists = guarded !== undefined && (await isInsistedOn(job, findings, ports));
  const decided = findings.map((finding): Decided => {
    const isByPerson = triggerOf(finding, job.requests) === 'custom-action';
    if (guarded !== undefined && !(isByPerson && insists)) return { finding, mode: 'ask', decision: guarded };
    if (isByPerson || decisions.length === 0) return { finding, mode: 'auto' };
    const { account, region, severity, control } = finding;
    const { mode, entry, reason } = decideByPolicy(
      { control: control?.id, account, region, severity, tags: tags.value },
      decisions,
    );
    return { finding, mode, decision: { mode, entry, reason } };
  });
  const mode = ORDER.find((each) => decided.some((one) => one.mode === each)) ?? 'ask';
  const chosen = decided.filter((one) => one.mode === mode);
  return success({
    mode,
    findings: chosen.map(({ finding }) => finding),
    ...together(
      mode,
      chosen.flatMap(({ decision }) => decision ?? []),
    ),
  });
}

/** Several entries may have decided the same about findings of one target. */
function together(mode: PolicyMode, decisions: readonly RecordedDecision[]): { readonly decision?: RecordedDecision } {
  if (decisions.length === 0) return {};
  const entry = [...new Set(decisions.map((each) => each.entry))].join(', ');
  const reason = [...new Set(decisions.map((each) => each.reason))].join(' ');
  return { decision: { mode, entry, reason } };
}

function toGuardDecision(tag: string): RecordedDecision {
  const reason = `The target has the tag ${tag}, which keeps it from being closed unless a person insists: Close ingress chosen again closes it.`;
  return { mode: 'ask', entry: PROTECTION_GUARD, reason };
}

/** None of a target that is gone, which is for closing to say. */
function readTags({ target, remediationId }: CloseJob, { durable, targets }: DecidePorts): PortResult<Tags> {
  return durable.step('read tags for the policy', async () => {
    const observed = await targets.observe(target, remediationId);
    if (!observed.ok) return observed;
    return success(observed.value.kind === 'gone' ? [] : observed.value.resource.tags);
  });
}

/**
 * Whether a person has chosen to close after the guard had asked. What a finding says of that is believed only where the
 * ledger says so too; a look-up that fails asks again.
 */
async function isInsistedOn(
  job: CloseJob,
  findings: readonly Finding[],
  { durable, ledger }: DecidePorts,
): Promise<boolean> {
  const chosen = job.requests
    .flatMap(({ trigger, chosenAt, askedAt }) => (trigger === 'custom-action' ? (chosenAt ?? askedAt ?? []) : []))
    .map((at) => Date.parse(at));
  const asked = findings.flatMap(({ portcullisOutcome: outcome, portcullisRemediationId: id }) =>
    outcome === 'asked' && id !== undefined && isRemediationId(id) ? [id] : [],
  );
  for (const id of new Set(asked)) {
    const read = await durable.step(`read the question ${id}`, async () => {
      const record = await ledger.fetchRemediation(id);
      if (!record.ok) return record;
      const { target, decision, finishedAt } = record.value ?? {};
      const isAsked =
        target !== undefined && targetKey(target) === targetKey(job.target) && decision?.entry === PROTECTION_GUARD;
      return success(isAsked ? (finishedAt ?? null) : null);
    });
    if (!read.ok || read.value === null) continue;
    // An event's time is cut to the second; the click that was answered by the question lies at least GATHER_SECONDS before.
    const askedAt = Math.floor(Date.parse(read.value) / 1000) * 1000;
    if (chosen.some((at) => at >= askedAt)) return true;
  }
  return false;
}
