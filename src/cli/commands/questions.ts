import type { Command } from 'commander';
import { addOperatorOptions } from '../operator/operator-options';
import type { Answer } from '../../core/questions/asked-question';
import type { AnswerOptions } from '../questions/run-answer';
import type { QuestionsOptions } from '../questions/run-questions';

/** Adds its command, with help and options, to the program. */
export function registerQuestions(program: Command): void {
  const questions = program
    .command('questions')
    .description('list what waits for an answer, with who may give it and until when')
    .option('--json', 'print one JSON object a question');
  addOperatorOptions(questions)
    .addHelpText(
      'after',
      `
Examples:
  $ AWS_PROFILE=security portcullis questions
  $ portcullis questions --json | jq -r .questionId
`,
    )
    .action(async (options: QuestionsOptions) => {
      const { runQuestions } = require('../questions/run-questions') as typeof import('../questions/run-questions');
      await runQuestions(options);
    });
  registerAnswer(
    program,
    'approve',
    'close',
    'have closed what a question is about, as it was shown, and wait for the end',
  );
  registerAnswer(program, 'deny', 'leave', 'leave open what a question is about');
  registerAnswer(
    program,
    'accept',
    'accept',
    'accept the risk of what a question is about until a day: an exception for each of its findings',
  );
}

function registerAnswer(program: Command, name: string, answer: Answer, description: string): void {
  const command = program
    .command(name)
    .description(description)
    .argument('<id>', "the question's, such as qst-0123456789abcdef, or that of a finding which is asked about")
    .option(
      '--json',
      answer === 'leave' ? 'print the question' : 'print the record of what was done as one JSON object each',
    );
  if (answer === 'accept') {
    command
      .requiredOption('--until <date>', 'when the exception ends, a day (its beginning, UTC) or a moment')
      .requiredOption('--comment <text>', 'why the risk is accepted; it stands in the ledger, in events and in notes');
  } else {
    command.option('--comment <text>', 'why; it stands in the ledger, in events and in notes');
  }
  if (answer === 'leave') {
    command.option(
      '--until <date>',
      'when it is decided anew, a day (its beginning, UTC) or a moment; left out: not by itself',
    );
  }
  addOperatorOptions(command)
    .addHelpText(
      'after',
      `
Who asks is whom AWS says; the policy's approvers may answer (docs/questions.md). The first answer wins.

Example:
  $ AWS_PROFILE=security portcullis ${name} qst-0123456789abcdef${answer === 'accept' ? ' --until 2027-03-31' : ''} --comment "checked with the team"
`,
    )
    .action(async (id: string, options: AnswerOptions) => {
      const { runAnswer } = require('../questions/run-answer') as typeof import('../questions/run-answer');
      await runAnswer(answer, id, options);
    });
}
