import { matchesArn, matchesWildcard } from './wildcard';

/** Does one value of the request satisfy one value of the policy? */
export type Comparison = (requested: string, demanded: string) => boolean;

export interface ConditionOperator {
  readonly compare: Comparison;
  /** Negated operators hold when NO demanded value compares, and when the key is absent. */
  readonly negated: boolean;
}

const equal: Comparison = (requested, demanded) => requested === demanded;
const equalIgnoringCase: Comparison = (requested, demanded) => requested.toLowerCase() === demanded.toLowerCase();
const like: Comparison = (requested, demanded) => matchesWildcard(demanded, requested);
const arnLike: Comparison = (requested, demanded) => matchesArn(demanded, requested);

function numeric(compare: (requested: number, demanded: number) => boolean): Comparison {
  return (requested, demanded) => compare(Number(requested), Number(demanded));
}

function date(compare: (requested: number, demanded: number) => boolean): Comparison {
  return (requested, demanded) => compare(toEpoch(requested), toEpoch(demanded));
}

function toEpoch(value: string): number {
  return /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value);
}

/**
 * All but IpAddress, NotIpAddress and BinaryEquals.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const OPERATORS: Readonly<Record<string, ConditionOperator>> = {
  StringEquals: { compare: equal, negated: false },
  StringNotEquals: { compare: equal, negated: true },
  StringEqualsIgnoreCase: { compare: equalIgnoringCase, negated: false },
  StringNotEqualsIgnoreCase: { compare: equalIgnoringCase, negated: true },
  StringLike: { compare: like, negated: false },
  StringNotLike: { compare: like, negated: true },
  // ArnEquals and ArnLike behave identically: both know wildcards.
  ArnEquals: { compare: arnLike, negated: false },
  ArnLike: { compare: arnLike, negated: false },
  ArnNotEquals: { compare: arnLike, negated: true },
  ArnNotLike: { compare: arnLike, negated: true },
  Bool: { compare: equalIgnoringCase, negated: false },
  NumericEquals: { compare: numeric((a, b) => a === b), negated: false },
  NumericNotEquals: { compare: numeric((a, b) => a === b), negated: true },
  NumericLessThan: { compare: numeric((a, b) => a < b), negated: false },
  NumericLessThanEquals: { compare: numeric((a, b) => a <= b), negated: false },
  NumericGreaterThan: { compare: numeric((a, b) => a > b), negated: false },
  NumericGreaterThanEquals: { compare: numeric((a, b) => a >= b), negated: false },
  DateEquals: { compare: date((a, b) => a === b), negated: false },
  DateNotEquals: { compare: date((a, b) => a === b), negated: true },
  DateLessThan: { compare: date((a, b) => a < b), negated: false },
  DateLessThanEquals: { compare: date((a, b) => a <= b), negated: false },
  DateGreaterThan: { compare: date((a, b) => a > b), negated: false },
  DateGreaterThanEquals: { compare: date((a, b) => a >= b), negated: false },
};

/** The operator by its bare name, without `IfExists` and `ForAnyValue:`; undefined for those that the sandbox lacks. */
export function findConditionOperator(name: string): ConditionOperator | undefined {
  return Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
}
