import { InputError } from './cli-error';

/**
 * The Region that the environment names, as the AWS CLI and boto3 look for it: the SDK for JavaScript knows AWS_REGION
 * only (https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html). Undefined leaves it to the profile.
 */
export function environmentRegion(): string | undefined {
  return [process.env['AWS_REGION'], process.env['AWS_DEFAULT_REGION']].find(
    (region) => region !== undefined && region !== '',
  );
}

/**
 * Nothing answers in a Region of another form, and the network's own words for that help nobody.
 *
 * @param where it was named, such as `--region`; left out, it may be there or in the environment
 * @throws InputError for what is no Region
 */
export function checkRegion(region: string, where = '--region or AWS_REGION'): void {
  if (/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)) return;
  throw new InputError(`${where}: "${region}" is no Region, such as eu-central-1`);
}
