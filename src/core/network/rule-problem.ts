import type { InputProblem } from '../input-problem';
import { failure } from '../result';

/** What can be wrong with a rule or an entry that was read from outside. */
export interface RuleProblem extends InputProblem {
  readonly code: RuleProblemCode;
}

export type RuleProblemCode =
  | 'missing'
  | 'wrong-type'
  | 'unknown-protocol'
  | 'port-out-of-range'
  | 'crossed-ports'
  | 'bad-cidr'
  | 'wrong-family'
  | 'source-count'
  | 'unknown-action'
  | 'number-out-of-range'
  | 'duplicate'
  | 'unknown-shape'
  | 'bad-prefix-list'
  | 'incomplete';

/** What is wrong with a field of a rule: its code, path and value, and a sentence for people. */
export function ruleProblem(
  code: RuleProblemCode,
  field: string,
  value: unknown,
  message: string,
): { readonly ok: false; readonly error: RuleProblem } {
  return failure({ code, field, value, message });
}

/** The same problem seen from one level further out. */
export function within(parent: string, problem: RuleProblem): { readonly ok: false; readonly error: RuleProblem } {
  const field = problem.field === '' ? parent : `${parent}.${problem.field}`;
  return failure({ ...problem, field });
}
