import type {
  AddPrefixListEntry,
  CreateManagedPrefixListCommandInput,
  CreateManagedPrefixListCommandOutput,
  DescribeManagedPrefixListsCommandInput,
  DescribeManagedPrefixListsCommandOutput,
  GetManagedPrefixListEntriesCommandInput,
  GetManagedPrefixListEntriesCommandOutput,
  ManagedPrefixList as PrefixListView,
  ModifyManagedPrefixListCommandInput,
  ModifyManagedPrefixListCommandOutput,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../runtime/aws-error';
import { ec2Arn } from './arns';
import { toCanonicalCidr } from './cidr';
import { invalidParameterValue } from './ec2-errors';
import { chooseByIds } from './choose-by-ids';
import { findById, ID_KINDS } from './ec2-ids';
import type { Answer, Ec2Context, Ec2Operation } from './ec2-operation';
import { matchesFilters } from './filters';
import { toPage } from './paging';
import { onEverything, onResource, onTagging } from './permissions';
import type { ManagedPrefixList, PrefixListEntry } from './prefix-list';
import { checkRuleQuota } from './rule-quota';
import { readTagSpecifications, toTagList } from './tags';

export const createManagedPrefixList: Ec2Operation<
  CreateManagedPrefixListCommandInput,
  Answer<CreateManagedPrefixListCommandOutput>
> = {
  permissions: (input, context) => [
    onResource('CreateManagedPrefixList', 'prefix-list', '*', context),
    ...onTagging('CreateManagedPrefixList', 'prefix-list', input.TagSpecifications, context),
  ],
  handle: (input, context) => {
    const family = readFamily(input.AddressFamily);
    const list: ManagedPrefixList = {
      prefixListId: context.world.id('pl-', 17),
      name: input.PrefixListName ?? '',
      family,
      maxEntries: input.MaxEntries ?? 0,
      versions: [addEntries([], input.Entries ?? [], family)],
      tags: readTagSpecifications(input.TagSpecifications, 'prefix-list'),
    };
    checkSize(list);
    context.state.prefixLists.set(list.prefixListId, list);
    return { PrefixList: toView(list, 'create-complete', context) };
  },
};

export const describeManagedPrefixLists: Ec2Operation<
  DescribeManagedPrefixListsCommandInput,
  Answer<DescribeManagedPrefixListsCommandOutput>
> = {
  permissions: onEverything('DescribeManagedPrefixLists'),
  handle: (input, context) => {
    const { prefixLists } = context.state;
    const all = chooseByIds(ID_KINDS.prefixList, prefixLists, input.PrefixListIds);
    const found = all.filter(({ prefixListId, name, tags }) =>
      matchesFilters(
        input.Filters,
        { 'prefix-list-id': [prefixListId], 'prefix-list-name': [name], 'owner-id': [context.account] },
        tags,
      ),
    );
    const { items, nextToken } = toPage(found, input, { least: 1, most: 100 });
    return { PrefixLists: items.map((list) => toView(list, 'create-complete', context)), ...nextToken };
  },
};

export const getManagedPrefixListEntries: Ec2Operation<
  GetManagedPrefixListEntriesCommandInput,
  Answer<GetManagedPrefixListEntriesCommandOutput>
> = {
  permissions: ({ PrefixListId = '' }, context) => [onPrefixList('GetManagedPrefixListEntries', PrefixListId, context)],
  handle: (input, { state }) => {
    const { versions } = findById(ID_KINDS.prefixList, state.prefixLists, input.PrefixListId ?? '');
    const entries = versions[(input.TargetVersion ?? versions.length) - 1];
    if (!entries) throw new AwsError('InvalidPrefixListVersion.NotFound', 'The specified version does not exist.');
    const { items, nextToken } = toPage(entries, input, { least: 1, most: 100 });
    return {
      Entries: items.map(({ cidr, description }) => ({
        Cidr: cidr,
        ...(description === undefined ? {} : { Description: description }),
      })),
      ...nextToken,
    };
  },
};

/** Changed entries make a new version; `CurrentVersion` guards against changes in between. */
export const modifyManagedPrefixList: Ec2Operation<
  ModifyManagedPrefixListCommandInput,
  Answer<ModifyManagedPrefixListCommandOutput>
> = {
  permissions: ({ PrefixListId = '' }, context) => [onPrefixList('ModifyManagedPrefixList', PrefixListId, context)],
  handle: (input, context) => {
    const { prefixLists, groups } = context.state;
    const list = findById(ID_KINDS.prefixList, prefixLists, input.PrefixListId ?? '');
    const { AddEntries: added = [], RemoveEntries: removed = [] } = input;
    const changesEntries = added.length > 0 || removed.length > 0;
    if (changesEntries && input.CurrentVersion !== list.versions.length) {
      throw new AwsError('PrefixListVersionMismatch', 'The prefix list has the incorrect version number.');
    }
    if (changesEntries && input.MaxEntries !== undefined) {
      throw new AwsError('InvalidParameterCombination', 'You cannot change entries and the size at the same time.');
    }
    const gone = removed.map(({ Cidr = '' }) => toCanonicalCidr(Cidr, list.family));
    const entries = (list.versions.at(-1) ?? []).filter(({ cidr }) => !gone.includes(cidr));
    const modified: ManagedPrefixList = {
      ...list,
      name: input.PrefixListName ?? list.name,
      maxEntries: input.MaxEntries ?? list.maxEntries,
      versions: changesEntries ? [...list.versions, addEntries(entries, added, list.family)] : list.versions,
    };
    checkSize(modified);
    prefixLists.set(list.prefixListId, modified);
    try {
      for (const { rules } of groups.values()) checkRuleQuota(rules, context.state);
    } catch (error) {
      prefixLists.set(list.prefixListId, list);
      throw error;
    }
    return { PrefixList: toView(modified, 'modify-complete', context) };
  },
};

function onPrefixList(action: string, id: string, context: Ec2Context) {
  return onResource(action, 'prefix-list', id, context, context.state.prefixLists.get(id)?.tags);
}

function readFamily(family: string | undefined): 'ipv4' | 'ipv6' {
  if (family === 'IPv4') return 'ipv4';
  if (family === 'IPv6') return 'ipv6';
  throw invalidParameterValue(`Value (${family ?? ''}) for parameter AddressFamily is invalid.`);
}

/** An entry whose CIDR is there already only changes its description. */
function addEntries(
  entries: readonly PrefixListEntry[],
  added: readonly AddPrefixListEntry[],
  family: 'ipv4' | 'ipv6',
): readonly PrefixListEntry[] {
  const byCidr = new Map(entries.map((entry) => [entry.cidr, entry]));
  for (const { Cidr = '', Description } of added) {
    const cidr = toCanonicalCidr(Cidr, family);
    byCidr.set(cidr, { cidr, description: Description });
  }
  return [...byCidr.values()];
}

function checkSize({ versions, maxEntries }: ManagedPrefixList): void {
  if (maxEntries < 1 || maxEntries > 1000) {
    throw invalidParameterValue(`Value (${maxEntries}) for parameter MaxEntries is invalid. Expecting 1 to 1000.`);
  }
  if ((versions.at(-1)?.length ?? 0) > maxEntries) {
    throw new AwsError(
      'PrefixListMaxEntriesExceeded',
      "You've reached the maximum number of entries for the prefix list.",
    );
  }
}

function toView(
  list: ManagedPrefixList,
  state: 'create-complete' | 'modify-complete',
  context: Ec2Context,
): PrefixListView {
  return {
    PrefixListId: list.prefixListId,
    PrefixListArn: ec2Arn(context, 'prefix-list', list.prefixListId),
    PrefixListName: list.name,
    AddressFamily: list.family === 'ipv4' ? 'IPv4' : 'IPv6',
    MaxEntries: list.maxEntries,
    Version: list.versions.length,
    State: state,
    OwnerId: context.account,
    Tags: toTagList(list.tags),
  };
}
