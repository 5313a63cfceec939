import type {
  CreateNetworkAclCommandInput,
  CreateNetworkAclCommandOutput,
  CreateNetworkAclEntryCommandInput,
  DeleteNetworkAclCommandInput,
  DeleteNetworkAclEntryCommandInput,
  DescribeNetworkAclsCommandInput,
  DescribeNetworkAclsCommandOutput,
  NetworkAcl as NetworkAclView,
  ReplaceNetworkAclEntryCommandInput,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../runtime/aws-error';
import { chooseByIds } from './choose-by-ids';
import { findById, ID_KINDS } from './ec2-ids';
import type { Answer, Ec2Context, Ec2Operation } from './ec2-operation';
import { matchesFilters } from './filters';
import type { NetworkAcl, NetworkAclEntry } from './network-acl';
import { checkEntryQuota, readEntry } from './read-network-acl-entry';
import { toPage } from './paging';
import { onEverything, onResource, onTagging, requestTags } from './permissions';
import { readTagSpecifications, toTagList } from './tags';

/** A new list denies everything, until entries are made. */
export const createNetworkAcl: Ec2Operation<CreateNetworkAclCommandInput, Answer<CreateNetworkAclCommandOutput>> = {
  permissions: (input, context) => {
    const tags = readTagSpecifications(input.TagSpecifications, 'network-acl');
    return [
      { ...onResource('CreateNetworkAcl', 'network-acl', '*', context), context: requestTags(tags) },
      onResource('CreateNetworkAcl', 'vpc', input.VpcId ?? '', context),
      ...onTagging('CreateNetworkAcl', 'network-acl', input.TagSpecifications, context),
    ];
  },
  handle: (input, context) => {
    const { vpcId } = findById(ID_KINDS.vpc, context.state.vpcs, input.VpcId ?? '');
    const denyRest = { ruleNumber: 32767, action: 'deny' as const, protocol: '-1', cidrBlock: '0.0.0.0/0' };
    const acl: NetworkAcl = {
      networkAclId: context.world.id('acl-', 17),
      vpcId,
      isDefault: false,
      tags: readTagSpecifications(input.TagSpecifications, 'network-acl'),
      entries: [
        { ...denyRest, egress: true },
        { ...denyRest, egress: false },
      ],
      associations: [],
    };
    context.state.networkAcls.set(acl.networkAclId, acl);
    return { NetworkAcl: toView(acl, context) };
  },
};

/** One that subnets use, or that is a VPC's default, cannot be deleted. */
export const deleteNetworkAcl: Ec2Operation<DeleteNetworkAclCommandInput, object> = {
  permissions: (input, context) => [onAcl('DeleteNetworkAcl', input.NetworkAclId ?? '', context)],
  handle: (input, { state }) => {
    const acl = findById(ID_KINDS.networkAcl, state.networkAcls, input.NetworkAclId ?? '');
    if (acl.isDefault) {
      throw new AwsError('InvalidParameterValue', `cannot delete default network ACL ${acl.networkAclId}`);
    }
    if (acl.associations.length > 0) {
      throw new AwsError(
        'DependencyViolation',
        `The networkAcl '${acl.networkAclId}' has dependencies and cannot be deleted.`,
      );
    }
    state.networkAcls.delete(acl.networkAclId);
    return {};
  },
};

export const describeNetworkAcls: Ec2Operation<
  DescribeNetworkAclsCommandInput,
  Answer<DescribeNetworkAclsCommandOutput>
> = {
  permissions: onEverything('DescribeNetworkAcls'),
  handle: (input, context) => {
    const { networkAcls } = context.state;
    const all = chooseByIds(ID_KINDS.networkAcl, networkAcls, input.NetworkAclIds);
    const found = all.filter((acl) =>
      matchesFilters(
        input.Filters,
        {
          'network-acl-id': [acl.networkAclId],
          'vpc-id': [acl.vpcId],
          default: [String(acl.isDefault)],
          'association.subnet-id': acl.associations.map(({ subnetId }) => subnetId),
          'entry.cidr': acl.entries.flatMap(({ cidrBlock }) => cidrBlock ?? []),
          'entry.ipv6-cidr': acl.entries.flatMap(({ ipv6CidrBlock }) => ipv6CidrBlock ?? []),
        },
        acl.tags,
      ),
    );
    const { items, nextToken } = toPage(found, input, { least: 5, most: 1000 });
    return { NetworkAcls: items.map((acl) => toView(acl, context)), ...nextToken };
  },
};

export const createNetworkAclEntry: Ec2Operation<CreateNetworkAclEntryCommandInput, object> = {
  permissions: (input, context) => [onAcl('CreateNetworkAclEntry', input.NetworkAclId ?? '', context)],
  handle: (input, { state }) => {
    const acl = findById(ID_KINDS.networkAcl, state.networkAcls, input.NetworkAclId ?? '');
    const entry = readEntry(input);
    if (acl.entries.some((other) => isSamePlace(other, entry))) {
      throw new AwsError(
        'NetworkAclEntryAlreadyExists',
        `The network acl entry identified by ${entry.ruleNumber} already exists.`,
      );
    }
    checkEntryQuota([...acl.entries, entry], state.quotas);
    acl.entries = [...acl.entries, entry].sort(byPlace);
    return {};
  },
};

export const replaceNetworkAclEntry: Ec2Operation<ReplaceNetworkAclEntryCommandInput, object> = {
  permissions: (input, context) => [onAcl('ReplaceNetworkAclEntry', input.NetworkAclId ?? '', context)],
  handle: (input, { state }) => {
    const acl = findById(ID_KINDS.networkAcl, state.networkAcls, input.NetworkAclId ?? '');
    const entry = readEntry(input);
    checkThere(acl, entry);
    acl.entries = acl.entries.map((other) => (isSamePlace(other, entry) ? entry : other));
    return {};
  },
};

export const deleteNetworkAclEntry: Ec2Operation<DeleteNetworkAclEntryCommandInput, object> = {
  permissions: (input, context) => [onAcl('DeleteNetworkAclEntry', input.NetworkAclId ?? '', context)],
  handle: (input, { state }) => {
    const acl = findById(ID_KINDS.networkAcl, state.networkAcls, input.NetworkAclId ?? '');
    const place = { ruleNumber: input.RuleNumber ?? 0, egress: input.Egress ?? false };
    checkThere(acl, place);
    acl.entries = acl.entries.filter((other) => !isSamePlace(other, place));
    return {};
  },
};

type EntryPlace = Pick<NetworkAclEntry, 'ruleNumber' | 'egress'>;

function onAcl(action: string, id: string, context: Ec2Context) {
  return onResource(action, 'network-acl', id, context, context.state.networkAcls.get(id)?.tags);
}

function isSamePlace(left: EntryPlace, right: EntryPlace): boolean {
  return left.ruleNumber === right.ruleNumber && left.egress === right.egress;
}

function byPlace(left: EntryPlace, right: EntryPlace): number {
  return Number(right.egress) - Number(left.egress) || left.ruleNumber - right.ruleNumber;
}

function checkThere(acl: NetworkAcl, place: EntryPlace): void {
  if (place.ruleNumber <= 32766 && acl.entries.some((entry) => isSamePlace(entry, place))) return;
  throw new AwsError(
    'InvalidNetworkAclEntry.NotFound',
    `The network acl entry identified by ${place.ruleNumber} does not exist.`,
  );
}

function toView(acl: NetworkAcl, { account }: Ec2Context): NetworkAclView {
  return {
    NetworkAclId: acl.networkAclId,
    VpcId: acl.vpcId,
    IsDefault: acl.isDefault,
    OwnerId: account,
    Entries: acl.entries.map((entry) => ({
      RuleNumber: entry.ruleNumber,
      Egress: entry.egress,
      RuleAction: entry.action,
      Protocol: entry.protocol,
      ...(entry.cidrBlock === undefined ? {} : { CidrBlock: entry.cidrBlock }),
      ...(entry.ipv6CidrBlock === undefined ? {} : { Ipv6CidrBlock: entry.ipv6CidrBlock }),
      ...(entry.portRange === undefined ? {} : { PortRange: { From: entry.portRange.from, To: entry.portRange.to } }),
      ...(entry.icmp === undefined ? {} : { IcmpTypeCode: { Type: entry.icmp.type, Code: entry.icmp.code } }),
    })),
    Associations: acl.associations.map(({ associationId, subnetId }) => ({
      NetworkAclAssociationId: associationId,
      NetworkAclId: acl.networkAclId,
      SubnetId: subnetId,
    })),
    Tags: toTagList(acl.tags),
  };
}
