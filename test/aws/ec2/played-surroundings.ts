import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingClient } from '@aws-sdk/client-elastic-load-balancing';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SSMClient } from '@aws-sdk/client-ssm';
import { readSurroundings, type Readers } from '../../../src/aws/ec2/read-surroundings';
import type { Context } from '../../../src/core/context/context';
import { toContext } from '../../../src/core/context/to-context';
import { planClosing } from '../../../src/core/planning/plan-closing';
import { decideByPolicy, type PolicyDecision } from '../../../src/core/policy/decide-by-policy';
import type { PolicyConditions } from '../../../src/core/policy/policy-entry';
import type { Resource } from '../../../src/core/resource';
import { success } from '../../../src/core/result';
import { TARGET } from '../../flow/fixtures';

/** What AWS answers to every read around a target, and everything that may go wrong with one. */

export const RESOURCE: Resource = {
  ...{ kind: 'security-group', id: TARGET.id, name: 'web', vpcId: 'vpc-1', tags: [], prefixLists: {} },
  rules: [
    {
      ...{ SecurityGroupRuleId: 'sgr-1', IsEgress: false, IpProtocol: 'tcp', FromPort: 22, ToPort: 22 },
      CidrIpv4: '0.0.0.0/0',
    },
  ],
};
export const PLAN = planClosing({
  resource: RESOURCE,
  controls: [{ id: 'EC2.13', parameters: [] }],
  policy: { strategy: 'close', publicPorts: { tcp: [], udp: [] }, ruleQuota: 60 },
  account: TARGET.account,
});

