import type { TagSpecification } from '@aws-sdk/client-ec2';
import type { RequiredPermission } from '../runtime/operation';
import { ec2Arn } from './arns';
import type { Ec2Context } from './ec2-operation';
import type { Tags } from './tags';

/** Describing operations know no resource-level permissions. */
export function onEverything(action: string): () => readonly RequiredPermission[] {
  return () => [{ action: `ec2:${action}`, resource: '*' }];
}

/** An existing resource, with its tags as condition keys. An id that does not exist is judged all the same. */
export function onResource(
  action: string,
  type: string,
  id: string,
  context: Ec2Context,
  tags?: Tags,
): RequiredPermission {
  return { action: `ec2:${action}`, resource: ec2Arn(context, type, id), context: resourceTags(tags) };
}

/**
 * A security group, with its tags and its VPC (`ec2:Vpc`) as condition keys; without them when there is no such group.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export function onGroup(action: string, groupId: string, context: Ec2Context): RequiredPermission {
  const group = context.state.groups.get(groupId);
  const permission = onResource(action, 'security-group', groupId, context, group?.tags);
  const vpc = group ? { 'ec2:Vpc': ec2Arn(context, 'vpc', group.vpcId) } : {};
  return { ...permission, context: { ...permission.context, ...vpc } };
}

/**
 * Tagging in a creating call needs `ec2:CreateTags` on the new resource as well.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
 */
export function onTagging(
  createAction: string,
  type: string,
  specifications: readonly TagSpecification[] | undefined,
  context: Ec2Context,
): readonly RequiredPermission[] {
  const tags = (specifications ?? []).flatMap(({ Tags }) => Tags ?? []);
  if (tags.length === 0) return [];
  const requested = requestTags(new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value])));
  return [
    {
      action: 'ec2:CreateTags',
      resource: ec2Arn(context, type, '*'),
      context: { ...requested, 'ec2:CreateAction': createAction },
    },
  ];
}

/** The tags of a request as the condition keys `aws:RequestTag/KEY` and `aws:TagKeys`. */
export function requestTags(tags: Tags): Readonly<Record<string, string | readonly string[]>> {
  const byKey = [...tags].map(([key, value]) => [`aws:RequestTag/${key}`, value] as const);
  return { ...Object.fromEntries(byKey), 'aws:TagKeys': [...tags.keys()] };
}

function resourceTags(tags: Tags | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...(tags ?? [])].flatMap(([key, value]) => [
      [`aws:ResourceTag/${key}`, value] as const,
      [`ec2:ResourceTag/${key}`, value] as const,
    ]),
  );
}
