import { AwsError } from '../runtime/aws-error';

/** A request that does not fit its operation's shape. */
export function serializationError(problem: string): AwsError {
  return new AwsError('SerializationException', problem, 400);
}
