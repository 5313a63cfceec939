import { AwsError } from '../../runtime/aws-error';

/** ValidationException, 400: what the operations of Security Hub V2 answer to a value that they do not take. */
export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
