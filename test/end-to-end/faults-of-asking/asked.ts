import type { Question } from '../../../src/core/questions/question';
import type { Violation } from '../faults-everywhere/violations';
import { alarms, importFinding, pass, type AskedGroup } from './act';
import type { AskingStage } from './asking-stage';
import { PATIENCE_HOURS, violation, type Story } from './story';

/** The newest question about a group. */
export async function questionOf(stage: AskingStage, group: AskedGroup): Promise<Question | undefined> {
  const found = await stage.questions.fetchQuestionsOf(group);
  if (!found.ok) throw new Error(found.error.cause);
  return found.value[0];
}

/**
 * What goes on once somebody is asked about a group: its finding comes, and after some hours there is an open question.
 * Where there is none, that must be said.
 */
export function onceAsked(
  hours: number,
  goOn: (stage: AskingStage, group: AskedGroup, asked: Question, before: number) => Promise<readonly Violation[]>,
): Story['play'] {
  return async (stage, group) => {
    const before = await alarms(stage, group);
    await importFinding(stage, group);
    await pass(stage, hours);
    const asked = await questionOf(stage, group);
    return asked?.state.kind === 'open' ? goOn(stage, group, asked, before) : unasked(stage, group, before);
  };
}

/** How many remediations of a group ended so. */
export async function outcomesOf(stage: AskingStage, group: AskedGroup, outcome: string): Promise<number> {
  const records = await stage.ledger.fetchRemediationsOf(group);
  if (!records.ok) throw new Error(records.error.cause);
  return records.value.filter((record) => record.outcome === outcome).length;
}

/** Nobody was asked: that must stand where people look. */
async function unasked(stage: AskingStage, group: AskedGroup, before: number): Promise<readonly Violation[]> {
  await pass(stage, PATIENCE_HOURS);
  const { Note } = await stage.findings.findingOf(group.findingId);
  if (Note !== undefined || (await alarms(stage, group)) > before) return [];
  return violation('lost', 'nobody was asked, and nothing says why');
}
