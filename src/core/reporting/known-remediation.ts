import { describeContext } from '../context/describe-context';
import { describeOwnersChange } from '../context/iac/describe-owners-change';
import type { RemediationOutcome, RemediationRecord, Trigger } from '../ledger/remediation-record';
import { BY_SILENCE } from '../questions/question';
import { changedRulesOf, type ChangedRules } from './changed-rules';
import type { ReportedFinding } from './reported-finding';

/** A remediation as far as it is known: from the ledger, or only from what it wrote on the finding. */
export interface KnownRemediation extends ChangedRules {
  readonly remediationId: string;
  readonly isUndo: boolean;
  readonly outcome: RemediationOutcome;
  readonly decidedBy: string;
  readonly reason: string | undefined;
  /** ISO 8601, UTC; like what follows, only the ledger knows it. */
  readonly startedAt: string | undefined;
  readonly finishedAt: string | undefined;
  readonly trigger: Trigger | undefined;
  /** What was known about the target when it was decided, in a few sentences. */
  readonly known: string | undefined;
  /** Lines: what the owner of its source must change so that it is not opened again. */
  readonly ownerMustChange: readonly string[];
  /** Whether nobody chose it: the policy did, or nobody answered in time. */
  readonly isByItself: boolean | undefined;
  /** While a person is asked: when the question becomes what silence means, ISO 8601, UTC. */
  readonly answerBy: string | undefined;
}

/** What a report knows of a remediation by its record. */
export function fromLedger(record: RemediationRecord): KnownRemediation {
  const { remediationId, action, outcome, decidedBy, reason, startedAt, finishedAt, trigger, answer } = record;
  return {
    remediationId,
    isUndo: action === 'undo',
    outcome,
    decidedBy,
    reason,
    startedAt,
    finishedAt,
    trigger,
    known: record.context && describeContext(record.context),
    ownerMustChange: describeOwnersChange(record),
    isByItself: trigger === 'automatic' && (answer === undefined || answer.by === BY_SILENCE),
    answerBy: outcome === 'asked' ? record.question?.until : undefined,
    ...changedRulesOf(record),
  };
}

/**
 * What a report without the ledger goes by: the finding's user-defined fields, and its note where that is still ours.
 */
export function fromFinding({
  written,
  note,
}: Pick<ReportedFinding, 'written' | 'note'>): KnownRemediation | undefined {
  if (written === undefined) return undefined;
  const ours = note?.text.includes(written.remediationId) ? note : undefined;
  return {
    ...written,
    isUndo: UNDO_OUTCOMES.has(written.outcome),
    reason: ours?.text,
    startedAt: undefined,
    finishedAt: ours?.updatedAt,
    trigger: undefined,
    known: undefined,
    ownerMustChange: [],
    isByItself: undefined,
    answerBy: undefined,
    changes: [],
    removed: [],
    added: [],
  };
}

const UNDO_OUTCOMES: ReadonlySet<RemediationOutcome> = new Set(['undone', 'partly-undone', 'nothing-to-undo']);
