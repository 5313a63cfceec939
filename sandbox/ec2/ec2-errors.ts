import { AwsError } from '../runtime/aws-error';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
export function invalidParameterValue(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

/** MissingParameter, as EC2 answers a call without a parameter that it needs. */
export function missingParameter(message: string): AwsError {
  return new AwsError('MissingParameter', message);
}

/** InvalidParameterCombination, as EC2 answers parameters that exclude each other. */
export function invalidCombination(message: string): AwsError {
  return new AwsError('InvalidParameterCombination', message);
}
