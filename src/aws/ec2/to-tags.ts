import type { Tag as Ec2Tag } from '@aws-sdk/client-ec2';
import type { Tag } from '../../core/network/security-group-rule';

/** EC2's tags as ours; a missing key or value is an empty text. */
export function toTags(tags: readonly Ec2Tag[] | undefined): readonly Tag[] {
  return (tags ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value }));
}
