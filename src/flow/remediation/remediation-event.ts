import { briefContext } from '../../core/context/brief-context';
import { describeContext } from '../../core/context/describe-context';
import { describeOwnersChange } from '../../core/context/iac/describe-owners-change';
import type { ControlId } from '../../core/controls/control-id';
import type { RemediationOutcome, RemediationRecord } from '../../core/ledger/remediation-record';
import { wisherIn } from '../../core/interactions/wish';
import type { MatterEffect } from '../../core/messages/matter';
import { changesOfPlan } from '../../core/planning/step-changes';
import type { IsolationReason } from '../../core/reasons/isolation-reasons';
import { severityRank } from '../../core/reporting/severity';
import { isIsolable, targetArn } from '../../core/target';
import { describeChanges } from '../../core/updates/describe-changes';
import { describeOpenness } from '../../core/updates/describe-openness';
import { sentences } from '../../core/updates/sentences';
import { MAX_FINDING_IDS } from '../limits';
import type { DomainEvent } from '../ports';
import type { EventTerms } from './progress';

const MAX_REASONS = 20;

/**
 * The event that notifies people of a finished remediation; undefined when nothing happened that they need to know.
 *
 * @param terms what it does to what people know to be open, where neither detail type nor record say so
 */
export function toRemediationEvent(
  record: RemediationRecord,
  { matter = matterOf(record), controls = controlsOf(record) }: EventTerms = {},
): DomainEvent | undefined {
  const detailType = detailTypeOf(record);
  if (detailType === undefined) return undefined;
  return {
    detailType,
    detail: {
      remediationId: record.remediationId,
      ...(matter === undefined ? {} : { matter }),
      action: record.action,
      ...(record.undoes === undefined ? {} : { undoes: record.undoes }),
      outcome: record.outcome,
      target: { ...record.target, arn: targetArn(record.target) },
      controls,
      ...gravest(record.findings.flatMap(({ severity }) => severity ?? [])),
      trigger: record.trigger,
      decidedBy: record.decidedBy,
      ...(record.decision === undefined ? {} : { decision: record.decision }),
      ...knownOf(record),
      ...wouldChangeOf(record),
      ...(record.question === undefined ? {} : { question: record.question }),
      ...(record.answer === undefined ? {} : { answer: record.answer }),
      reason: record.reason ?? '',
      reasons: (record.reasons ?? []).slice(0, MAX_REASONS),
      ...(record.certificate === undefined ? {} : { certificate: record.certificate }),
      ...(record.exceptions === undefined ? {} : { exceptions: record.exceptions }),
      ...(record.grant === undefined ? {} : { grant: record.grant }),
      ...isolationOf(record),
      findingIds: record.findings.slice(0, MAX_FINDING_IDS).map(({ id }) => id),
      findingCount: record.findings.length,
      findingsNotUpdated: record.notUpdated?.length ?? 0,
      startedAt: record.startedAt,
      finishedAt: record.finishedAt ?? record.startedAt,
    },
  };
}

/** Which groups were replaced, or are there again. */
function isolationOf({ isolation }: RemediationRecord): Pick<DomainEvent['detail'], 'isolation'> {
  if (isolation === undefined) return {};
  const { before, after = [], isolating } = isolation;
  return { isolation: { before, after, isolatingGroups: isolating.map(({ id }) => id) } };
}

/** What was known when it was decided; undone or ended, it says nothing new. */
function knownOf(record: RemediationRecord): Pick<DomainEvent['detail'], 'context' | 'known' | 'ownerMustChange'> {
  const { context } = record;
  if (context === undefined) return {};
  const ownerMustChange = describeOwnersChange(record);
  return {
    context: briefContext(context),
    known: describeContext(context),
    ...(ownerMustChange.length === 0 ? {} : { ownerMustChange }),
  };
}

/** What a person is asked about: what would go, what would be added, and what would stay open to the internet. */
function wouldChangeOf({ outcome, plan, before }: RemediationRecord): Pick<DomainEvent['detail'], 'wouldChange'> {
  if (outcome !== 'asked' || plan === undefined || before === undefined) return {};
  const { taken, added } = describeChanges(changesOfPlan(plan.steps, before), 'would');
  const stays = `Open to the internet afterwards: ${describeOpenness(plan.remaining) ?? 'nothing'}.`;
  return { wouldChange: sentences(taken, added, stays) };
}

/** Of what Security Hub knows; other labels come last. */
function gravest(severities: readonly string[]): { readonly severity?: string } {
  const [first] = severities.toSorted((one, other) => severityRank(one) - severityRank(other));
  return first === undefined ? {} : { severity: first };
}

