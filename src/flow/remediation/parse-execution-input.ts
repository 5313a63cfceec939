import { accountIdSchema } from '../../core/account-id';
import { toInputProblem } from '../../core/schema-words';
import { renderInputProblem } from '../../core/input-problem';
import { failure, success, type Result } from '../../core/result';
import { TARGET_KINDS, type Target } from '../../core/target';
import * as z from '../../core/zod-mini';
import type { ExecutionStart } from '../ports';

const target = {
  partition: z.string().check(z.regex(/^aws[a-z-]*$/, 'is no partition such as aws')),
  account: accountIdSchema(),
  region: z.string().check(z.regex(/^[a-z]{2,}(?:-[a-z]+)+-\d+$/, 'is no Region such as eu-central-1')),
};

/** Made when it is needed: schemas are a good part of a cold start. */
export const targetSchema = (): z.ZodMiniType<Target> =>
  z.discriminatedUnion(
    'kind',
    [
      z.object({
        ...target,
        kind: z.literal('security-group'),
        id: z.string().check(z.regex(/^sg-[0-9A-Za-z-]{1,64}$/, 'is no security group such as sg-0123456789abcdef0')),
      }),
      z.object({
        ...target,
        kind: z.literal('network-acl'),
        id: z.string().check(z.regex(/^acl-[0-9A-Za-z-]{1,64}$/, 'is no network ACL such as acl-0123456789abcdef0')),
      }),
      z.object({
        ...target,
        kind: z.literal('instance'),
        id: z.string().check(z.regex(/^i-[0-9a-f]{8,17}$/, 'is no instance such as i-0123456789abcdef0')),
      }),
      z.object({
        ...target,
        kind: z.literal('network-interface'),
        id: z.string().check(z.regex(/^eni-[0-9a-f]{8,17}$/, 'is no interface such as eni-0123456789abcdef0')),
      }),
    ],
    { error: `is none of: ${TARGET_KINDS.join(', ')}` },
  );

const executionInputSchema = () =>
  z.object({
    target: targetSchema(),
    generation: z.int('is not a whole number').check(z.positive('is not above 0')),
    nonce: z.string().check(z.regex(/^[0-9a-f-]{36}$/, 'is no mark of a holding, which is a UUID')),
  });

/**
 * What an execution is started with. The dispatcher writes it; whoever else may invoke the function learns what is
 * wrong with theirs. The error names the field, its value and what it must be.
 */
export function parseExecutionInput(input: unknown): Result<ExecutionStart, string> {
  const parsed = executionInputSchema().safeParse(input);
  if (parsed.success) return success(parsed.data);
  return failure(`The execution cannot begin: ${renderInputProblem(toInputProblem(parsed.error, input))}`);
}