const OPENING = {
  eventVersion: '1.08',
  eventID: 'e-1',
  eventName: 'AuthorizeSecurityGroupIngress',
  eventSource: 'ec2.amazonaws.com',
  eventTime: '2026-11-20T10:00:00Z',
  awsRegion: TARGET.region,
  recipientAccountId: TARGET.account,
  sourceIPAddress: '203.0.113.9',
  userAgent: 'aws-cli/2.15.30',
  userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${TARGET.account}:user/ada`, accountId: TARGET.account },
  requestParameters: { groupId: TARGET.id },
  responseElements: {
    _return: true,
    securityGroupRuleSet: {
      items: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, securityGroupRuleId: 'sgr-1', cidrIpv4: '0.0.0.0/0' }],
    },
  },
};

const ALLOW_ALL = { Protocol: '-1', RuleAction: 'allow', CidrBlock: '0.0.0.0/0', RuleNumber: 100 };
/** A public instance without an agent, in a subnet that Block Public Access leaves alone: all reads say something. */
const HEALTHY: Readonly<Record<string, object>> = {
  DescribeNetworkInterfacesCommand: {
    NetworkInterfaces: [
      {
        ...{ NetworkInterfaceId: 'eni-1', VpcId: 'vpc-1', SubnetId: 'subnet-1', OwnerId: TARGET.account },
        Attachment: { InstanceId: 'i-1' },
        Association: { PublicIp: '18.0.0.7' },
        PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.7' }],
      },
    ],
  },
  DescribeInstancesCommand: {
    Reservations: [
      {
        Instances: [
          { InstanceId: 'i-1', State: { Name: 'running' }, Tags: [{ Key: 'environment', Value: 'production' }] },
        ],
      },
    ],
  },
  DescribeSecurityGroupVpcAssociationsCommand: { SecurityGroupVpcAssociations: [] },
  DescribeRouteTablesCommand: {
    RouteTables: [
      {
        ...{ RouteTableId: 'rtb-1', VpcId: 'vpc-1', Associations: [{ Main: true }] },
        Routes: [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State: 'active' }],
      },
    ],
  },
  DescribeNetworkAclsCommand: {
    NetworkAcls: [
      {
        ...{ NetworkAclId: 'acl-1', Associations: [{ SubnetId: 'subnet-1' }] },
        Entries: [
          { ...ALLOW_ALL, Egress: false },
          { ...ALLOW_ALL, Egress: true },
        ],
      },
    ],
  },
  DescribeVpcBlockPublicAccessOptionsCommand: {
    VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'block-ingress', State: 'update-complete' },
  },
  DescribeVpcBlockPublicAccessExclusionsCommand: {
    VpcBlockPublicAccessExclusions: [
      {
        ...{ InternetGatewayExclusionMode: 'allow-bidirectional', State: 'create-complete' },
        ResourceArn: `arn:aws:ec2:${TARGET.region}:${TARGET.account}:subnet/subnet-1`,
      },
    ],
  },
  DescribeInstanceInformationCommand: { InstanceInformationList: [] },
  LookupEventsCommand: { Events: [{ CloudTrailEvent: JSON.stringify(OPENING) }] },
  DescribeAccountCommand: { Account: { Name: 'shop', Paths: [`o-abc123/r-ab12/ou-ab12-cdef3456/${TARGET.account}/`] } },
};

export type Input = Readonly<Record<string, unknown>>;
type Failing = (input: Input) => Promise<object>;
export type Answers = Readonly<Record<string, Failing>>;

export function refuse(name: string, message: string, over: object = {}): () => Promise<never> {
  return () => Promise.reject(Object.assign(new Error(message), { name, $metadata: {} }, over));
}

interface Failure {
  readonly answer: Failing;
  /** Of the reason. */
  readonly says: RegExp;
}

export const FAILURES: Readonly<Record<string, Failure>> = {
  'denied, in words without the permission': {
    answer: refuse('UnauthorizedOperation', 'You are not authorized to perform this operation.'),
    says: /: \w+:\w+: UnauthorizedOperation/,
  },
  throttled: { answer: refuse('RequestLimitExceeded', 'Request limit exceeded.'), says: /RequestLimitExceeded/ },
  'out of order': {
    answer: refuse('InternalError', 'An internal error has occurred', { $metadata: { httpStatusCode: 500 } }),
    says: /InternalError/,
  },
  slow: { answer: () => new Promise(() => undefined), says: /could not be read within 0\.05 seconds/ },
  'of a service that the Region does not have': {
    answer: refuse('Error', 'getaddrinfo ENOTFOUND ssm.xx-west-1.amazonaws.com', { code: 'ENOTFOUND' }),
    says: /\(the address does not exist: this Region may not have the service\)/,
  },
  'not known to the Region': {
    answer: refuse('UnknownOperationException', 'The requested operation is not supported'),
    says: /\(this Region does not have the call\)/,
  },
  'of a Region that the account has not switched on': {
    answer: refuse('OptInRequired', 'You are not subscribed to this service.'),
    says: /\(the account has not switched this Region or service on\)/,
  },
  'out of reach': {
    answer: refuse('Error', 'read ECONNRESET', { code: 'ECONNRESET' }),
    says: /ECONNRESET$/,
  },
  'answered with nothing': { answer: () => Promise.resolve({}), says: /./ },
};

/**
 * A client that answers so, by command.
 *
 * @param prefix of the commands of a client that has some of the same names as another
 */
export function clientThat<Client extends { send: unknown }>(client: Client, answers: Answers, prefix = ''): Client {
  client.send = (command: { readonly constructor: { readonly name: string }; readonly input: Input }) => {
    const name = `${prefix}${command.constructor.name}`;
    const answer = answers[name];
    if (answer !== undefined) return answer(command.input);
    const healthy = HEALTHY[name];
    return healthy === undefined ? Promise.reject(new Error(`${name} is not played`)) : Promise.resolve(healthy);
  };
  return client;
}

export async function readContext(answers: Answers = {}, readingSeconds = 0.05): Promise<Context> {
  const settings = { region: TARGET.region, credentials: { accessKeyId: 'x', secretAccessKey: 'x' } };
  const readers: Readers = {
    ec2: clientThat(new EC2Client(settings), answers),
    elb: clientThat(new ElasticLoadBalancingV2Client(settings), answers),
    classicElb: clientThat(new ElasticLoadBalancingClient(settings), answers, 'Classic'),
    ssm: clientThat(new SSMClient(settings), answers),
    cloudTrail: clientThat(new CloudTrailClient(settings), answers),
    organizations: clientThat(new OrganizationsClient(settings), answers),
    unitExists: () => Promise.resolve(success(true)),
  };
  const around = await readSurroundings(readers, TARGET, RESOURCE, PLAN, { units: [], readingSeconds });
  return toContext(TARGET, RESOURCE, PLAN, around);
}

/** For each fact conditions that hold of the healthy answers. */
export const CONDITIONS: Readonly<Partial<Record<keyof Context, PolicyConditions>>> = {
  attached: { attachedTo: ['instance'] },
  reachable: { reachable: ['yes'] },
  otherWayIn: { otherWayIn: ['no'] },
  openedBy: { openedBy: ['cli'] },
  managedBy: { managedBy: ['none-seen'] },
  owner: { environments: ['production'] },
  account: { organizationalUnits: ['ou-ab12-cdef3456'] },
};

export function modeOf(context: Context, fact: keyof Context): PolicyDecision {
  const facts = { control: 'EC2.13', account: TARGET.account, region: TARGET.region, severity: 'HIGH', tags: [] };
  return decideByPolicy({ ...facts, context }, [{ when: CONDITIONS[fact] ?? {}, do: 'auto' }]);
}

export const unknownIn = (context: Context): string[] =>
  Object.entries(context).flatMap(([name, fact]) =>
    (fact as { known: boolean }).known || name === 'used' ? [] : name,
  );
