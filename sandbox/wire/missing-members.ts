import { AwsError } from '../runtime/aws-error';
import type { Protocol } from '../runtime/service-api';
import { isObject } from './is-object';
import type { OperationSchema } from './operation-schema';

/**
 * The SDK's schemas put a structure's required members first and say how many there are.
 * @throws AwsError in the protocol's words when a required member of the input is missing.
 */
export function checkRequiredMembers(operation: OperationSchema, input: object, protocol: Protocol): void {
  const schema: unknown = operation.input.getSchema();
  if (!isObject(input) || !isList(schema)) return;
  const [, , , , names, , requiredCount] = schema;
  if (!isList(names) || typeof requiredCount !== 'number') return;
  for (const name of names.slice(0, requiredCount)) {
    if (typeof name === 'string' && input[name] === undefined) throw missingMember(name, protocol);
  }
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function missingMember(name: string, protocol: Protocol): AwsError {
  const wireName = name.charAt(0).toLowerCase() + name.slice(1);
  if (protocol === 'ec2Query') {
    return new AwsError('MissingParameter', `The request must contain the parameter ${wireName}`);
  }
  const problem =
    `1 validation error detected: Value null at '${wireName}' failed to satisfy constraint: ` +
    'Member must not be null';
  return new AwsError(protocol === 'awsQuery' ? 'ValidationError' : 'ValidationException', problem);
}
