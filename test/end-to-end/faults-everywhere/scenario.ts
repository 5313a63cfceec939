import type { Place } from '../deployed/place';
import { call, type Stage } from './stage';
import type { Target } from './ec2-snapshot';

/** A story that ends well when nothing goes wrong. */
export interface Scenario {
  readonly name: string;
  readonly controls: readonly string[];
  /** What a person chooses for the findings; undefined when their import alone sets it off. */
  readonly action: string | undefined;
  /**
   * What somebody else chooses at the same moment for the last finding, while the first person chooses for the others.
   */
  readonly alsoChosen?: string;
  /** Closed in peace before the scenario is set off. */
  readonly closedBefore: boolean;
  /** The workflow status of the findings when nothing goes wrong. */
  readonly endsAs: 'RESOLVED' | 'NEW';
  prepare(stage: Stage): Promise<Target>;
}

const ANYWHERE = '0.0.0.0/0';
const virginia: Place = { account: '222222222222', region: 'us-east-1' };
const frankfurt: Place = { account: '333333333333', region: 'eu-central-1' };

interface OpenRule {
  readonly protocol?: string;
  readonly from: number;
  readonly to: number;
  readonly source: string;
  readonly description: string;
}

/** Of every group, and nobody's to touch. */
const BYSTANDERS: readonly OpenRule[] = [
  { from: 22, to: 22, source: '10.0.0.0/8', description: 'office' },
  { from: 443, to: 443, source: '198.51.100.0/24', description: 'partner' },
];

const closing = { action: 'Close ingress', closedBefore: false, endsAs: 'RESOLVED' } as const;

export const SCENARIOS: readonly Scenario[] = [
  {
    ...closing,
    name: 'plain-close',
    controls: ['EC2.13'],
    prepare: (stage) => openGroup(stage, virginia, [{ from: 22, to: 22, source: ANYWHERE, description: 'temporary' }]),
  },
  {
    ...closing,
    name: 'own-vpc',
    controls: ['EC2.13'],
    prepare: openGroupInOwnVpc,
  },
  {
    ...closing,
    name: 'keep-443',
    controls: ['EC2.13'],
    prepare: (stage) => openGroup(stage, virginia, [{ from: 0, to: 65535, source: ANYWHERE, description: 'vendor' }]),
  },
  {
    ...closing,
    name: 'automatic',
    controls: ['EC2.14'],
    action: undefined,
    prepare: (stage) => openGroup(stage, frankfurt, [{ from: 3389, to: 3389, source: ANYWHERE, description: 'rdp' }]),
  },
  { ...closing, name: 'network-acl', controls: ['EC2.21'], prepare: (stage) => openAcl(stage, frankfurt) },
  { ...closing, name: 'empty-default', controls: ['EC2.2'], prepare: (stage) => defaultGroup(stage, virginia) },
  {
    name: 'undo',
    controls: ['EC2.13'],
    action: 'Undo closing',
    closedBefore: true,
    endsAs: 'NEW',
    prepare: (stage) =>
      openGroup(stage, virginia, [{ from: 0, to: 1024, source: ANYWHERE, description: 'until Friday' }]),
  },
  {
    name: 'preview',
    controls: ['EC2.13'],
    action: 'Preview closing',
    closedBefore: false,
    endsAs: 'NEW',
    prepare: (stage) => openGroup(stage, virginia, [{ from: 22, to: 22, source: ANYWHERE, description: 'temporary' }]),
  },
  {
    ...closing,
    name: 'several-findings',
    controls: ['EC2.13', 'EC2.18', 'EC2.19', 'EC2.53'],
    prepare: (stage) =>
      openGroup(stage, frankfurt, [
        { from: 22, to: 22, source: ANYWHERE, description: 'ssh' },
        { from: 5432, to: 5432, source: ANYWHERE, description: 'database' },
      ]),
  },
  {
    ...closing,
    name: 'close-beside-preview',
    controls: ['EC2.13', 'EC2.19'],
    alsoChosen: 'Preview closing',
    prepare: (stage) => openGroup(stage, virginia, [{ from: 22, to: 22, source: ANYWHERE, description: 'temporary' }]),
  },
  {
    ...closing,
    name: 'close-beside-gate',
    controls: ['EC2.13', 'EC2.19'],
    alsoChosen: 'GateClose',
    prepare: (stage) => openGroup(stage, virginia, [{ from: 22, to: 22, source: ANYWHERE, description: 'temporary' }]),
  },
  {
    name: 'undo-beside-close',
    controls: ['EC2.13', 'EC2.19'],
    action: 'Undo closing',
    alsoChosen: 'Close ingress',
    closedBefore: true,
    endsAs: 'RESOLVED',
    prepare: (stage) => openGroup(stage, virginia, [{ from: 22, to: 22, source: ANYWHERE, description: 'temporary' }]),
  },
];

