import type { Finding } from '../../core/findings/finding';
import { isRemediationId } from '../../core/ledger/remediation-id';
import type { RecordedDecision, RemediationRecord } from '../../core/ledger/remediation-record';
import { decideByPolicy, type PolicyDecision } from '../../core/policy/decide-by-policy';
import type { Tag } from '../../core/network/security-group-rule';
import type { Policy, PolicyMode } from '../../core/policy/policy-entry';
import type { AskTerms } from '../../core/questions/ask-terms';
import { BY_SILENCE } from '../../core/questions/question';
import { success } from '../../core/result';
import { targetKey } from '../../core/target';
import type { AnsweredQuestion, Durable, Ledger, PortResult, Targets } from '../ports';
import type { CloseJob } from '../remediation/job';
import { answerTo, triggerOf } from '../remediation/read-requested-findings';
import { observeWithContext, type ObservationWithContext } from '../running/observe-with-context';

interface DecidePorts {
  readonly durable: Durable;
  readonly ledger: Pick<Ledger, 'fetchRemediation'>;
  readonly targets: Targets;
}

export interface ToDecide {
  readonly job: CloseJob;
  readonly record: RemediationRecord;
  readonly findings: readonly Finding[];
  readonly policy: Policy;
}

/** Findings that are worked on now, all in one way, and what decided so; the others are for a remediation of their own. */
export interface DecidedFindings {
  readonly mode: PolicyMode;
  readonly findings: readonly Finding[];
  /** Missing where neither the policy nor a guard had a say. */
  readonly decision?: RecordedDecision;
  /** The target as it was decided on, which closing need not read again; missing where nothing asked for it. */
  readonly observed?: ObservationWithContext;
  /** Of the entry that asks. */
  readonly askTerms?: AskTerms;
}

interface Decided {
  readonly finding: Finding;
  readonly mode: PolicyMode;
  readonly decision?: RecordedDecision;
  readonly askTerms?: AskTerms | undefined;
}

/** What closes goes first, then what asks: so nothing waits for a note. */
const ORDER: readonly PolicyMode[] = ['auto', 'ask', 'notify', 'ignore'];

const PROTECTION_GUARD = 'guard protectionTag';

/**
 * What becomes of the findings, guards first and then the policy's entries; who chose a finding himself decides beside the
 * entries, never beside a guard. The target and what is around it are read once, and only where they can change what is
 * decided. A failure means that they had to be read and could not.
 */
export async function decideFindings(
  { job, record, findings, policy }: ToDecide,
  ports: DecidePorts,
): PortResult<DecidedFindings> {
  const { decisions = [], guards = {} } = policy;
  const { protectionTag } = guards;
  if (decisions.length === 0 && protectionTag === undefined) return success({ mode: 'auto', findings });
  const isByPerson = (finding: Finding) => triggerOf(finding, job.requests) === 'custom-action';
  const decideOn = ({ account, region, severity, control }: Finding, seen?: ObservationWithContext): PolicyDecision => {
    const tags = seen === undefined ? undefined : tagsOf(seen);
    const context = seen?.kind === 'found' ? seen.context : undefined;
    return decideByPolicy({ control: control?.id, account, region, severity, tags, context }, decisions);
  };
  const isByTarget =
    protectionTag !== undefined ||
    findings.some((finding) => !isByPerson(finding) && decideOn(finding).missing !== undefined);
  const read = isByTarget ? await readTarget(record, findings, policy, ports) : success(undefined);
  if (!read.ok) return read;
  const observed = read.value;
  const isProtected = observed !== undefined && tagsOf(observed).some(({ Key }) => Key === protectionTag);
  const guarded = isProtected ? toGuardDecision(protectionTag ?? '') : undefined;
  const insists = guarded !== undefined && (await isInsistedOn(job, findings, ports));
  const decided = findings.map((finding): Decided => {
    const answered = answerTo(finding, job.requests);
    if (answered !== undefined) return { finding, mode: 'auto', decision: toAnswerDecision(answered) };
    const isChosen = isByPerson(finding);
    if (guarded !== undefined && !(isChosen && insists)) return { finding, mode: 'ask', decision: guarded };
    if (isChosen || decisions.length === 0) return { finding, mode: 'auto' };
    const { mode, entry, index, reason } = decideOn(finding, observed);
    return { finding, mode, decision: { mode, entry, reason }, askTerms: decisions[index ?? -1]?.ask };
  });
  const mode = ORDER.find((each) => decided.some((one) => one.mode === each)) ?? 'ask';
  const chosen = decided.filter((one) => one.mode === mode);
  // Several entries may ask about one target: it is one question, on the terms of the first that has any.
  const askTerms = mode === 'ask' ? chosen.find((one) => one.askTerms !== undefined)?.askTerms : undefined;
  return success({
    mode,
    ...(askTerms === undefined ? {} : { askTerms }),
    findings: chosen.map(({ finding }) => finding),
    ...(observed === undefined ? {} : { observed }),
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

function toAnswerDecision({ questionId, by, comment }: AnsweredQuestion): RecordedDecision {
  const said = comment === undefined ? '' : `: "${comment}"`;
  const who =
    by === BY_SILENCE ? 'nobody answered, and the policy closes then' : `${by} chose to have it closed${said}`;
  return { mode: 'auto', entry: `question ${questionId}`, reason: `Of ${questionId} ${who}.` };
}

function toGuardDecision(tag: string): RecordedDecision {
  const reason = `The target has the tag ${tag}, which keeps it from being closed unless a person insists: Close ingress chosen again closes it.`;
  return { mode: 'ask', entry: PROTECTION_GUARD, reason };
}

function readTarget(
  record: RemediationRecord,
  findings: readonly Finding[],
  policy: Policy,
  { durable, targets }: DecidePorts,
): PortResult<ObservationWithContext> {
  const controls = findings.flatMap(({ control }) => control ?? []);
  return durable.step('observe for the policy', () => observeWithContext(record, controls, policy, targets));
}

/** None of a target that is gone, which is for closing to say. */
function tagsOf(observed: ObservationWithContext): readonly Tag[] {
  return observed.kind === 'gone' ? [] : observed.resource.tags;
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
