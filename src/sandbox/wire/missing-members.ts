import { AwsError } from '../kernel/aws-error';
import type { Protocol } from '../kernel/operation';
import { isObject } from './is-object';
import type { OperationSchema } from './operation-schema';

/**
 * The SDK's schemas put a structure's required members first and say how many there are.
 * @throws AwsError in the protocol's words when a required member of the input is missing.
 */
export function checkRequiredMembers(operation: OperationSchema, input: object, protocol: Protocol): void {
  const schema: unknown = operation.input.getSchema();
  if (!Array.isArray(schema) || !isObject(input)) return;
  const names: unknown = schema[4];
  const requiredCount: unknown = schema[6];
  if (!Array.isArray(names) || typeof requiredCount !== 'number') return;
  const missing = names.slice(0, requiredCount).find((name) => input[String(name)] === undefined);
  if (missing !== undefined) throw missingMember(String(missing), protocol);
}

function missingMember(name: string, protocol: Protocol): AwsError {
  const wireName = name.charAt(0).toLowerCase() + name.slice(1);
  if (protocol === 'ec2Query') {
    return new AwsError('MissingParameter', `The request must contain the parameter ${wireName}`);
  }
  const problem = `1 validation error detected: Value null at '${wireName}' failed to satisfy constraint: Member must not be null`;
  return new AwsError(protocol === 'awsQuery' ? 'ValidationError' : 'ValidationException', problem);
}
