import * as schemas from '@aws-sdk/client-ec2';
import type { Service } from '../runtime/operation';
import { Regional } from '../runtime/regional';
import { SeededIds } from '../runtime/seeded-ids';
import { allocateAddress, assignIpv6Addresses, associateAddress } from './address-operations';
import { authorizeRules } from './authorize-rules';
import { describeRegions } from './describe-regions';
import { bindOperation } from './ec2-operation';
import { createEc2State, type Ec2Options } from './ec2-state';
import { createFlowLogs, describeFlowLogs } from './flow-log-operations';
import { createSecurityGroup, deleteSecurityGroup, describeSecurityGroups } from './group-operations';
import {
  createNetworkAcl,
  createNetworkAclEntry,
  deleteNetworkAcl,
  deleteNetworkAclEntry,
  describeNetworkAcls,
  replaceNetworkAclEntry,
} from './network-acl-operations';
import { describeInstances, runInstances } from './instance-operations';
import {
  attachNetworkInterface,
  createNetworkInterface,
  describeNetworkInterfaces,
  modifyNetworkInterface,
} from './network-interface-operations';
import {
  createManagedPrefixList,
  describeManagedPrefixLists,
  getManagedPrefixListEntries,
  modifyManagedPrefixList,
} from './prefix-list-operations';
import {
  createPublicAccessExclusion,
  describePublicAccessExclusions,
  describePublicAccessOptions,
  modifyPublicAccessOptions,
} from './public-access-operations';
import { revokeRules } from './revoke-rules';
import {
  associateRouteTable,
  attachInternetGateway,
  createEgressOnlyGateway,
  createInternetGateway,
  createRoute,
  createRouteTable,
  deleteRoute,
  describeRouteTables,
  detachInternetGateway,
} from './route-operations';
import { describeSecurityGroupRules, modifySecurityGroupRules } from './rule-operations';
import { StateHistory } from './state-history';
import { createTags, deleteTags, describeTags } from './tag-operations';
import { updateDescriptions } from './update-descriptions';
import { associateSecurityGroupVpc, describeVpcAssociations } from './vpc-association-operations';
import { createSubnet, createVpc, describeSubnets, describeVpcs } from './vpc-operations';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/ */
export function createEc2(options?: Ec2Options): Service {
  const states = new Regional((account, region) => {
    // Default resources differ from place to place, and are the same in every run.
    const ids = new SeededIds(seedOf(`${account}/${region}`));
    return createEc2State((prefix) => ids.id(prefix, 17), options);
  });
  const history = new StateHistory(states);
  return {
    signingName: 'ec2',
    protocol: 'ec2Query',
    schemas,
    operations: history.remembering({
      AllocateAddress: bindOperation(allocateAddress, history),
      AssignIpv6Addresses: bindOperation(assignIpv6Addresses, history),
      AssociateAddress: bindOperation(associateAddress, history),
      AssociateSecurityGroupVpc: bindOperation(associateSecurityGroupVpc, history),
      AssociateRouteTable: bindOperation(associateRouteTable, history),
      AttachNetworkInterface: bindOperation(attachNetworkInterface, history),
      AttachInternetGateway: bindOperation(attachInternetGateway, history),
      AuthorizeSecurityGroupEgress: bindOperation(authorizeRules('AuthorizeSecurityGroupEgress'), history),
      AuthorizeSecurityGroupIngress: bindOperation(authorizeRules('AuthorizeSecurityGroupIngress'), history),
      CreateEgressOnlyInternetGateway: bindOperation(createEgressOnlyGateway, history),
      CreateFlowLogs: bindOperation(createFlowLogs, history),
      CreateInternetGateway: bindOperation(createInternetGateway, history),
      CreateManagedPrefixList: bindOperation(createManagedPrefixList, history),
      CreateNetworkAcl: bindOperation(createNetworkAcl, history),
      CreateNetworkAclEntry: bindOperation(createNetworkAclEntry, history),
      CreateNetworkInterface: bindOperation(createNetworkInterface, history),
      CreateRoute: bindOperation(createRoute, history),
      CreateRouteTable: bindOperation(createRouteTable, history),
      CreateSecurityGroup: bindOperation(createSecurityGroup, history),
      CreateSubnet: bindOperation(createSubnet, history),
      CreateTags: bindOperation(createTags, history),
      CreateVpc: bindOperation(createVpc, history),
      DeleteNetworkAcl: bindOperation(deleteNetworkAcl, history),
      CreateVpcBlockPublicAccessExclusion: bindOperation(createPublicAccessExclusion, history),
      DeleteNetworkAclEntry: bindOperation(deleteNetworkAclEntry, history),
      DeleteRoute: bindOperation(deleteRoute, history),
      DeleteSecurityGroup: bindOperation(deleteSecurityGroup, history),
      DeleteTags: bindOperation(deleteTags, history),
      DescribeFlowLogs: bindOperation(describeFlowLogs, history),
      DescribeInstances: bindOperation(describeInstances, history),
      DescribeManagedPrefixLists: bindOperation(describeManagedPrefixLists, history),
      DescribeNetworkAcls: bindOperation(describeNetworkAcls, history),
      DescribeNetworkInterfaces: bindOperation(describeNetworkInterfaces, history),
      DescribeRegions: bindOperation(describeRegions, history),
      DescribeRouteTables: bindOperation(describeRouteTables, history),
      DescribeSecurityGroupRules: bindOperation(describeSecurityGroupRules, history),
      DescribeSecurityGroupVpcAssociations: bindOperation(describeVpcAssociations, history),
      DescribeSecurityGroups: bindOperation(describeSecurityGroups, history),
      DescribeSubnets: bindOperation(describeSubnets, history),
      DescribeTags: bindOperation(describeTags, history),
      DescribeVpcBlockPublicAccessExclusions: bindOperation(describePublicAccessExclusions, history),
      DescribeVpcBlockPublicAccessOptions: bindOperation(describePublicAccessOptions, history),
      DescribeVpcs: bindOperation(describeVpcs, history),
      DetachInternetGateway: bindOperation(detachInternetGateway, history),
      GetManagedPrefixListEntries: bindOperation(getManagedPrefixListEntries, history),
      ModifyManagedPrefixList: bindOperation(modifyManagedPrefixList, history),
      ModifyNetworkInterfaceAttribute: bindOperation(modifyNetworkInterface, history),
      ModifySecurityGroupRules: bindOperation(modifySecurityGroupRules, history),
      ModifyVpcBlockPublicAccessOptions: bindOperation(modifyPublicAccessOptions, history),
      ReplaceNetworkAclEntry: bindOperation(replaceNetworkAclEntry, history),
      RevokeSecurityGroupEgress: bindOperation(revokeRules('RevokeSecurityGroupEgress'), history),
      RevokeSecurityGroupIngress: bindOperation(revokeRules('RevokeSecurityGroupIngress'), history),
      RunInstances: bindOperation(runInstances, history),
      UpdateSecurityGroupRuleDescriptionsEgress: bindOperation(
        updateDescriptions('UpdateSecurityGroupRuleDescriptionsEgress'),
        history,
      ),
      UpdateSecurityGroupRuleDescriptionsIngress: bindOperation(
        updateDescriptions('UpdateSecurityGroupRuleDescriptionsIngress'),
        history,
      ),
    }),
  };
}

/** FNV-1a. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}
