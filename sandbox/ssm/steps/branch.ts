import { z } from 'zod';

import { toText } from '../template';
import { StepFailure, type StepAction } from './step';

type Compare = (value: unknown, wanted: unknown) => boolean;

const numeric =
  (compare: (value: number, wanted: number) => boolean): Compare =>
  (value, wanted) =>
    compare(Number(value), Number(wanted));
const text =
  (compare: (value: string, wanted: string) => boolean): Compare =>
  (value, wanted) =>
    compare(toText(value), toText(wanted));

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-branch-condition.html */
const COMPARISONS: Readonly<Record<string, Compare>> = {
  StringEquals: text((value, wanted) => value === wanted),
  EqualsIgnoreCase: text((value, wanted) => value.toLowerCase() === wanted.toLowerCase()),
  StartsWith: text((value, wanted) => value.startsWith(wanted)),
  EndsWith: text((value, wanted) => value.endsWith(wanted)),
  Contains: text((value, wanted) => value.includes(wanted)),
  NumericEquals: numeric((value, wanted) => value === wanted),
  NumericGreater: numeric((value, wanted) => value > wanted),
  NumericLesser: numeric((value, wanted) => value < wanted),
  NumericGreaterOrEquals: numeric((value, wanted) => value >= wanted),
  NumericLesserOrEquals: numeric((value, wanted) => value <= wanted),
  BooleanEquals: text((value, wanted) => value === wanted),
};

const inputsSchema = z.strictObject({
  Choices: z.array(z.looseObject({ NextStep: z.string() })),
  Default: z.string().optional(),
});

/**
 * Takes the first choice that holds; where none does and there is no default, the document goes on as if this were no
 * branch.
 */
export const branch: StepAction = ({ inputs }) => {
  const parsed = inputsSchema.safeParse(inputs);
  if (!parsed.success) throw new StepFailure('Choices, each with NextStep, are required.');
  const { Choices, Default } = parsed.data;
  const chosen = Choices.find(holds)?.NextStep ?? Default;
  return Promise.resolve(chosen === undefined ? {} : { nextStep: chosen });
};

function holds(choice: Readonly<Record<string, unknown>>): boolean {
  const { And, Or, Not, Variable } = choice;
  if (Array.isArray(And)) return And.every((part) => isChoice(part) && holds(part));
  if (Array.isArray(Or)) return Or.some((part) => isChoice(part) && holds(part));
  if (isChoice(Not)) return !holds(Not);
  const [operator] = Object.keys(choice).filter((key) => key in COMPARISONS);
  const compare = operator === undefined ? undefined : COMPARISONS[operator];
  if (!compare || operator === undefined) throw new StepFailure('A choice needs a known comparison.');
  return compare(Variable, choice[operator]);
}

function isChoice(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The steps to which a branch may go, for the document's check. */
export function branchTargets(inputs: Readonly<Record<string, unknown>>): string[] {
  const parsed = inputsSchema.safeParse(inputs);
  if (!parsed.success) return [];
  const { Choices, Default } = parsed.data;
  return [...Choices.map(({ NextStep }) => NextStep), ...(Default === undefined ? [] : [Default])];
}
