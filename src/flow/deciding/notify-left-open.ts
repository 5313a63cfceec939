import { markDone } from '../../core/questions/life';
import type { Question } from '../../core/questions/question';
import { success } from '../../core/result';
import type { DomainEvents, Hub, Log, PortResult, Questions } from '../ports';
import { noteOnFindings } from './note-on-findings';
import { toLeftOpenEvent } from './to-question-event';

interface LeftOpenPorts {
  readonly events: DomainEvents;
  readonly hub: Hub;
  readonly log: Log;
  readonly questions: Pick<Questions, 'replaceQuestion'>;
}

/** The word on the findings and the bus that it stays open, and the mark that it was said. */
export async function notifyLeftOpen(question: Question, ports: LeftOpenPorts): PortResult<void> {
  const noted = await noteOnFindings(question, ports);
  if (!noted.ok) return noted;
  const published = await ports.events.publish(toLeftOpenEvent(question));
  if (!published.ok) return published;
  const done = await ports.questions.replaceQuestion(markDone(question));
  return done.ok ? success(undefined) : done;
}
