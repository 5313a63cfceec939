import { randomUUID } from 'node:crypto';
import type { RemediationRecord } from '../../../src/core/ledger/remediation-record';
import { runsToUndo } from '../../../src/core/ledger/runs-to-undo';
import { askAgain } from './ask-again';
import type { Stage } from './stage';
import type { Subject } from './subject';
import { fetchTraces } from './traces';
import { sameTexts, type Violation } from './violations';

/** A request of an execution that died is worked off after the first undo, and closes again. */
const MAX_ROUNDS = 3;

/** Undoes all that the ledger knows of, newest first, and holds the target against what it was at first. */
export async function takeBack(stage: Stage, subject: Subject, findingIds: readonly string[]): Promise<Violation[]> {
  const { target, original } = subject;
  let traces = await fetchTraces(stage, target, findingIds);
  let undone = 0;
  for (let round = 0; round < MAX_ROUNDS && !sameTexts(traces.lines, original); round++) {
    for (const { remediationId } of traces.records.filter(isToUndo)) {
      const named = traces.findings.filter((finding) => finding.remediationId === remediationId).map(({ id }) => id);
      traces = await askAgain(stage, target, findingIds, () =>
        named.length > 0 ? stage.findings.choose('Undo closing', ...named) : undoFromTerminal(stage, remediationId),
      );
      undone++;
    }
  }
  if (sameTexts(traces.lines, original)) return [];
  const undos = traces.records.filter(({ action }) => action === 'undo');
  if (undos.some(({ reason = '' }) => /left alone/i.test(reason))) return [];
  const told = undos.map(({ outcome, reason = '' }) => `${outcome}: ${reason}`).join(' | ');
  const now = traces.lines.map(({ text }) => text).join('; ');
  return [{ kind: 'not-undone', detail: `asked ${String(undone)} times; ${told}; there is now ${now}` }];
}

function isToUndo(record: RemediationRecord): boolean {
  return record.action === 'close' && record.undoneBy === undefined && runsToUndo(record).length > 0;
}

/** For a closing that no finding names: `portcullis undo REMEDIATION_ID --confirm`. */
async function undoFromTerminal({ commands }: Stage, remediationId: string): Promise<void> {
  const body = { command: 'undo', askId: randomUUID(), remediationId, confirmed: true };
  const asked = await commands.ask(body);
  if (!asked.ok) throw new Error(asked.error.cause);
  if (asked.value.status !== 200) throw new Error(JSON.stringify(asked.value.body));
}
