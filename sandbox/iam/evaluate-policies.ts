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

/** The statements that speak of what is asked, whatever their effect and whoever their principals. */
export function statementsAbout(
  policies: readonly PolicyDocument[],
  question: PolicyQuestion,
): readonly PolicyStatement[] {
  return policies
    .flatMap(({ Statement }) => toList(Statement))
    .filter((statement) => matchesStatement(statement, question));
}

/** What {@link statementsAbout} a question add up to: an explicit Deny wins over any Allow. */
export function answerOf(statements: readonly PolicyStatement[]): PolicyAnswer {
  if (statements.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return statements.some(({ Effect }) => Effect === 'Allow') ? 'allowed' : 'silent';
}

/**
 * An action that a statement allows, as the policy writes both: `sid` is empty for a statement without one, and the
 * action of a statement with `NotAction` is `*`.
 */
export interface Grant {
  readonly sid: string;
  readonly action: string;
}

/** What in {@link statementsAbout} a question allows its action; where it is one thing, nothing else would. */
export function grantsIn(statements: readonly PolicyStatement[], { action: asked }: PolicyQuestion): readonly Grant[] {
  return statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Sid: sid = '', Action, NotAction }) => {
      const named = toList(Action).filter((pattern) => namesAction(pattern, asked));
      return (NotAction === undefined ? named : ['*']).map((action) => ({ sid, action }));
    });
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
