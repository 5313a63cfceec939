import type { InputProblem } from '../input-problem';
import type * as z from '../zod-mini';

/** The first thing that a schema objects to, with the value that stands there. */
export function toInputProblem(error: z.core.$ZodError, input: unknown): InputProblem {
  const [issue] = error.issues;
  const path = issue?.path ?? [];
  const value = path.reduce<unknown>(
    (inside, key) => (typeof inside === 'object' && inside !== null ? Reflect.get(inside, key) : undefined),
    input,
  );
  const field = path
    .map((key, i) => (typeof key === 'number' ? `[${String(key)}]` : `${i === 0 ? '' : '.'}${String(key)}`))
    .join('');
  const message = value === undefined ? 'is missing' : (issue?.message ?? 'is not valid');
  return { field, value: path.length === 0 ? undefined : value, message };
}
