import type { Question } from '../../../src/core/questions/question';
import type { Violation } from '../faults-everywhere/violations';
import { alarms, pass, type AskedGroup } from './act';
import type { AskingStage } from './asking-stage';
import { PATIENCE_HOURS, violation } from './story';

/** The newest question about a group. */
export async function questionOf(stage: AskingStage, group: AskedGroup): Promise<Question | undefined> {
  const found = await stage.questions.fetchQuestionsOf(group);
  if (!found.ok) throw new Error(found.error.cause);
  return found.value[0];
}

/** Nobody was asked: that must stand where people look. */
export async function unasked(stage: AskingStage, group: AskedGroup, before: number): Promise<readonly Violation[]> {
  await pass(stage, PATIENCE_HOURS);
  const { Note } = await stage.findings.findingOf(group.findingId);
  if (Note !== undefined || (await alarms(stage, group)) > before) return [];
  return violation('lost', 'nobody was asked, and nothing says why');
}
