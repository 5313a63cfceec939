import * as z from './zod-mini';

/** An AWS account id in what comes from outside: a text of 12 digits, since it may begin with 0. */
export const accountIdSchema = (): z.ZodMiniString =>
  z.string().check(z.regex(/^\d{12}$/, 'is not an account id; it has 12 digits'));
