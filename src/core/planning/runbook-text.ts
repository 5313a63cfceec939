/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html */
const MAX_DESCRIPTION_LENGTH = 255;

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions */
const MAX_TAG_KEY_LENGTH = 128;
const MAX_TAG_VALUE_LENGTH = 256;

/**
 * What owners write, as a runbook writes it. SSM replaces `{{ssm:name}}` in parameter values by the parameter's value,
 * and whoever may describe a rule could have the runbook read for them: a blank is put between two braces. What is then
 * longer than EC2 takes is truncated; a rule that cannot be written because of its description could never be closed.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-working.html
 */
export function descriptionInRunbook(description: string): string {
  return withoutReferences(description, MAX_DESCRIPTION_LENGTH);
}

/** A tag in the same way. */
export function tagInRunbook({ Key, Value }: { readonly Key: string; readonly Value: string }): {
  readonly Key: string;
  readonly Value: string;
} {
  return { Key: withoutReferences(Key, MAX_TAG_KEY_LENGTH), Value: withoutReferences(Value, MAX_TAG_VALUE_LENGTH) };
}

function withoutReferences(text: string, maxLength: number): string {
  const written = text.replace(/\{(?=\{)/g, '{ ');
  // What was too long before is no text of EC2's; whoever hands it over gets an error.
  return text.length > maxLength ? written : written.slice(0, maxLength);
}
