import type {
  CreateTagsCommandInput,
  DeleteTagsCommandInput,
  DescribeTagsCommandInput,
  DescribeTagsCommandOutput,
  ResourceType,
  TagDescription,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../runtime/aws-error';
import type { RequiredPermission } from '../runtime/operation';
import { findById, findRule, ID_KINDS } from './ec2-ids';
import type { Answer, Ec2Context, Ec2Operation } from './ec2-operation';
import type { Ec2State } from './ec2-state';
import { matchesFilters } from './filters';
import { toPage } from './paging';
import { onEverything, onResource, requestTags } from './permissions';
import { putTags, type Tags } from './tags';

export const createTags: Ec2Operation<CreateTagsCommandInput, object> = {
  permissions: ({ Resources, Tags }, context) => {
    const requested = new Map((Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
    return onTagged('CreateTags', Resources, requested, context);
  },
  handle: ({ Resources, Tags }, { state }) => {
    const tagSets = (Resources ?? []).map((id) => findTagged(state, id).tags);
    // Checked for all before any is changed.
    for (const tags of tagSets) putTags(new Map(tags), Tags ?? []);
    for (const tags of tagSets) putTags(tags, Tags ?? []);
    return {};
  },
};

/** A tag with a value is only deleted where it has that value; without any tags named, all go. */
export const deleteTags: Ec2Operation<DeleteTagsCommandInput, object> = {
  permissions: ({ Resources, Tags }, context) => {
    const requested = new Map((Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
    return onTagged('DeleteTags', Resources, requested, context);
  },
  handle: ({ Resources, Tags }, { state }) => {
    for (const { tags } of (Resources ?? []).map((id) => findTagged(state, id))) {
      if (Tags === undefined || Tags.length === 0) tags.clear();
      for (const { Key = '', Value } of Tags ?? []) {
        if (Value === undefined || tags.get(Key) === Value) tags.delete(Key);
      }
    }
    return {};
  },
};

export const describeTags: Ec2Operation<DescribeTagsCommandInput, Answer<DescribeTagsCommandOutput>> = {
  permissions: onEverything('DescribeTags'),
  handle: (input, { state }) => {
    const tags = taggedResources(state).flatMap(([id, type, held]) =>
      [...held].map(([Key, Value]): TagDescription => ({ ResourceId: id, ResourceType: type, Key, Value })),
    );
    const found = tags.filter(({ ResourceId = '', ResourceType = '', Key = '', Value = '' }) =>
      matchesFilters(
        input.Filters,
        { 'resource-id': [ResourceId], 'resource-type': [ResourceType], key: [Key], value: [Value] },
        new Map([[Key, Value]]),
      ),
    );
    const { items, nextToken } = toPage(found, input, { least: 5, most: 1000 });
    return { Tags: items, ...nextToken };
  },
};

function onTagged(
  action: 'CreateTags' | 'DeleteTags',
  ids: readonly string[] | undefined,
  requested: Tags,
  context: Ec2Context,
): readonly RequiredPermission[] {
  return (ids ?? []).map((id) => {
    const { type, tags } = findTagged(context.state, id);
    const permission = onResource(action, type, id, context, tags);
    return { ...permission, context: { ...permission.context, ...requestTags(requested) } };
  });
}

interface Tagged {
  readonly type: ResourceType;
  readonly tags: Tags;
}

/** @throws AwsError with the resource type's own NotFound, InvalidID for an id of no known type. */
function findTagged(state: Ec2State, id: string): Tagged {
  switch (id.split('-')[0]) {
    case 'sg':
      return { type: 'security-group', tags: findById(ID_KINDS.group, state.groups, id).tags };
    case 'sgr':
      return { type: 'security-group-rule', tags: findRule(state, id).rule.tags };
    case 'vpc':
      return { type: 'vpc', tags: findById(ID_KINDS.vpc, state.vpcs, id).tags };
    case 'subnet':
      return { type: 'subnet', tags: findById(ID_KINDS.subnet, state.subnets, id).tags };
    case 'eni':
      return { type: 'network-interface', tags: findById(ID_KINDS.networkInterface, state.networkInterfaces, id).tags };
    case 'i':
      return { type: 'instance', tags: findById(ID_KINDS.instance, state.instances, id).tags };
    case 'pl':
      return { type: 'prefix-list', tags: findById(ID_KINDS.prefixList, state.prefixLists, id).tags };
    case 'acl':
      return { type: 'network-acl', tags: findById(ID_KINDS.networkAcl, state.networkAcls, id).tags };
    default:
      throw new AwsError('InvalidID', `The ID '${id}' is not valid`);
  }
}

function taggedResources(state: Ec2State): readonly (readonly [id: string, type: ResourceType, tags: Tags])[] {
  const rules = [...state.groups.values()].flatMap(({ rules }) => rules);
  const { groups, vpcs, subnets, networkInterfaces, instances, prefixLists, networkAcls } = state;
  const ids = [groups, vpcs, subnets, networkInterfaces, instances, prefixLists, networkAcls]
    .flatMap((resources): string[] => [...resources.keys()])
    .concat(rules.map(({ ruleId }) => ruleId));
  return ids.map((id) => {
    const { type, tags } = findTagged(state, id);
    return [id, type, tags];
  });
}
