import { AwsError } from '../runtime/aws-error';

/**
 * What the sandbox cannot judge it must not allow by accident: such a policy is refused when it is made, and when it is
 * asked.
 */
export function malformedPolicy(problem: string): AwsError {
  return new AwsError('MalformedPolicyDocument', problem, 400);
}
