import { storedClosable } from '../stored-target';
import { CONTROL_IDS } from '../controls/control-id';
import { TRIGGERS } from '../ledger/remediation-record';
import { failure, success, type Result } from '../result';
import { renderSchemaError } from '../schema-words';
import * as z from '../zod-mini';
import { SILENCES } from './ask-terms';
import { ANSWERS, type AskedQuestion, type GivenAnswer } from './asked-question';
import type { Question } from './question';

const stateSchema = () =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('open'),
      remindedAt: z.exactOptional(z.string()),
      escalatedAt: z.exactOptional(z.string()),
    }),
    z.object({ kind: z.literal('decided'), ...answerFields(), isDone: z.exactOptional(z.boolean()) }),
    z.object({
      kind: z.literal('silent'),
      became: z.enum(SILENCES),
      at: z.string(),
      isDone: z.exactOptional(z.boolean()),
    }),
    z.object({ kind: z.literal('ended'), at: z.string(), reason: z.string() }),
  ]);

const answerFields = () => ({
  answer: z.enum(ANSWERS),
  by: z.string(),
  at: z.string(),
  comment: z.exactOptional(z.string()),
  until: z.exactOptional(z.iso.datetime()),
});

/** An answer as requests, records and certificates keep it. */
export const givenAnswerSchema = (): z.ZodMiniType<GivenAnswer> =>
  z.object({ questionId: z.string(), ...answerFields() });

/** As events and records hold it. */
export const askedQuestionSchema = (): z.ZodMiniType<AskedQuestion> =>
  z.object({
    questionId: z.string(),
    until: z.iso.datetime(),
    onSilence: z.enum(SILENCES),
    approvers: z.exactOptional(z.array(z.string())),
  });

const questionSchema = () =>
  z.object({
    questionId: z.string(),
    remediationId: z.string(),
    target: storedClosable,
    findings: z.array(z.object({ id: z.string(), productArn: z.string(), control: z.enum(CONTROL_IDS) })),
    trigger: z.enum(TRIGGERS),
    decidedBy: z.string(),
    reason: z.string(),
    isStuck: z.boolean(),
    approvers: z.exactOptional(z.array(z.string())),
    askedAt: z.iso.datetime(),
    until: z.iso.datetime(),
    remindAt: z.exactOptional(z.iso.datetime()),
    escalation: z.exactOptional(z.object({ at: z.iso.datetime(), to: z.array(z.string()) })),
    onSilence: z.enum(SILENCES),
    version: z.int().check(z.positive()),
    state: stateSchema(),
  });

/** A question as it was read back: what somebody changed by hand is distinguished from what was written. */
export function parseQuestion(value: unknown): Result<Question, string> {
  const parsed = questionSchema().safeParse(value);
  return parsed.success ? success(parsed.data) : failure(renderSchemaError(parsed.error, value));
}