function detailTypeOf({
  action,
  target,
  outcome,
  reasons,
  runs,
  decidedBy,
}: RemediationRecord): DomainEvent['detailType'] | undefined {
  if (isIsolable(target)) {
    // Who asked in Slack hears of it there alone.
    if (action === 'undo' && NOT_UNDONE.has(outcome) && wisherIn(decidedBy) !== undefined) return 'Request Refused';
    // Who asked is answered; nothing was touched.
    if (outcome === 'failed' && (reasons ?? []).some(({ code }) => REFUSALS.has(code))) return undefined;
    return outcome === 'not-needed' || outcome === 'asked'
      ? undefined
      : (ISOLATION_TYPES[outcome] ?? DETAIL_TYPES[outcome]);
  }
  // Whoever wanted to know is answered by the record: nobody else is to hear of it, least of all that it failed.
  if (action === 'context' || (action === 'preview' && outcome !== 'not-needed')) return undefined;
  // Nothing was done, and nothing is open by it. Who asked at a terminal or in the console is answered there.
  if (isRefused(action, outcome)) return wisherIn(decidedBy) === undefined ? undefined : 'Request Refused';
  if (action === 'end-grant' && outcome === 'not-needed') return 'Access Ended';
  if (outcome !== 'excepted') return action === 'accept' ? ACCEPT_TYPES[outcome] : DETAIL_TYPES[outcome];
  if (action === 'accept') return 'Risk Accepted';
  return runs.length > 0 ? 'Ingress Closed' : 'Opening Excepted';
}

function isRefused(action: RemediationRecord['action'], outcome: RemediationOutcome): boolean {
  if (action === 'grant') return outcome === 'failed' || outcome === 'already-open';
  return action === 'undo' && outcome === 'nothing-to-undo';
}

const DETAIL_TYPES: Readonly<Record<RemediationOutcome, DomainEvent['detailType'] | undefined>> = {
  running: undefined,
  closed: 'Ingress Closed',
  'already-closed': 'Found Closed',
  excepted: 'Opening Excepted',
  'exception-ended': 'Exception Ended',
  'not-needed': 'Target Gone',
  granted: 'Access Granted',
  'already-open': undefined,
  'access-ended': 'Access Ended',
  asked: 'Decision Needed',
  notified: 'Opening Noted',
  'still-open': 'Remediation Failed',
  failed: 'Remediation Failed',
  'could-not-tell': 'Remediation Failed',
  'not-verified': 'Verification Failed',
  // Whoever stopped it is notified by the undo that follows.
  stopped: undefined,
  undone: 'Closing Undone',
  'partly-undone': 'Closing Undone',
  // Who asked is answered on the finding, and everything is as it was.
  'nothing-to-undo': undefined,
  previewed: undefined,
  isolated: 'Target Isolated',
  'already-isolated': undefined,
  'partly-isolated': 'Target Isolated',
};

/** Of the undo of an isolation: everything is as it was. */
const NOT_UNDONE: ReadonlySet<RemediationOutcome> = new Set(['nothing-to-undo', 'not-needed', 'asked']);

const REFUSALS: ReadonlySet<string> = new Set<IsolationReason['code']>([
  'isolation-guarded',
  'isolation-interface-managed',
  'isolation-not-configured',
  'isolation-without-interfaces',
]);

/** Of an isolation and its undo. */
const ISOLATION_TYPES: Partial<Record<RemediationOutcome, DomainEvent['detailType']>> = {
  undone: 'Isolation Undone',
  'partly-undone': 'Isolation Undone',
};

/** Who wanted to accept a risk hears themselves that it did not work. */
const ACCEPT_TYPES: Partial<Record<RemediationOutcome, DomainEvent['detailType']>> = { 'not-needed': 'Target Gone' };

/** Where the detail type does not say what an event does to what people know to be open. */
function matterOf({ action, outcome, plan }: RemediationRecord): MatterEffect | undefined {
  // What is open beyond the exception is decided anew.
  if (action === 'accept' && outcome === 'excepted') return (plan?.violations ?? []).length > 0 ? 'stays' : undefined;
  return undefined;
}

/** Those of an exception are known also where nothing is left of its findings. */
function controlsOf({ findings, exceptions = [] }: RemediationRecord): readonly ControlId[] {
  const named = findings.length > 0 ? findings : exceptions;
  return [...new Set(named.flatMap(({ control }) => control ?? []))];
}
