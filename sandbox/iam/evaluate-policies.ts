import type { PolicyDocument, PolicyStatement } from '../runtime/operation';
import { conditionsHold } from './conditions';
import { type RequestContext, toList } from './request-context';
import { matchesWildcard } from './wildcard';

export interface PolicyQuestion {
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
}

export type PolicyAnswer = 'allowed' | 'denied' | 'silent';

/** An explicit Deny wins over any Allow. `applies` sorts out statements that speak of other principals. */
export function evaluatePolicies(
  policies: readonly PolicyDocument[],
  question: PolicyQuestion,
  applies: (statement: PolicyStatement) => boolean = () => true,
): PolicyAnswer {
  const speaking = statementsAbout(policies, question).filter(applies);
  if (speaking.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return speaking.some(({ Effect }) => Effect === 'Allow') ? 'allowed' : 'silent';
}

/**
 * An action that a statement allows, as the policy writes both: `sid` is empty for a statement without one, and the
 * action of a statement with `NotAction` is `*`.
 */
export interface Grant {
  readonly sid: string;
  readonly action: string;
}

/** Everything in the policies that allows what is asked; where it is one thing, nothing else would. */
export function grantsFor(policies: readonly PolicyDocument[], question: PolicyQuestion): readonly Grant[] {
  return statementsAbout(policies, question)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Sid: sid = '', Action, NotAction }) => {
      const named = toList(Action).filter((pattern) => namesAction(pattern, question.action));
      return (NotAction === undefined ? named : ['*']).map((action) => ({ sid, action }));
    });
}

function statementsAbout(policies: readonly PolicyDocument[], question: PolicyQuestion): readonly PolicyStatement[] {
  return policies
    .flatMap(({ Statement }) => toList(Statement))
    .filter((statement) => matchesStatement(statement, question));
}

function matchesStatement(statement: PolicyStatement, { action, resource, context }: PolicyQuestion): boolean {
  return (
    matchesAction(statement, action) &&
    matchesResource(statement, resource, context) &&
    conditionsHold(statement.Condition, context)
  );
}

function matchesAction({ Action, NotAction }: PolicyStatement, action: string): boolean {
  const matches = (pattern: string): boolean => namesAction(pattern, action);
  return NotAction === undefined ? toList(Action).some(matches) : !toList(NotAction).some(matches);
}

function namesAction(pattern: string, action: string): boolean {
  return matchesWildcard(pattern, action, { ignoreCase: true });
}

/** A trust policy's statements have no Resource: they speak of their own role. */
function matchesResource(
  { Resource, NotResource }: PolicyStatement,
  resource: string,
  context: RequestContext,
): boolean {
  const matches = (pattern: string): boolean => {
    const text = context.substitute(pattern);
    return text !== undefined && matchesWildcard(text, resource);
  };
  if (NotResource !== undefined) return !toList(NotResource).some(matches);
  return Resource === undefined || toList(Resource).some(matches);
}
