import { renderInputProblem, type InputProblem } from './input-problem';
import type * as z from './zod-mini';

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
};

/** More values than that are a list that nobody reads. */
const SHOWN_VALUES = 6;

/** How zod begins what it says by itself; everything else is a sentence of ours. */
const OF_ZOD = /^(Invalid|Too (big|small)|Unrecognized)/;

/**
 * The first thing that a schema objects to: where, what stands there, and what is wrong in words for people, for notes
 * of findings are written from it.
 */
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
  const message = value === undefined ? 'is missing' : wordsFor(issue);
  return { field, value: path.length === 0 ? undefined : value, message };
}

/** The same in one line: `runs[2].step.call "Deleet" is none of the values that are known`. */
export function renderSchemaError(error: z.core.$ZodError, input: unknown): string {
  return renderInputProblem(toInputProblem(error, input));
}

function wordsFor(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'is not valid';
  if (!OF_ZOD.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return `is not ${KINDS[issue.expected] ?? 'of the kind that is expected'}`;
    case 'invalid_value':
      return issue.values.length > SHOWN_VALUES
        ? 'is none of the values that are known'
        : `is not ${issue.values.map(String).join(' or ')}`;
    case 'too_small':
      return 'is too small or too short';
    case 'too_big':
      return 'is too large or too long';
    case 'unrecognized_keys':
      return `has members that are not known: ${issue.keys.join(', ')}`;
    default:
      return 'is not of a form that is known';
  }
}
