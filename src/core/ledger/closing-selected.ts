import type { FindingKey } from '../findings/finding';
import type { RemediationRecord } from './remediation-record';

/** What somebody selected to have its closing undone. */
export interface Selection {
  readonly findings: readonly FindingKey[];
  /** When, ISO 8601, UTC, to the second; undefined where nobody knows. */
  readonly chosenAt: string | undefined;
}

/**
 * The remediation that somebody means who selects findings. It is the one that they name, unless a later closing had
 * selected ones: a finding names a closing only once that has ended. Where they name none it is the latest closing that
 * had one of them, or that was under way on their target when they were selected. What a person chose to close after
 * that is not meant. Whoever may change findings may write any name there: it counts only where the remediation of that
 * name had a selected finding, as the ledger says.
 *
 * @param ofTarget all remediations of the target, newest first
 */
export function closingSelected(
  claimed: RemediationRecord | undefined,
  ofTarget: readonly RemediationRecord[],
  { findings, chosenAt }: Selection,
): RemediationRecord | undefined {
  const selected = new Set(findings.map(nameOf));
  const hadOne = (record: RemediationRecord) => record.findings.some((finding) => selected.has(nameOf(finding)));
  const named = claimed !== undefined && hadOne(claimed) ? claimed : undefined;
  const latest = ofTarget.find((record) => {
    if (record.action !== 'close' || isChosenAfter(record, chosenAt)) return false;
    if (hadOne(record)) return true;
    return named === undefined && wasUnderWay(record, chosenAt);
  });
  if (named === undefined || latest === undefined) return latest ?? named;
  return latest.startedAt > named.startedAt ? latest : named;
}

function isChosenAfter({ chosenAt }: RemediationRecord, undoChosenAt: string | undefined): boolean {
  return secondOf(chosenAt) > secondOf(undoChosenAt);
}

/** One that was stopped was, whatever two clocks say: the undo that stopped it is processed behind it. */
function wasUnderWay({ finishedAt, outcome }: RemediationRecord, undoChosenAt: string | undefined): boolean {
  if (outcome === 'stopped') return true;
  if (undoChosenAt === undefined) return false;
  return finishedAt === undefined || secondOf(finishedAt) >= secondOf(undoChosenAt);
}

/** Events are dated to the second. NaN, which is neither before nor after anything, where it is not known. */
function secondOf(time: string | undefined): number {
  return Math.floor(Date.parse(time ?? '') / 1000);
}

function nameOf({ id, productArn }: FindingKey): string {
  return `${productArn}\n${id}`;
}
