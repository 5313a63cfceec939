/**
 * The Region that the environment names, as the AWS CLI and boto3 look for it: the SDK for JavaScript knows AWS_REGION
 * only (https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html). Undefined leaves it to the profile.
 */
export function environmentRegion(): string | undefined {
  return [process.env['AWS_REGION'], process.env['AWS_DEFAULT_REGION']].find(
    (region) => region !== undefined && region !== '',
  );
}
