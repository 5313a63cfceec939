import type { FindingKey } from '../../core/findings/finding';
import { closingSelected } from '../../core/ledger/closing-selected';
import { closingToUndo } from '../../core/ledger/closing-to-undo';
import type { RemediationRecord, ResourceRule } from '../../core/ledger/remediation-record';
import { seenOpenLater } from '../../core/ledger/seen-open-later';
import { failure, success } from '../../core/result';
import { targetKey } from '../../core/target';
import type { UndoJob } from '../remediation/job';
import type { Durable, Ledger, PortResult } from '../ports';

/** What the ledger knows of the closing to undo and of what came after it. */
export interface History {
  readonly closing: RemediationRecord;
  /** The last closing that changed something, where the one that a terminal named did not. */
  readonly other?: string;
  /** Runs of earlier undos of it. */
  readonly earlierUndos: readonly Pick<RemediationRecord, 'runs'>[];
  /** What was open at some time after it, as later remediations saw it. */
  readonly openLater: readonly ResourceRule[];
  /** Whether something of the target was ever opened for a while. */
  readonly hadGrants: boolean;
  /** Findings that closings of the target have resolved: each of them may fail again. */
  readonly findings: readonly FindingKey[];
}

/**
 * Whoever selects a finding means what was done to it, or is being done, whatever its latest remediation was; whoever
 * names a remediation on a terminal means that one, and is notified of the other. Undefined when there is none. What a
 * finding says of its remediation is not believed: rules and people overwrite it, and the ledger knows what was done on
 * the target.
 */
export async function readHistory(
  job: UndoJob,
  ports: { readonly durable: Durable; readonly ledger: Ledger },
): PortResult<History | undefined> {
  const { target, undoes } = job;
  const { durable, ledger } = ports;
  const read = undoes === undefined ? success(undefined) : await readClosing('read closing', undoes, ports);
  // One that is not there may be lost out of a restored ledger: an older closing is not what is meant then.
  if (!read.ok) return read;
  const named = isSelected(job) && isOfAnother(read.value, job) ? undefined : read.value;
  const others = await durable.step('read remediations of target', async () => {
    const records = await ledger.fetchRemediationsOf(target);
    return records.ok ? success(summaryOf(named, records.value, job)) : records;
  });
  if (!others.ok) return others;
  const { meant, ...summary } = others.value;
  if (meant === undefined) return success(undefined);
  if (meant === named?.remediationId) return success({ closing: named, ...summary });
  if (named !== undefined && !isSelected(job)) return success({ closing: named, other: meant, ...summary });
  const closing = await readClosing('read closing before it', meant, ports);
  return closing.ok ? success({ closing: closing.value, ...summary }) : closing;
}

function isOfAnother(record: RemediationRecord | undefined, { target }: UndoJob): boolean {
  return record !== undefined && targetKey(record.target) !== targetKey(target);
}

function isSelected({ requests }: UndoJob): boolean {
  return requests.some(({ findings }) => findings.length > 0);
}

async function readClosing(
  step: string,
  remediationId: string,
  { durable, ledger }: { readonly durable: Durable; readonly ledger: Ledger },
): PortResult<RemediationRecord> {
  return durable.step(step, async () => {
    const read = await ledger.fetchRemediation(remediationId);
    if (!read.ok) return read;
    if (read.value !== undefined) return success(read.value);
    const cause = `The ledger holds no remediation ${remediationId}: what was there before cannot be known.`;
    return failure({ code: 'not-found', retryable: false, cause });
  });
}

/** Little of it: the result of a step is stored, and records hold whole groups. */
function summaryOf(named: RemediationRecord | undefined, records: readonly RemediationRecord[], job: UndoJob) {
  const closing = findClosing(named, records, job);
  const undone = isSelected(job) ? closing : named;
  const isClosed = ({ outcome }: RemediationRecord) => outcome === 'closed' || outcome === 'already-closed';
  return {
    ...(closing === undefined ? {} : { meant: closing.remediationId }),
    earlierUndos: records
      .filter((record) => record.action === 'undo' && undone !== undefined && record.undoes === undone.remediationId)
      .map(({ runs }) => ({ runs })),
    openLater: undone === undefined ? [] : seenOpenLater(undone, records),
    hadGrants: records.some(({ action }) => action === 'grant'),
    findings: records
      .filter((each) => each.action === 'close' && (isClosed(each) || each.remediationId === undone?.remediationId))
      .flatMap(({ findings }) => findings.map(({ id, productArn }) => ({ id, productArn }))),
  };
}

function findClosing(
  named: RemediationRecord | undefined,
  records: readonly RemediationRecord[],
  job: UndoJob,
): RemediationRecord | undefined {
  if (isOfAnother(named, job)) return named;
  const findings = job.requests.flatMap((request) => request.findings);
  const chosenAt = job.requests.flatMap((each) => each.chosenAt ?? each.askedAt ?? []).sort()[0];
  const start = isSelected(job) ? closingSelected(named, records, { findings, chosenAt }) : named;
  return start === undefined ? undefined : closingToUndo(start, records);
}