async function openGroup(stage: Stage, place: Place, rules: readonly OpenRule[], VpcId?: string): Promise<Target> {
  const { GroupId: id } = await call<{ readonly GroupId: string }>(
    ...([stage, place, 'ec2', 'CreateSecurityGroup'] as const),
    {
      GroupName: `group-${String(stage.next())}`,
      Description: 'Of a scenario',
      VpcId,
      TagSpecifications: tagged('security-group'),
    },
  );
  for (const rule of [...rules, ...BYSTANDERS]) {
    await call(stage, place, 'ec2', 'AuthorizeSecurityGroupIngress', {
      GroupId: id,
      IpPermissions: [toPermission(rule)],
      TagSpecifications: tagged('security-group-rule'),
    });
  }
  return { ...place, kind: 'security-group', id };
}

/** Outside of the default VPC EC2 refuses a revoke that does not match. */
async function openGroupInOwnVpc(stage: Stage): Promise<Target> {
  const VpcId = await createVpc(stage, virginia);
  return openGroup(stage, virginia, [{ from: 22, to: 22, source: '::/0', description: 'temporary' }], VpcId);
}

function tagged(ResourceType: string) {
  return [{ ResourceType, Tags: [{ Key: 'owner', Value: 'web' }] }];
}

function toPermission({ from, to, source, description: Description }: OpenRule) {
  return {
    IpProtocol: 'tcp',
    FromPort: from,
    ToPort: to,
    ...(source.includes(':')
      ? { Ipv6Ranges: [{ CidrIpv6: source, Description }] }
      : { IpRanges: [{ CidrIp: source, Description }] }),
  };
}

async function createVpc(stage: Stage, place: Place): Promise<string> {
  const CidrBlock = `10.${String(stage.next() % 250)}.0.0/16`;
  const { Vpc } = await call<{ readonly Vpc: { readonly VpcId: string } }>(stage, place, 'ec2', 'CreateVpc', {
    CidrBlock,
  });
  return Vpc.VpcId;
}

async function openAcl(stage: Stage, place: Place): Promise<Target> {
  const { Vpcs } = await call<{ readonly Vpcs: readonly { readonly VpcId: string; readonly IsDefault: boolean }[] }>(
    ...([stage, place, 'ec2', 'DescribeVpcs', {}] as const),
  );
  const VpcId = Vpcs.find(({ IsDefault }) => IsDefault)?.VpcId;
  const { NetworkAcl } = await call<{ readonly NetworkAcl: { readonly NetworkAclId: string } }>(
    ...([stage, place, 'ec2', 'CreateNetworkAcl', { VpcId }] as const),
  );
  const id = NetworkAcl.NetworkAclId;
  const entries = [
    { RuleNumber: 100, From: 0, To: 65535, CidrBlock: ANYWHERE },
    { RuleNumber: 200, From: 22, To: 22, CidrBlock: '10.0.0.0/8' },
  ];
  for (const { RuleNumber, From, To, CidrBlock } of entries) {
    const entry = { RuleNumber, RuleAction: 'allow', Egress: false, Protocol: '6', PortRange: { From, To }, CidrBlock };
    await call(stage, place, 'ec2', 'CreateNetworkAclEntry', { NetworkAclId: id, ...entry });
  }
  return { ...place, kind: 'network-acl', id };
}

/** The default group of a VPC that nobody uses. */
async function defaultGroup(stage: Stage, place: Place): Promise<Target> {
  const VpcId = await createVpc(stage, place);
  const { SecurityGroups } = await call<{
    readonly SecurityGroups: readonly { readonly GroupId: string; readonly VpcId: string }[];
  }>(stage, place, 'ec2', 'DescribeSecurityGroups', {});
  const group = SecurityGroups.find((each) => each.VpcId === VpcId);
  if (!group) throw new Error(`VPC ${VpcId} has no default group`);
  return { ...place, kind: 'security-group', id: group.GroupId };
}
