import { AwsError } from '../runtime/aws-error';

/** InvalidInputException, 400: what Security Hub answers to a value that it does not take. */
export function invalidInput(message: string): AwsError {
  return new AwsError('InvalidInputException', message);
}

/** ResourceNotFoundException with the status 404, unlike in most other services. */
export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, 404);
}
