import { MOST_COMMENT } from '../../core/interactions/buttons';
import { isQuestionId } from '../../core/questions/question';
import * as z from '../../core/zod-mini';

const comment = z.exactOptional(
  z.string().check(z.maxLength(MOST_COMMENT, `is longer than ${String(MOST_COMMENT)} characters; say it shorter`)),
);

const until = z.exactOptional(z.string().check(z.maxLength(64, 'is longer than 64 characters')));

/** What `approve`, `deny` and `accept` take: one of question and finding. */
export const answerInput = (): z.ZodMiniType<AnswerInput> =>
  z.union(
    [
      z.strictObject({
        questionId: z
          .string()
          .check(z.refine(isQuestionId, 'is not a question id; it looks like qst-0123456789abcdef')),
        comment,
        until,
      }),
      z.strictObject({
        findingId: z.string().check(z.minLength(1, 'is empty'), z.maxLength(512, 'is longer than 512 characters')),
        comment,
        until,
      }),
    ],
    { error: 'names neither one question, in questionId, nor one finding, in findingId' },
  );

export type AnswerInput = {
  readonly comment?: string;
  /** A day or a moment, as it was written: until when it stays open. Not with `approve`. */
  readonly until?: string;
} & ({ readonly questionId: string } | { readonly findingId: string });
