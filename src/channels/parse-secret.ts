import { failure, success, type Result } from '../core/result';
import type * as z from '../core/zod-mini';

/**
 * Reads a secret that is a JSON object.
 *
 * @param form what it must look like, to end the sentence: `{"signingKey":"…"} with at least 32 characters`
 * @returns an error that says nothing of what the secret holds
 */
export function parseSecret<Secret>(text: string, schema: z.ZodMiniType<Secret>, form: string): Result<Secret, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return failure(`is not JSON; it must be ${form}`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return success(parsed.data);
  const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))].filter((field) => field !== '');
  const where = fields.length === 0 ? 'is not an object' : `is wrong or lacks something at ${fields.join(', ')}`;
  return failure(`${where}; it must be ${form}`);
}
