import type { Finding } from '../../core/findings/finding';
import { isRemediationId } from '../../core/ledger/remediation-id';
import type { RecordedDecision, RemediationRecord } from '../../core/ledger/remediation-record';
import { decideFinding, guardsIn, isDecidedByTarget } from '../../core/policy/decide-finding';
import type { Tag } from '../../core/network/security-group-rule';
import type { PolicyFacts } from '../../core/policy/match-conditions';
import { planClosing } from '../../core/planning/plan-closing';
import type { Policy, PolicyMode } from '../../core/policy/policy-entry';
import { because } from '../../core/reasons/because';
import type { DecisionReason } from '../../core/reasons/decision-reasons';
import type { AskTerms } from '../../core/questions/ask-terms';
import { BY_SILENCE } from '../../core/questions/question';
import { success } from '../../core/result';
import { targetKey } from '../../core/target';
import type { AnsweredQuestion, Ledger, PortResult, Targets } from '../ports';
import type { CloseJob } from '../remediation/job';
import { answerTo, triggerOf } from '../remediation/read-requested-findings';
import { lessExceptions } from '../excepting/live-exceptions';
import { observeForVerdict } from '../running/observe-for-verdict';
import { observeUse, type UsePorts } from '../running/observe-use';
import type { ObservationWithContext } from '../running/observe-with-context';

interface DecidePorts extends UsePorts {
  readonly ledger: Pick<Ledger, 'fetchRemediation' | 'fetchRestored'>;
  readonly targets: Targets;
}

export interface ToDecide {
  readonly job: CloseJob;
  readonly record: RemediationRecord;
  readonly findings: readonly Finding[];
  readonly policy: Policy;
}

/**
 * Findings that are worked on now, all in one way, and what decided so; the others are for a remediation of their own.
 */
