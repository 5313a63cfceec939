import { AuthorizeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import type { PlanPolicy } from '../../../src/core/planning/plan-policy';
import { ANYWHERE, tcp, type Deployed, type Located, type Place } from '../deployed-portcullis';

/** A target that takes several calls to close. */
export interface Story {
  readonly name: string;
  readonly control: string;
  /** Changing calls of EC2 that closing and undoing it take, in their order. */
  readonly calls: Readonly<Record<'close' | 'undo', readonly string[]>>;
  open(portcullis: Deployed, place: Place): Promise<Located>;
}

/** EC2.19 alone restricts, so that one deployment does for all stories. */
export const POLICY: Partial<PlanPolicy> = {
  overrides: [{ controls: ['EC2.19'], strategy: 'restrict' }],
  trustedSources: { cidrs: ['198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32'] },
};

const authorize = 'AuthorizeSecurityGroupIngress';
const revoke = 'RevokeSecurityGroupIngress';

const create = 'CreateNetworkAclEntry';
const replace = 'ReplaceNetworkAclEntry';
const remove = 'DeleteNetworkAclEntry';

export const STORIES: readonly Story[] = [
  {
    name: 'a group whose public ports stay',
    control: 'EC2.13',
    calls: { close: [authorize, authorize, revoke], undo: [authorize, revoke, revoke] },
    open: (portcullis, place) =>
      portcullis.openGroup(place, [tcp(0, 65_535, ANYWHERE), tcp(22, 22, '10.0.0.0/8'), tcp(8443, 8443, ANYWHERE)]),
  },
  {
    name: 'a group that is restricted to trusted sources, in both families',
    control: 'EC2.19',
    calls: { close: [authorize, authorize, revoke, revoke], undo: [authorize, authorize, revoke, revoke] },
    open: (portcullis, place) =>
      portcullis.openGroup(place, [tcp(22, 22, ANYWHERE, '::/0'), tcp(5432, 5432, ANYWHERE), tcp(443, 443, ANYWHERE)]),
  },
  {
    name: 'a network ACL that is rewritten',
    control: 'EC2.21',
    calls: {
      close: [remove, create, create, replace],
      undo: [replace, remove, remove, create],
    },
    open: async (portcullis: Deployed, place: Place): Promise<Located> =>
      portcullis.openNetworkAcl(place, await portcullis.openVpc(place), [
        {
          RuleNumber: 90,
          RuleAction: 'deny',
          Protocol: '6',
          CidrBlock: '192.0.2.0/24',
          PortRange: { From: 0, To: 99 },
        },
        {
          RuleNumber: 100,
          RuleAction: 'allow',
          Protocol: '6',
          CidrBlock: ANYWHERE,
          PortRange: { From: 0, To: 65_535 },
        },
        {
          RuleNumber: 110,
          RuleAction: 'allow',
          Protocol: '17',
          Ipv6CidrBlock: '::/0',
          PortRange: { From: 22, To: 22 },
        },
      ]),
  },
  {
    name: 'a default group that is emptied in both directions',
    control: 'EC2.2',
    calls: {
      close: [revoke, revoke, 'RevokeSecurityGroupEgress'],
      undo: [authorize, authorize, 'AuthorizeSecurityGroupEgress'],
    },
    async open(portcullis: Deployed, place: Place): Promise<Located> {
      const group = await portcullis.defaultGroupOf(place, await portcullis.openVpc(place));
      await portcullis.clients
        .ec2(place)
        .send(
          new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions: [tcp(443, 443, ANYWHERE)] }),
        );
      return group;
    },
  },
];
