import type { ControlId } from '../../core/controls/control-id';
import type { Answer } from '../../core/questions/asked-question';
import { answerQuestion, describeOver, markDone } from '../../core/questions/life';
import type { Question } from '../../core/questions/question';
import { success } from '../../core/result';
import type { AcceptJob, CloseJob } from '../remediation/job';
import type { Clock, Durable, PortResult, Questions } from '../ports';

export interface ClaimPorts {
  readonly clock: Clock;
  readonly durable: Durable;
  readonly questions: Pick<Questions, 'fetchQuestion' | 'fetchQuestionsOf' | 'replaceQuestion'>;
}

/** What somebody chose themselves, by a custom action or a command. */
export interface Chosen {
  readonly answer: Extract<Answer, 'close' | 'accept'>;
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** What they chose it for. */
  readonly controls: readonly ControlId[];
}

/** What the people of a job chose themselves; undefined where it is no more than an answer, or nobody chose it. */
export function chosenIn(
  { action, requests }: CloseJob | AcceptJob,
  controls: readonly ControlId[],
): Chosen | undefined {
  const own = [...requests]
    .filter((request) => request.trigger === 'custom-action' && !('answers' in request))
    .map((request) => ({ by: request.decidedBy, at: request.chosenAt ?? request.askedAt ?? '' }))
    .sort((a, b) => a.at.localeCompare(b.at))
    .at(-1);
  return own === undefined || own.at === '' ? undefined : { answer: action, ...own, controls };
}

/** Somebody may change a question between a read and a write; after so many times it is no coincidence. */
const ATTEMPTS = 4;

/**
 * Whoever chooses for themselves answers what is asked about it: by the ledger's condition, before anything begins, so
 * that of two who answer at once by different channels one is first, and the other is notified. Answers why they were
 * not first; undefined where they were, or where nothing was asked. What they choose once a question is over is a
 * decision of their own.
 */
export async function claimQuestions(
  target: CloseJob['target'],
  chosen: Chosen,
  ports: ClaimPorts,
): PortResult<string | undefined> {
  const claimed = await ports.durable.step('answer what is asked', async () => {
    const asked = await ports.questions.fetchQuestionsOf(target);
    if (!asked.ok) return asked;
    for (const question of asked.value) {
      if (!question.findings.every(({ control }) => chosen.controls.includes(control))) continue;
      const late = await claim(question, chosen, ports);
      if (!late.ok || late.value !== undefined) return late.ok ? success({ late: late.value ?? null }) : late;
    }
    return success({ late: null });
  });
  return claimed.ok ? success(claimed.value.late ?? undefined) : claimed;
}

async function claim(
  first: Question,
  chosen: Chosen,
  { clock, questions }: ClaimPorts,
): PortResult<string | undefined> {
  let question = first;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const now = clock.now();
    if (question.state.kind !== 'open') {
      return success(isAgainst(question, chosen) ? describeOver(question, now) : undefined);
    }
    const answered = answerQuestion(question, { answer: chosen.answer, by: chosen.by }, now);
    // Nobody can answer it so: what they chose is reported by how that ends.
    if (!answered.ok) return success(undefined);
    const written = await questions.replaceQuestion(toDone(answered.value));
    if (!written.ok) return written;
    if (written.value) return success(undefined);
    const again = await questions.fetchQuestion(question.questionId);
    if (!again.ok) return again;
    if (again.value === undefined) return success(undefined);
    question = again.value;
  }
  return success(undefined);
}

/** What follows from it is this very execution. One version, as it is one write. */
function toDone(question: Question): Question {
  return { ...markDone(question), version: question.version };
}

/** Somebody has decided otherwise, after this was chosen, about all that it was chosen for. */
function isAgainst({ state, findings }: Question, { answer, by, at, controls }: Chosen): boolean {
  if (state.kind !== 'decided' || state.answer === answer || state.by === by) return false;
  const asked = new Set(findings.map(({ control }) => control));
  return Date.parse(state.at) > Date.parse(at) && controls.every((control) => asked.has(control));
}
