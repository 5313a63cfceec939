import * as schemas from '@aws-sdk/client-ec2';
import type { Service } from '../kernel/operation';
import { Regional } from '../kernel/regional';
import { SeededIds } from '../kernel/seeded-ids';
import { authorizeRules } from './authorize-rules';
import { describeRegions } from './describe-regions';
import { bindOperation } from './ec2-operation';
import { createEc2State } from './ec2-state';
import { createSecurityGroup, deleteSecurityGroup, describeSecurityGroups } from './group-operations';
import {
  createNetworkAcl,
  createNetworkAclEntry,
  deleteNetworkAclEntry,
  describeNetworkAcls,
  replaceNetworkAclEntry,
} from './network-acl-operations';
import { createNetworkInterface, describeNetworkInterfaces } from './network-interface-operations';
import {
  createManagedPrefixList,
  describeManagedPrefixLists,
  getManagedPrefixListEntries,
  modifyManagedPrefixList,
} from './prefix-list-operations';
import { revokeRules } from './revoke-rules';
import { describeSecurityGroupRules, modifySecurityGroupRules } from './rule-operations';
import { createTags, deleteTags, describeTags } from './tag-operations';
import { updateDescriptions } from './update-descriptions';
import { createVpc, describeSubnets, describeVpcs } from './vpc-operations';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/ */
export function createEc2(): Service {
  const states = new Regional((account, region) => {
    // Default resources differ from place to place, and are the same in every run.
    const ids = new SeededIds(seedOf(`${account}/${region}`));
    return createEc2State((prefix) => ids.id(prefix, 17));
  });
  return {
    signingName: 'ec2',
    protocol: 'ec2Query',
    schemas,
    operations: {
      AuthorizeSecurityGroupEgress: bindOperation(authorizeRules('AuthorizeSecurityGroupEgress'), states),
      AuthorizeSecurityGroupIngress: bindOperation(authorizeRules('AuthorizeSecurityGroupIngress'), states),
      CreateManagedPrefixList: bindOperation(createManagedPrefixList, states),
      CreateNetworkAcl: bindOperation(createNetworkAcl, states),
      CreateNetworkAclEntry: bindOperation(createNetworkAclEntry, states),
      CreateNetworkInterface: bindOperation(createNetworkInterface, states),
      CreateSecurityGroup: bindOperation(createSecurityGroup, states),
      CreateTags: bindOperation(createTags, states),
      CreateVpc: bindOperation(createVpc, states),
      DeleteNetworkAclEntry: bindOperation(deleteNetworkAclEntry, states),
      DeleteSecurityGroup: bindOperation(deleteSecurityGroup, states),
      DeleteTags: bindOperation(deleteTags, states),
      DescribeManagedPrefixLists: bindOperation(describeManagedPrefixLists, states),
      DescribeNetworkAcls: bindOperation(describeNetworkAcls, states),
      DescribeNetworkInterfaces: bindOperation(describeNetworkInterfaces, states),
      DescribeRegions: bindOperation(describeRegions, states),
      DescribeSecurityGroupRules: bindOperation(describeSecurityGroupRules, states),
      DescribeSecurityGroups: bindOperation(describeSecurityGroups, states),
      DescribeSubnets: bindOperation(describeSubnets, states),
      DescribeTags: bindOperation(describeTags, states),
      DescribeVpcs: bindOperation(describeVpcs, states),
      GetManagedPrefixListEntries: bindOperation(getManagedPrefixListEntries, states),
      ModifyManagedPrefixList: bindOperation(modifyManagedPrefixList, states),
      ModifySecurityGroupRules: bindOperation(modifySecurityGroupRules, states),
      ReplaceNetworkAclEntry: bindOperation(replaceNetworkAclEntry, states),
      RevokeSecurityGroupEgress: bindOperation(revokeRules('RevokeSecurityGroupEgress'), states),
      RevokeSecurityGroupIngress: bindOperation(revokeRules('RevokeSecurityGroupIngress'), states),
      UpdateSecurityGroupRuleDescriptionsEgress: bindOperation(
        updateDescriptions('UpdateSecurityGroupRuleDescriptionsEgress'),
        states,
      ),
      UpdateSecurityGroupRuleDescriptionsIngress: bindOperation(
        updateDescriptions('UpdateSecurityGroupRuleDescriptionsIngress'),
        states,
      ),
    },
  };
}

/** FNV-1a. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}
