import type * as z from 'zod';
import { renderValue } from '../render-value';
import { failure, success, type Result } from '../result';
import { configurationSchema, type Configuration } from './schema/configuration-schema';
import { fixFor, knownKeys } from './schema/fixes';
import { hiddenIssues } from './mistakes/hidden-issues';

/** One thing that is wrong in `portcullis.yaml`, and what to write instead. */
export interface ConfigurationMistake {
  /** Where, as `automationRules[2].order`; empty for the file as a whole. */
  readonly path: string;
  /** What stands there; undefined when it is missing. */
  readonly value: unknown;
  readonly message: string;
  readonly fix: string;
}

/**
 * Checks a configuration as it was read from YAML or JSON. All mistakes come at once, in the order of the schema; what
 * is wrong with several values together comes after what is wrong with one.
 */
export function parseConfiguration(input: unknown): Result<Configuration, readonly ConfigurationMistake[]> {
  const parsed = configurationSchema.safeParse(input);
  if (parsed.success) return success(parsed.data);
  const { issues } = parsed.error;
  const all = [...issues, ...hiddenIssues(configurationSchema, input, issues)];
  return failure(all.flatMap((issue) => toMistakes(issue, input)));
}

function toMistakes(issue: z.core.$ZodIssue, input: unknown): readonly ConfigurationMistake[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey([...issue.path, key], input));
  }
  const value = valueAt(input, issue.path);
  if (issue.code === 'invalid_union' && typeof value === 'object' && value !== null) {
    // What was written as an object is refused with what is wrong with it as one.
    const meant = issue.errors.find(isWithin);
    if (meant) return meant.flatMap((each) => toMistakes({ ...each, path: [...issue.path, ...each.path] }, input));
  }
  return [
    {
      path: renderPath(issue.path),
      value,
      message: messageOf(issue, value),
      fix: ownFixOf(issue) ?? fixFor(configurationSchema, issue.path) ?? 'compare with portcullis.example.yaml',
    },
  ];
}

/** Whether all that is wrong stands within the object, so that an object was meant. */
function isWithin(issues: readonly z.core.$ZodIssue[]): boolean {
  return issues.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys');
}

/** What a check that looks at several fields wants written instead. */
function ownFixOf(issue: z.core.$ZodIssue): string | undefined {
  const fix: unknown = issue.code === 'custom' ? issue.params?.['fix'] : undefined;
  return typeof fix === 'string' ? fix : undefined;
}

function messageOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return 'is missing';
  if (issue.code === 'custom' && issue.message !== 'Invalid input') return issue.message;
  if (issue.code === 'too_big' || issue.code === 'too_small') return issue.message.replace(/^Too/, 'is too');
  return 'is not valid';
}

function unknownKey(path: readonly PropertyKey[], input: unknown): ConfigurationMistake {
  const key = String(path.at(-1));
  const known = knownKeys(configurationSchema, path.slice(0, -1)) ?? [];
  const meant = known.find((candidate) => isClose(candidate.toLowerCase(), key.toLowerCase()));
  return {
    path: renderPath(path),
    value: valueAt(input, path),
    message: 'is not a known key',
    fix: meant === undefined ? `remove it; known here: ${known.join(', ')}` : `write ${meant}`,
  };
}

/** One letter more, less or different, or one text within the other. */
function isClose(a: string, b: string): boolean {
  if (a.includes(b) || b.includes(a)) return true;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restOfA, restOfB] = [a.slice(start), b.slice(start)];
  return restOfA.slice(1) === restOfB.slice(1) || restOfA.slice(1) === restOfB || restOfA === restOfB.slice(1);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}

function renderPath(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${String(key)}]` : `${index > 0 ? '.' : ''}${String(key)}`))
    .join('');
}

const SHOWN_CHARACTERS = 60;

/** One line for one mistake: `hub.account: 12: is not valid; write …`. */
export function renderMistake({ path, value, message, fix }: ConfigurationMistake): string {
  const shown = value === undefined ? '' : ` ${renderValue(value, SHOWN_CHARACTERS)}`;
  return `${path === '' ? 'configuration' : path}:${shown} ${message}; ${fix}`;
}
