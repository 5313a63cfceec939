import { renderValue } from './render-value';

/** What is wrong with something that came from outside: where it stands, what stands there, and how to mend it. */
export interface InputProblem {
  /** A path, such as `SecurityGroupRules[3].ToPort`; empty for the input as a whole. */
  readonly field: string;
  readonly value: unknown;
  /**
   * What is wrong and the fix, to be read behind field and value: `is below FromPort 443; write the lower port first`.
   */
  readonly message: string;
}

const SHOWN_CHARACTERS = 80;

/** One line: `SecurityGroupRules[3].ToPort 80 is below FromPort 443; write the lower port first`. */
export function renderInputProblem({ field, value, message }: InputProblem): string {
  return [field, renderValue(value, SHOWN_CHARACTERS), message].filter((part) => part !== '').join(' ');
}
