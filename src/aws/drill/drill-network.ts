import {
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateSecurityGroupCommand,
  DeleteNetworkAclCommand,
  DeleteSecurityGroupCommand,
  DescribeNetworkAclsCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcsCommand,
  EC2Client,
  type IpPermission,
  type ResourceType,
  type Tag,
} from '@aws-sdk/client-ec2';
import { DRILL_TAG } from '../../core/configuration/names/drill-names';
import type { SecurityGroupRule } from '../../core/network/security-group-rule';
import { failure, success } from '../../core/result';
import { targetArn, type Target } from '../../core/target';
import type { DrillGround, Made, PortResult, ToMake } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { fetchPages } from '../fetch-pages';
import { createMemberClients } from '../sts/member-clients';
import type { MemberAccounts } from '../sts/member-credentials';

type Place = Pick<Target, 'partition' | 'account' | 'region'>;

/** What a drill makes in EC2, opens and removes, with the role of drills. */
export function createDrillNetwork(
  accounts: MemberAccounts,
  place: Place,
  session: string,
): Pick<DrillGround, 'fetchVpcs' | 'findMade' | 'make' | 'open' | 'remove'> {
  const clientFor = createMemberClients(accounts, (configuration) => new EC2Client(configuration));
  const where: Target = { ...place, kind: 'security-group', id: '' };
  const asTarget = (kind: Target['kind'], id: string): Target => ({ ...place, kind, id });

  async function using<Value>(doing: string, call: (client: EC2Client) => Promise<Value>): PortResult<Value> {
    const client = await clientFor(where, session);
    return client.ok ? attempt(doing, () => call(client.value)) : client;
  }

  async function make({ kind, name, drillId, vpcId }: ToMake): PortResult<string | undefined> {
    const Tags = [
      { Key: DRILL_TAG, Value: drillId },
      { Key: 'Name', Value: name },
    ];
    const TagSpecifications = [{ ResourceType: kind satisfies ResourceType, Tags }];
    if (kind === 'network-acl') {
      const made = await using(`No network ACL can be made in ${vpcId}`, (client) =>
        client.send(new CreateNetworkAclCommand({ VpcId: vpcId, TagSpecifications })),
      );
      return made.ok ? success(made.value.NetworkAcl?.NetworkAclId) : made;
    }
    const Description = 'A drill of Portcullis, attached to nothing: portcullis drill --clean removes it';
    return using(`No security group can be made in ${vpcId}`, async (client) => {
      const wanted = { GroupName: name, Description, VpcId: vpcId, TagSpecifications };
      const made = await client.send(new CreateSecurityGroupCommand(wanted)).catch(unless('InvalidGroup.Duplicate'));
      if (made !== undefined) return made.GroupId;
      // Nobody but this drill has the name: it was made before, and the answer was lost.
      const Filters = [
        { Name: `tag:${DRILL_TAG}`, Values: [drillId] },
        { Name: 'group-name', Values: [name] },
        { Name: 'vpc-id', Values: [vpcId] },
      ];
      const { SecurityGroups } = await client.send(new DescribeSecurityGroupsCommand({ Filters }));
      return SecurityGroups?.[0]?.GroupId;
    });
  }

  return {
    async fetchVpcs() {
      const client = await clientFor(where, session);
      if (!client.ok) return client;
      const vpcs = await fetchPages('The VPCs cannot be read', async (NextToken) => {
        const page = await client.value.send(new DescribeVpcsCommand({ NextToken }));
        return { items: page.Vpcs ?? [], nextToken: page.NextToken };
      });
      if (!vpcs.ok) return vpcs;
      return success(vpcs.value.map(({ VpcId = '', IsDefault }) => ({ id: VpcId, isDefault: IsDefault === true })));
    },

    async make(wanted) {
      const id = await make(wanted);
      if (!id.ok) return id;
      if (id.value !== undefined) return success(asTarget(wanted.kind, id.value));
      return failure({ code: 'unknown', retryable: false, cause: 'EC2 gave no id of what it has made.' });
    },

    async findMade(drillId) {
      const client = await clientFor(where, session);
      if (!client.ok) return client;
      const Filters = [
        drillId === undefined
          ? { Name: 'tag-key', Values: [DRILL_TAG] }
          : { Name: `tag:${DRILL_TAG}`, Values: [drillId] },
      ];
      const groups = await fetchPages('What drills have made cannot be found', async (NextToken) => {
        const page = await client.value.send(new DescribeSecurityGroupsCommand({ Filters, NextToken }));
        return { items: page.SecurityGroups ?? [], nextToken: page.NextToken };
      });
      if (!groups.ok) return groups;
      const acls = await fetchPages('What drills have made cannot be found', async (NextToken) => {
        const page = await client.value.send(new DescribeNetworkAclsCommand({ Filters, NextToken }));
        return { items: page.NetworkAcls ?? [], nextToken: page.NextToken };
      });
      if (!acls.ok) return acls;
      return success([
        ...groups.value.map(({ GroupId = '', GroupName = '', Tags }) =>
          toMade(asTarget('security-group', GroupId), GroupName, Tags),
        ),
        ...acls.value.map(({ NetworkAclId = '', Tags }) =>
          toMade(asTarget('network-acl', NetworkAclId), tagOf(Tags, 'Name'), Tags),
        ),
      ]);
    },

    async open(target, opening) {
      const doing = `${targetArn(target)} cannot be opened`;
      const opened = await using(doing, async (client): Promise<void> => {
        if (opening.kind === 'network-acl') {
          await client.send(new CreateNetworkAclEntryCommand({ NetworkAclId: target.id, ...opening.entry }));
        } else {
          const IpPermissions = [toPermission(opening.rule)];
          const rule = new AuthorizeSecurityGroupIngressCommand({ GroupId: target.id, IpPermissions });
          // What is there was opened before, and the answer was lost.
          await client.send(rule).catch(unless('InvalidPermission.Duplicate'));
        }
      });
      return opened;
    },

    remove: (target) =>
      using(`${targetArn(target)} cannot be removed`, async (client): Promise<void> => {
        if (target.kind === 'network-acl') await client.send(new DeleteNetworkAclCommand({ NetworkAclId: target.id }));
        else await client.send(new DeleteSecurityGroupCommand({ GroupId: target.id }));
      }),
  };
}

/** Takes an error of this name for what was wanted: it is so already. */
function unless(name: string): (error: unknown) => undefined {
  return (error) => {
    if (error instanceof Error && error.name === name) return undefined;
    throw error;
  };
}

function toMade(target: Target, name: string, tags: readonly Tag[] | undefined): Made {
  return { target, name, drillId: tagOf(tags, DRILL_TAG) };
}

function tagOf(tags: readonly Tag[] | undefined, key: string): string {
  return tags?.find(({ Key }) => Key === key)?.Value ?? '';
}

function toPermission({
  IpProtocol,
  FromPort,
  ToPort,
  CidrIpv4,
  CidrIpv6,
  Description,
}: SecurityGroupRule): IpPermission {
  return {
    IpProtocol,
    FromPort,
    ToPort,
    ...(CidrIpv4 === undefined ? {} : { IpRanges: [{ CidrIp: CidrIpv4, Description }] }),
    ...(CidrIpv6 === undefined ? {} : { Ipv6Ranges: [{ CidrIpv6, Description }] }),
  };
}
