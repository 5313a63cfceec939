import { randomUUID } from 'node:crypto';
import type { RemediationRecord } from '../../../src/core/ledger/remediation-record';
import { runsToUndo } from '../../../src/core/ledger/runs-to-undo';
import { askAgain } from './ask-again';
import { fetchLines, type Target } from './ec2-snapshot';
import type { Interference } from './interference';
import type { Stage } from './stage';
import type { Subject } from './subject';
import { fetchTraces, type Traces } from './traces';
import { sameTexts, type Violation } from './violations';

/** A request of an execution that died is processed after the first undo, and closes again. */
const MAX_ROUNDS = 3;

/** Undoes all that the ledger knows of, newest first, and holds the target against what it was at first. */
export async function takeBack(
  stage: Stage,
  subject: Subject,
  findingIds: readonly string[],
  interference: Interference,
): Promise<Violation[]> {
  const { target, original } = subject;
  let traces = await fetchTraces(stage, target, findingIds);
  let undone = 0;
  for (let round = 0; round < MAX_ROUNDS && !sameTexts(traces.lines, original); round++) {
    for (const { remediationId } of traces.records.filter(isToUndo)) {
      const named = traces.findings.filter((finding) => finding.remediationId === remediationId).map(({ id }) => id);
      const isOfGate = traces.idsOfGate.has(remediationId);
      traces = await askAgain(stage, target, findingIds, () =>
        named.length > 0
          ? stage.findings.choose(isOfGate ? 'GateUndo' : 'PortcullisUndo', ...named)
          : undoFromTerminal(isOfGate ? stage.gate : stage, remediationId),
      );
      undone++;
    }
  }
  if (sameTexts(traces.lines, original)) return [];
  const undos = traces.records.filter(({ action }) => action === 'undo');
  if (undos.some(({ reason = '' }) => /left alone/i.test(reason))) return [];
  if (interference.forgotten.some(isToUndo)) return findNotAnswered(stage, target, traces.findings);
  // What was done beyond the plans is for a person, who was notified of it.
  if (interference.replacedDocuments) return [];
  const notified = undos.map(({ outcome, reason = '' }) => `${outcome}: ${reason}`).join(' | ');
  const now = traces.lines.map(({ text }) => text).join('; ');
  return [{ kind: 'not-undone', detail: `asked ${String(undone)} times; ${notified}; there is now ${now}` }];
}

/** A closing that the ledger has lost cannot be undone: who asks for it is answered so, and nothing happens. */
async function findNotAnswered(stage: Stage, target: Target, before: Traces['findings']): Promise<Violation[]> {
  const ids = before.map(({ id }) => id);
  const lines = await fetchLines(stage, target);
  const after = await askAgain(stage, target, ids, () => stage.findings.choose('Undo closing', ...ids));
  const silent = after.findings.filter(({ note }, index) => note === before[index]?.note);
  return [
    ...silent.map(({ id, note }) => ({ kind: 'lost', detail: `undo of a lost closing on ${id}: ${note}` }) as const),
    ...(sameTexts(after.lines, lines)
      ? []
      : [{ kind: 'not-undone', detail: 'undo of a lost closing changed something' } as const]),
  ];
}

function isToUndo(record: RemediationRecord): boolean {
  return record.action === 'close' && record.undoneBy === undefined && runsToUndo(record).length > 0;
}

/** For a closing that no finding names: `portcullis undo REMEDIATION_ID --confirm`. */
async function undoFromTerminal({ commands }: Pick<Stage, 'commands'>, remediationId: string): Promise<void> {
  const body = { command: 'undo', askId: randomUUID(), remediationId, confirmed: true };
  const asked = await commands.ask(body);
  if (!asked.ok) throw new Error(asked.error.cause);
  if (asked.value.status !== 200) throw new Error(JSON.stringify(asked.value.body));
}
