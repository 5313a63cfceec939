import { visibleJson } from '../../core/visible-json';
import { createOperator, orCouldNotTell, type OperatorOptions } from '../operator/operator';
import { renderQuestion } from './render-question';
import { fitLines } from '../fit-lines';

export interface QuestionsOptions extends OperatorOptions {
  readonly json?: true;
}

/** Lists what waits for an answer, what ends first before the others. @throws CouldNotTellError */
export async function runQuestions(options: QuestionsOptions): Promise<void> {
  const operator = await createOperator(options);
  const open = await orCouldNotTell(operator.questions.fetchOpenQuestions(), operator.region);
  const sorted = [...open].sort((a, b) => a.until.localeCompare(b.until));
  if (options.json) process.stdout.write(sorted.map((question) => `${visibleJson(question)}\n`).join(''));
  else
    process.stdout.write(
      sorted.length === 0 ? 'Nothing waits for an answer.\n' : fitLines(sorted.map(renderQuestion).join('')),
    );
}
