import { AwsError } from '../kernel/aws-error';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
export function invalidParameterValue(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

export function missingParameter(message: string): AwsError {
  return new AwsError('MissingParameter', message);
}

export function invalidCombination(message: string): AwsError {
  return new AwsError('InvalidParameterCombination', message);
}
