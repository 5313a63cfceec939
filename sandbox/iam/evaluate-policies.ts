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
  const speaking = policies
    .flatMap(({ Statement }) => toList(Statement))
    .filter((statement) => applies(statement) && matchesStatement(statement, question));
  if (speaking.some(({ Effect }) => Effect === 'Deny')) return 'denied';
  return speaking.some(({ Effect }) => Effect === 'Allow') ? 'allowed' : 'silent';
}

function matchesStatement(statement: PolicyStatement, { action, resource, context }: PolicyQuestion): boolean {
  return (
    matchesAction(statement, action) &&
    matchesResource(statement, resource, context) &&
    conditionsHold(statement.Condition, context)
  );
}

function matchesAction({ Action, NotAction }: PolicyStatement, action: string): boolean {
  const matches = (pattern: string): boolean => matchesWildcard(pattern, action, { ignoreCase: true });
  return NotAction === undefined ? toList(Action).some(matches) : !toList(NotAction).some(matches);
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
