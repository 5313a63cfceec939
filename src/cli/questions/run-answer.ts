import * as z from 'zod';
import { parseQuestion } from '../../core/questions/parse-question';
import type { Answer } from '../../core/questions/asked-question';
import { isQuestionId, type Question } from '../../core/questions/question';
import { visibleJson } from '../../core/visible-json';
import { askCommands, requestsSchema } from '../operator/ask-commands';
import { awaitResults } from '../operator/await-results';
import { CouldNotTellError } from '../cli-error';
import { createOperator, type OperatorOptions } from '../operator/operator';
import { renderQuestion } from './render-question';

export interface AnswerOptions extends OperatorOptions {
  readonly comment?: string;
  readonly until?: string;
  readonly json?: true;
}

const COMMANDS = { close: 'approve', leave: 'deny', accept: 'accept-risk' } as const;

/**
 * Answers a question, which its own id names or that of a finding; waits for the end of what is closed, or for the
 * exceptions.
 *
 * @throws InputError for a question that is none, is over or is not this caller's to answer; CouldNotTellError when the
 *   end cannot be known; Error when something was not closed or accepted
 */
export async function runAnswer(answer: Answer, id: string, options: AnswerOptions): Promise<void> {
  const operator = await createOperator(options);
  const { comment, until } = options;
  const body = {
    command: COMMANDS[answer],
    ...(isQuestionId(id) ? { questionId: id } : { findingId: id }),
    ...(comment === undefined ? {} : { comment }),
    ...(until === undefined ? {} : { until }),
  };
  const { question, requests } = await askCommands(body, answeredSchema, operator);
  if (requests.length > 0) return awaitResults(requests, operator, options);
  process.stdout.write(options.json ? `${visibleJson(question)}\n` : renderQuestion(question));
}

const answeredSchema = z.object({
  question: z.unknown().transform(toQuestion),
  requests: requestsSchema,
});

function toQuestion(value: unknown): Question {
  const question = parseQuestion(value);
  if (question.ok) return question.value;
  throw new CouldNotTellError(`what the commands function answered is not understood: ${question.error}`);
}