export interface DecidedFindings {
  readonly mode: PolicyMode;
  readonly findings: readonly Finding[];
  /** Missing where neither the policy nor a guard had a say. */
  readonly decision?: RecordedDecision;
  /** The target as it was decided on; missing where nothing asked for it. */
  readonly observed?: ObservationWithContext;
  /** It was read a moment ago, so that closing need not read it again. */
  readonly isFresh: boolean;
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

/**
 * What becomes of the findings, as `decideFinding` says of each. The target and what is around it are read once, and
 * only where they can change what is decided. A failure means that they had to be read and could not.
 */
export async function decideFindings(
  { job, record, findings, policy }: ToDecide,
  ports: DecidePorts,
): PortResult<DecidedFindings> {
  const deciding = { decisions: policy.decisions ?? [], guards: policy.guards };
  const { requests } = job;
  const answered = (finding: Finding) => answerTo(finding, requests);
  // Silence is nobody's choice: guards hold what it closes as they hold what an entry does.
  const isSilence = (finding: Finding) => answered(finding)?.by === BY_SILENCE;
  const isChosen = (finding: Finding) => triggerOf(finding, requests) === 'custom-action' && !isSilence(finding);
  const decidingFor = (finding: Finding) => (isSilence(finding) ? { ...deciding, decisions: [] } : deciding);
  const isByTarget = findings.some((finding) =>
    isDecidedByTarget(factsOf(finding), decidingFor(finding), isChosen(finding)),
  );
  const read = isByTarget ? await readTarget(record, findings, policy, ports) : success(undefined);
  if (!read.ok) return read;
  const isByUse = findings.some((finding) => {
    const by = { isChosen: isChosen(finding), overridden: new Set<string>() };
    const { missing = [] } = decideFinding({ ...factsOf(finding), ...seenOn(read.value) }, decidingFor(finding), by);
    return !isChosen(finding) && missing.some((what) => /^used\b/.test(what));
  });
  const observed = isByUse ? await withUse(read.value, { record, findings, policy }, ports) : read.value;
  const seen = seenOn(observed);
  const overridden = findings.some(isChosen) ? await readOverridden(job, findings, ports) : new Set<string>();
  const isClosed = observed !== undefined && seen.context === undefined;
  const decided = findings.map((finding): Decided => {
    const answer = answered(finding);
    if (answer !== undefined && !isSilence(finding))
      return { finding, mode: 'auto', decision: toAnswerDecision(answer) };
    const by = { isChosen: isChosen(finding), overridden };
    const { mode, entry, index, reason, reasons, missing } = decideFinding(
      { ...factsOf(finding), ...seen },
      decidingFor(finding),
      by,
    );
    // Nothing that anybody could be asked about: the next read says so, or finds it open again and closes nothing.
    if (isClosed && mode !== 'ignore') return { finding, mode: isChosen(finding) ? 'auto' : 'ask' };
    if (answer !== undefined && mode === 'auto') return { finding, mode, decision: toAnswerDecision(answer) };
    if (entry === undefined) return { finding, mode };
    const ask = deciding.decisions[index ?? -1]?.ask;
    return {
      finding,
      mode,
      decision: { mode, entry, reason, reasons },
      askTerms: missing === undefined ? ask : withoutSilence(ask),
    };
  });
  const mode = ORDER.find((each) => decided.some((one) => one.mode === each)) ?? 'ask';
  const now = decided.filter((one) => one.mode === mode);
  // Several entries may ask about one target: it is one question, on the terms of the first that has any.
  const askTerms = mode === 'ask' ? now.find((one) => one.askTerms !== undefined)?.askTerms : undefined;
  return success({
    mode,
    isFresh: !isByUse,
    ...(askTerms === undefined ? {} : { askTerms }),
    findings: now.map(({ finding }) => finding),
    ...(observed === undefined ? {} : { observed }),
    ...together(
      mode,
      now.flatMap(({ decision }) => decision ?? []),
    ),
  });
}

function seenOn(observed: ObservationWithContext | undefined): Pick<PolicyFacts, 'tags' | 'context'> {
  return {
    tags: observed === undefined ? undefined : tagsOf(observed),
    context: observed?.kind === 'found' ? observed.context : undefined,
  };
}

function factsOf({ account, region, severity, control }: Finding): Omit<PolicyFacts, 'tags' | 'context'> {
  return { control: control?.id, account, region, severity };
}

/** Several entries may have decided the same about findings of one target. */
function together(mode: PolicyMode, decisions: readonly RecordedDecision[]): { readonly decision?: RecordedDecision } {
  if (decisions.length === 0) return {};
  const entry = [...new Set(decisions.map((each) => each.entry))].join(', ');
  const different = [...new Map(decisions.map((each) => [each.reason, each])).values()];
  const reason = different.map((each) => each.reason).join(' ');
  return { decision: { mode, entry, reason, reasons: different.flatMap(({ reasons = [] }) => reasons) } };
}

/** Whether the entry is the one that matches is not known: its silence closes nothing. */
function withoutSilence(ask: AskTerms | undefined): AskTerms | undefined {
  return ask === undefined ? undefined : { ...ask, onSilence: 'leave' };
}

function toAnswerDecision({ questionId, by, comment }: AnsweredQuestion): RecordedDecision {
  const said = comment === undefined ? {} : { comment };
  const why: DecisionReason =
    by === BY_SILENCE ? { code: 'closed-by-silence', questionId } : { code: 'answered-close', questionId, by, ...said };
  return { mode: 'auto', entry: `question ${questionId}`, ...because(why) };
}

function readTarget(
  record: RemediationRecord,
  findings: readonly Finding[],
  policy: Policy,
  ports: DecidePorts,
): PortResult<ObservationWithContext> {
  const controls = findings
    .flatMap(({ control }) => control ?? [])
    .map((each) => lessExceptions(each, record.exceptions ?? []));
  return observeForVerdict({ record, controls, policy, restored: [] }, 'decision', ports);
}

/** A search takes up to minutes: who closes what it was made for reads the target again. */
async function withUse(
  observed: ObservationWithContext | undefined,
  { record, findings, policy }: Omit<ToDecide, 'job'>,
  ports: UsePorts,
): Promise<ObservationWithContext | undefined> {
  if (observed?.kind !== 'found' || observed.context === undefined) return observed;
  const { target, remediationId } = record;
  const { resource, context } = observed;
  const controls = findings.flatMap(({ control }) => control ?? []);
  const plan = planClosing({ resource, controls, policy, account: target.account });
  const about = { target, remediationId, resource, plan, context };
  return { ...observed, context: await observeUse(about, policy, ports) };
}

/** None of a target that is gone, which is for closing to say. */
function tagsOf(observed: ObservationWithContext): readonly Tag[] {
  return observed.kind === 'gone' ? [] : observed.resource.tags;
}

/**
 * Guards that had asked before a person chose to close. What a finding says of that is believed only where the ledger
 * says so too; a look-up that fails asks again.
 */
async function readOverridden(
  job: CloseJob,
  findings: readonly Finding[],
  { durable, ledger }: DecidePorts,
): Promise<ReadonlySet<string>> {
  const chosen = job.requests
    .flatMap(({ trigger, chosenAt, askedAt }) => (trigger === 'custom-action' ? (chosenAt ?? askedAt ?? []) : []))
    .map((at) => Date.parse(at));
  const asked = findings.flatMap(({ portcullisOutcome: outcome, portcullisRemediationId: id }) =>
    outcome === 'asked' && id !== undefined && isRemediationId(id) ? [id] : [],
  );
  const overridden = new Set<string>();
  for (const id of new Set(asked)) {
    const read = await durable.step(`read the question ${id}`, async () => {
      const record = await ledger.fetchRemediation(id);
      if (!record.ok) return record;
      const { target, decision, finishedAt } = record.value ?? {};
      const guards =
        target !== undefined && targetKey(target) === targetKey(job.target) ? guardsIn(decision?.entry ?? '') : [];
      return success({ guards, askedAt: finishedAt ?? null });
    });
    if (!read.ok || read.value.askedAt === null) continue;
    // An event's time is truncated to the second; the click that was answered by the question lies at least
    // GATHER_SECONDS before.
    const askedAt = Math.floor(Date.parse(read.value.askedAt) / 1000) * 1000;
    if (chosen.some((at) => at >= askedAt)) read.value.guards.forEach((guard) => overridden.add(guard));
  }
  return overridden;
}
