import type { RemediationOutcome } from '../../core/ledger/remediation-record';
import { CouldNotTellError } from '../cli-error';
import { plural } from '../plural';
import { printable } from '../terminal';
import type { RequestResult } from './wait-for-remediation';

/** What a command that asked for a remediation says at its end. */
export function renderResult(ending: RequestResult): string {
  const { target, outcome, reason = '' } = ending;
  const { remediationId, notUpdated = [] } = 'remediationId' in ending ? ending : {};
  const place = `${target.id} (${target.account}, ${target.region})`;
  const lines = [`${place}: ${outcome}. ${reason}`.trim()];
  if (remediationId !== undefined) lines.push(`Follow it: portcullis show ${remediationId}`);
  if (notUpdated.length > 0) lines.push(`${plural(notUpdated.length, 'finding')} could not be updated.`);
  return `${lines.map(printable).join('\n')}\n`;
}

/** @throws CouldNotTellError, or Error with the reasons, unless everything ended as it was asked for */
export function throwUnlessDone(records: readonly RequestResult[]): void {
  const unclear = records.filter(({ outcome }) => outcome === 'could-not-tell');
  const undone = records.filter(({ outcome }) => !DONE.has(outcome));
  if (undone.length === 0) return;
  const text = undone.map(({ target, outcome, reason }) => `${target.id}: ${outcome}: ${reason ?? ''}`).join('; ');
  throw unclear.length === undone.length ? new CouldNotTellError(text) : new Error(text);
}

const DONE: ReadonlySet<RemediationOutcome | RequestResult['outcome']> = new Set([
  'closed',
  'already-closed',
  'not-needed',
  'undone',
  'excepted',
  'exception-ended',
  'granted',
  'already-open',
  'access-ended',
  'nothing-to-undo',
]);
