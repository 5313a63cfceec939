import type { PolicyStatement } from '../runtime/operation';
import { type ConditionOperator, findConditionOperator } from './condition-operators';
import { malformedPolicy } from './malformed-policy';
import { type RequestContext, toList } from './request-context';

interface ParsedOperator {
  readonly operator: ConditionOperator;
  readonly quantifier: 'any' | 'all' | undefined;
  readonly ifExists: boolean;
}

/**
 * All keys of all operators must hold; of a key's values one suffices.
 * @throws AwsError MalformedPolicyDocument for an operator that is not known here.
 */
export function conditionsHold(condition: PolicyStatement['Condition'], context: RequestContext): boolean {
  return Object.entries(condition ?? {}).every(([name, demands]) =>
    Object.entries(demands).every(([key, demanded]) => {
      // Templates carry numbers and booleans bare.
      const values = toList(demanded).map(String);
      const requested = context.valuesOf(key);
      if (name === 'Null') return values.some((value) => (value === 'true') === (requested === undefined));
      return holds(parseOperator(name), requested, values, context);
    }),
  );
}

/** @throws AwsError MalformedPolicyDocument */
export function parseOperator(name: string): ParsedOperator {
  const [, quantifier, base = '', suffix] = /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/.exec(name) ?? [];
  const operator = findConditionOperator(base);
  if (!operator) throw malformedPolicy(`Condition operator "${name}" is not in the sandbox.`);
  return {
    operator,
    quantifier: quantifier === undefined ? undefined : quantifier === 'ForAnyValue' ? 'any' : 'all',
    ifExists: suffix !== undefined,
  };
}

function holds(
  { operator, quantifier, ifExists }: ParsedOperator,
  requested: readonly string[] | undefined,
  demanded: readonly string[],
  context: RequestContext,
): boolean {
  if (requested === undefined || requested.length === 0) {
    if (quantifier === 'all' || ifExists) return true;
    return quantifier === 'any' ? false : operator.negated;
  }
  const one = (value: string): boolean => {
    const compares = demanded.some((pattern) => {
      const text = context.substitute(pattern);
      return text !== undefined && operator.compare(value, text);
    });
    return operator.negated ? !compares : compares;
  };
  // Without a quantifier a key has one value; a list is then treated as ForAnyValue, or ForAllValues when negated.
  const all = quantifier === undefined ? operator.negated : quantifier === 'all';
  return all ? requested.every(one) : requested.some(one);
}
