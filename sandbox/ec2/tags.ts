import type { Tag, TagSpecification } from '@aws-sdk/client-ec2';
import { AwsError } from '../runtime/aws-error';
import { invalidParameterValue } from './ec2-errors';

export type Tags = Map<string, string>;

const MAX_TAGS = 50;

/** Tags as EC2 answers them, in the order in which their keys were first put. */
export function toTagList(tags: Tags): Tag[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

/**
 * The tags that a creating call asks for, for resources of one type.
 * @throws AwsError InvalidParameterValue for a type that the call does not create, or for tags that EC2 refuses.
 */
export function readTagSpecifications(specifications: readonly TagSpecification[] | undefined, type: string): Tags {
  const tags: Tags = new Map();
  for (const { ResourceType, Tags: list } of specifications ?? []) {
    if (ResourceType !== type) {
      throw invalidParameterValue(`'${ResourceType ?? ''}' is not a valid taggable resource type for this operation.`);
    }
    putTags(tags, list ?? []);
  }
  return tags;
}

/** @throws AwsError InvalidParameterValue, TagLimitExceeded; nothing is changed then. */
export function putTags(tags: Tags, list: readonly Tag[]): void {
  for (const { Key = '', Value = '' } of list) {
    if (Key === '' || Key.length > 127) {
      throw invalidParameterValue(`Tag key exceeds the maximum length of 127 characters or is empty: '${Key}'`);
    }
    if (Key.startsWith('aws:'))
      throw invalidParameterValue(`Tag keys starting with 'aws:' are reserved for internal use`);
    if (Value.length > 256) throw invalidParameterValue('Tag value exceeds the maximum length of 256 characters');
  }
  const merged = new Map([...tags, ...list.map(({ Key = '', Value = '' }) => [Key, Value] as const)]);
  if (merged.size > MAX_TAGS)
    throw new AwsError('TagLimitExceeded', 'The maximum number of Tags for a resource has been reached.');
  for (const [key, value] of merged) tags.set(key, value);
}
