import { success, type Result } from '../result';
import { ruleProblem, within, type RuleProblem } from './rule-problem';

export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is an object of JSON, and no list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list of objects under a name, each read by `read`; a missing list is an empty one. */
export function readList<Value>(
  fields: Fields,
  name: string,
  read: (element: Fields) => Result<Value, RuleProblem>,
): Result<Value[], RuleProblem> {
  const list = fields[name] ?? [];
  if (!Array.isArray(list)) return ruleProblem('wrong-type', name, list, 'is not a list; give what the AWS CLI prints');
  const values: Value[] = [];
  for (let index = 0; index < list.length; index++) {
    const element: unknown = list[index];
    if (!isFields(element)) {
      return ruleProblem(
        'wrong-type',
        `${name}[${String(index)}]`,
        element,
        'is not an object; give what the AWS CLI prints',
      );
    }
    const value = read(element);
    if (!value.ok) return within(`${name}[${String(index)}]`, value.error);
    values.push(value.value);
  }
  return success(values);
}

/** A text that must be there and not be empty. */
export function readText(fields: Fields, name: string): Result<string, RuleProblem> {
  const value = fields[name];
  if (value === undefined || value === null)
    return ruleProblem('missing', name, undefined, 'is missing; give what the AWS CLI prints');
  if (typeof value !== 'string' || value === '')
    return ruleProblem('wrong-type', name, value, 'is not a text; write it in quotes');
  return success(value);
}

/** A text that may be missing; the problem names the field. */
export function readOptionalText(fields: Fields, name: string): Result<string | undefined, RuleProblem> {
  const value = fields[name];
  if (value === undefined || value === null) return success(undefined);
  if (typeof value !== 'string') return ruleProblem('wrong-type', name, value, 'is not a text; write it in quotes');
  return success(value);
}

/** A boolean that must be there; the problem names the field. */
export function readBoolean(fields: Fields, name: string): Result<boolean, RuleProblem> {
  const value = fields[name];
  if (value === undefined || value === null)
    return ruleProblem('missing', name, undefined, 'is missing; write true or false');
  if (typeof value !== 'boolean') return ruleProblem('wrong-type', name, value, 'is neither true nor false');
  return success(value);
}

/** An integer that may be missing; the problem names the field. */
export function readOptionalInteger(fields: Fields, name: string): Result<number | undefined, RuleProblem> {
  const value = fields[name];
  if (value === undefined || value === null) return success(undefined);
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    return ruleProblem('wrong-type', name, value, 'is not a whole number; write it without quotes');
  }
  return success(value);
}
