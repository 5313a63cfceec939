import type { PolicyDocument, PolicyStatement } from '../runtime/operation';
import { parseOperator } from './conditions';
import { malformedPolicy } from './malformed-policy';
import { toList } from './request-context';

const STATEMENT_KEYS = ['Sid', 'Effect', 'Principal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

/**
 * Policies come from templates as untyped JSON (or its text).
 * @throws AwsError MalformedPolicyDocument for what IAM would refuse, and for condition operators outside the sandbox.
 */
export function parsePolicy(json: unknown): PolicyDocument {
  const value: unknown = typeof json === 'string' ? JSON.parse(json) : json;
  if (!isPolicy(value)) throw malformedPolicy('A policy document needs a Statement.');
  for (const statement of toList(value.Statement)) checkStatement(statement);
  return value;
}

function isPolicy(value: unknown): value is PolicyDocument {
  if (typeof value !== 'object' || value === null || !('Statement' in value)) return false;
  return toList(value.Statement).every((statement) => typeof statement === 'object' && statement !== null);
}

function checkStatement(statement: PolicyStatement): void {
  const unknown = Object.keys(statement).find((key) => !STATEMENT_KEYS.includes(key));
  if (unknown !== undefined)
    throw malformedPolicy(`Syntax errors in policy: "${unknown}" is no element of a statement.`);
  if (!['Allow', 'Deny'].includes(statement.Effect))
    throw malformedPolicy('A statement\'s Effect is "Allow" or "Deny".');
  if ((statement.Action === undefined) === (statement.NotAction === undefined)) {
    throw malformedPolicy('A statement needs either Action or NotAction.');
  }
  for (const operator of Object.keys(statement.Condition ?? {})) if (operator !== 'Null') parseOperator(operator);
}
