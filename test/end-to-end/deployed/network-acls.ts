import {
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  DeleteNetworkAclEntryCommand,
  DescribeNetworkAclsCommand,
  type NetworkAclEntry,
} from '@aws-sdk/client-ec2';
import type { Clients } from './clients';
import type { ArnOf, Located, Place } from './place';

/** An ingress entry, where it does not say otherwise. */
export type EntryToMake = Omit<NetworkAclEntry, 'RuleNumber' | 'RuleAction' | 'Protocol'> &
  Required<Pick<NetworkAclEntry, 'RuleNumber' | 'RuleAction' | 'Protocol'>>;

/** The entry that every list ends with, and nobody can change. */
const LAST = 32_767;

/** Network ACLs as their owners make them and look at them. */
export interface NetworkAcls {
  /** Not the default one of its VPC; both directions, as the entries say. */
  openNetworkAcl(place: Place, vpcId: string, entries: readonly EntryToMake[]): Promise<Located>;
  /** The one that a VPC comes with: it lets everything through. */
  defaultNetworkAclOf(place: Place, vpcId: string): Promise<Located>;
  /** Takes away what a list holds, and makes these entries instead. */
  replaceEntries(acl: Located, entries: readonly EntryToMake[]): Promise<void>;
  /** Both directions, without the entries that every list ends with. */
  entriesOf(acl: Located): Promise<readonly NetworkAclEntry[]>;
}

export function createNetworkAcls({ ec2 }: Clients, arnOf: ArnOf): NetworkAcls {
  const toAcl = ({ account, region }: Place, id: string): Located => ({
    account,
    region,
    id,
    arn: arnOf('ec2', { account, region }, `network-acl/${id}`),
  });

  async function makeEntries(acl: Located, entries: readonly EntryToMake[]): Promise<void> {
    for (const { Egress = false, ...entry } of entries) {
      await ec2(acl).send(new CreateNetworkAclEntryCommand({ NetworkAclId: acl.id, Egress, ...entry }));
    }
  }

  async function entriesOf(acl: Located): Promise<readonly NetworkAclEntry[]> {
    const { NetworkAcls = [] } = await ec2(acl).send(new DescribeNetworkAclsCommand({ NetworkAclIds: [acl.id] }));
    return (NetworkAcls[0]?.Entries ?? []).filter(({ RuleNumber }) => RuleNumber !== LAST);
  }

  return {
    async openNetworkAcl(place, vpcId, entries) {
      const { NetworkAcl } = await ec2(place).send(new CreateNetworkAclCommand({ VpcId: vpcId }));
      const acl = toAcl(place, NetworkAcl?.NetworkAclId ?? '');
      await makeEntries(acl, entries);
      return acl;
    },

    async defaultNetworkAclOf(place, vpcId) {
      const ofVpc = [
        { Name: 'vpc-id', Values: [vpcId] },
        { Name: 'default', Values: ['true'] },
      ];
      const { NetworkAcls = [] } = await ec2(place).send(new DescribeNetworkAclsCommand({ Filters: ofVpc }));
      return toAcl(place, NetworkAcls[0]?.NetworkAclId ?? '');
    },

    async replaceEntries(acl, entries) {
      for (const { RuleNumber, Egress } of await entriesOf(acl)) {
        await ec2(acl).send(new DeleteNetworkAclEntryCommand({ NetworkAclId: acl.id, RuleNumber, Egress }));
      }
      await makeEntries(acl, entries);
    },

    entriesOf,
  };
}
