import type { FindingKey } from '../../core/findings/finding';
import { closingToUndo } from '../../core/ledger/closing-to-undo';
import type { RemediationRecord, ResourceRule } from '../../core/ledger/remediation-record';
import { seenOpenLater } from '../../core/ledger/seen-open-later';
import { failure, success } from '../../core/result';
import { targetKey } from '../../core/target';
import type { UndoJob } from '../remediation/job';
import type { Durable, Ledger, Outcome } from '../ports';

/** What the ledger knows of the closing to undo and of what came after it. */
export interface History {
  readonly closing: RemediationRecord;
  /** The last closing that changed something, where the one that a terminal named did not. */
  readonly other?: string;
  /** Runs of earlier undos of it. */
  readonly earlierUndos: readonly Pick<RemediationRecord, 'runs'>[];
  /** What was open at some time after it, as later remediations saw it. */
  readonly openLater: readonly ResourceRule[];
  /** Findings that closings of the target have settled: each of them may fail again. */
  readonly findings: readonly FindingKey[];
}

/**
 * Whoever selects a finding means what was done to it, whatever its latest remediation was; whoever names a remediation on
 * a terminal means that one, and is told of the other.
 */
export async function readHistory(
  { target, undoes, requests }: UndoJob,
  ports: { readonly durable: Durable; readonly ledger: Ledger },
): Outcome<History> {
  const { durable, ledger } = ports;
  const isSelected = requests.some(({ findings }) => findings.length > 0);
  const named = await readClosing('read closing', undoes, ports);
  if (!named.ok) return named;
  const others = await durable.step('read remediations of target', async () => {
    const read = await ledger.fetchRemediationsOf(target);
    return read.ok ? success(summaryOf(named.value, read.value, isSelected)) : read;
  });
  if (!others.ok) return others;
  const { meant, ...summary } = others.value;
  if (meant === undefined || targetKey(named.value.target) !== targetKey(target)) {
    return success({ closing: named.value, ...summary });
  }
  if (!isSelected) return success({ closing: named.value, other: meant, ...summary });
  const closing = await readClosing('read closing before it', meant, ports);
  return closing.ok ? success({ closing: closing.value, ...summary }) : closing;
}

async function readClosing(
  step: string,
  remediationId: string,
  { durable, ledger }: { readonly durable: Durable; readonly ledger: Ledger },
): Outcome<RemediationRecord> {
  return durable.step(step, async () => {
    const read = await ledger.fetchRemediation(remediationId);
    if (!read.ok) return read;
    if (read.value !== undefined) return success(read.value);
    const cause = `The ledger holds no remediation ${remediationId}: what was there before cannot be known.`;
    return failure({ code: 'not-found', retryable: false, cause });
  });
}

/** Little of it: the result of a step is stored, and records hold whole groups. */
function summaryOf(named: RemediationRecord, records: readonly RemediationRecord[], isSelected: boolean) {
  const closing = closingToUndo(named, records);
  const meant = closing.remediationId;
  const undone = isSelected ? closing : named;
  return {
    ...(meant === named.remediationId ? {} : { meant }),
    earlierUndos: records
      .filter((record) => record.action === 'undo' && record.undoes === undone.remediationId)
      .map(({ runs }) => ({ runs })),
    openLater: seenOpenLater(undone, records),
    findings: records
      .filter(({ action, outcome }) => action === 'close' && (outcome === 'closed' || outcome === 'already-closed'))
      .flatMap(({ findings }) => findings.map(({ id, productArn }) => ({ id, productArn }))),
  };
}
