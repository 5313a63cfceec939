import { randomUUID } from 'node:crypto';
import { AuthorizeSecurityGroupIngressCommand, CreateSecurityGroupCommand } from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { OrganizationsClient, RemoveAccountFromOrganizationCommand } from '@aws-sdk/client-organizations';
import { GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetFindingsCommand } from '@aws-sdk/client-securityhub';
import { ANYWHERE, deploy, MEMBER, OTHER_MEMBER, tcp, type Deployed } from '../deployed-portcullis';

const frankfurt = { account: MEMBER, region: 'eu-central-1' };
const DAY_MILLIS = 24 * 3_600_000;

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping', configurationFile: 'test/end-to-end/detection/detection.yaml' });
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

interface Forged {
  readonly envelope?: object;
  readonly detail?: object;
}

/** An event as CloudTrail's, about a group that is made up unless said otherwise. */
function event({ envelope, detail }: Forged): string {
  return JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.ec2',
    account: MEMBER,
    time: now(),
    region: 'eu-central-1',
    resources: [],
    ...envelope,
    detail: {
      eventSource: 'ec2.amazonaws.com',
      eventName: 'AuthorizeSecurityGroupIngress',
      eventID: randomUUID(),
      eventTime: now(),
      awsRegion: 'eu-central-1',
      recipientAccountId: MEMBER,
      sourceIPAddress: '198.51.100.7',
      userAgent: 'console.amazonaws.com',
      userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${MEMBER}:user/somebody` },
      requestParameters: { groupId: 'sg-0123456789abcdef0' },
      ...detail,
    },
  });
}

function now(agoMillis = 0): string {
  return new Date(portcullis.clock.now() - agoMillis).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

async function urlOf(QueueName: string): Promise<string> {
  return (await portcullis.clients.sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? '';
}

/** Straight into the queue, as only somebody in the hub account could. */
async function forge(body: string): Promise<void> {
  const QueueUrl = await urlOf('Portcullis-Changes');
  await portcullis.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
  await portcullis.settle();
}

/** Reasons of the dead letters that hold a body. */
async function reasonsFor(body: string): Promise<readonly string[]> {
  const letters = (await portcullis.messages()).filter(({ queue }) => queue.endsWith(':Portcullis-ChangesDeadLetters'));
  return letters
    .filter((letter) => letter.body === body)
    .map(({ attributes }) => attributes['PortcullisReason']?.StringValue ?? '');
}

async function findingsInAll(): Promise<number> {
  const { Findings = [] } = await portcullis.clients
    .securityHub(portcullis.hub)
    .send(new GetFindingsCommand({ Filters: {} }));
  return Findings.length;
}

const FORGED: readonly (readonly [name: string, make: () => string, reason: string])[] = [
  ['is no JSON', () => 'garbage', 'The message is not JSON.'],
  ['is of another service', () => event({ envelope: { source: 'aws.s3' } }), 'is not aws.ec2'],
  [
    'is of one account and says that it is of another',
    () => event({ envelope: { account: OTHER_MEMBER } }),
    `The event is of account ${OTHER_MEMBER}, and says that it is of ${MEMBER}.`,
  ],
  [
    'is of a Region that is not deployed',
    () => event({ envelope: { region: 'ap-south-1' }, detail: { awsRegion: 'ap-south-1' } }),
    'which is not one of members.regions',
  ],
  [
    'has a shape never seen',
    () => event({ detail: { requestParameters: { groups: [{ name: 'web' }] } } }),
    'names no security group and no network ACL',
  ],
  [
    'is a week late',
    () => event({ detail: { eventTime: now(7 * DAY_MILLIS) } }),
    'longer ago than an event can be on its way',
  ],
  ['is still to come', () => event({ detail: { eventTime: now(-DAY_MILLIS) } }), 'which is still to come'],
  ['is about a call that opens nothing', () => event({ detail: { eventName: 'RunInstances' } }), 'is no call that can'],
  [
    'is of an account that is not in the organization',
    () => event({ envelope: { account: '999999999999' }, detail: { recipientAccountId: '999999999999' } }),
    'cannot be assumed in account 999999999999',
  ],
  [
    'is of an account that has no roles of ours, as one that has left with its stacks deleted',
    () => event({ envelope: { account: '444444444444' }, detail: { recipientAccountId: '444444444444' } }),
    'cannot be assumed in account 444444444444',
  ],
  [
    'has parameters that CloudTrail left out because they are too large',
    () => event({ detail: { requestParameters: { omitted: true, reason: 'requestParameters too large' } } }),
    'names no security group and no network ACL',
  ],
];

test.each(FORGED)('an event that %s is kept with the reason, and starts nothing', async (_, make, reason) => {
  const before = await findingsInAll();
  const body = make();
  await forge(body);
  expect(await reasonsFor(body)).toEqual([expect.stringContaining(reason)]);
  expect(await findingsInAll()).toBe(before);
});

test('an event that is rejected is counted, and so is one whose account lets nobody in', async () => {
  const rejected = await portcullis.metric('EventsRejected');
  const denied = await portcullis.metric('DetectionDenied');
  await forge('garbage again');
  await forge(event({ envelope: { account: '999999999998' }, detail: { recipientAccountId: '999999999998' } }));
  expect(await portcullis.metric('EventsRejected')).toBe(rejected + 1);
  expect(await portcullis.metric('DetectionDenied')).toBeGreaterThan(denied);
});

test.each([
  ['EC2 answers nobody', 'ec2', 'DescribeSecurityGroupRules'],
  ['Security Hub takes no findings, as where it is not enabled', 'securityhub', 'BatchImportFindings'],
] as const)(
  'an event of a Region where %s is kept with the reason, and an alarm can ring',
  async (_, service, operation) => {
    const group = await portcullis.openGroup(frankfurt, [tcp(22, 22, '10.0.0.0/8')]);
    await portcullis.settle();
    const [before, denied] = [await findingsInAll(), await portcullis.metric('DetectionDenied')];
    await portcullis.misbehave({ kind: 'deny', service, operation });
    const IpPermissions = [tcp(22, 22, ANYWHERE)];
    await portcullis.clients
      .ec2(frankfurt)
      .send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions }));
    await portcullis.settle();
    await portcullis.behave();
    const letters = (await portcullis.messages()).filter(({ body }) => body.includes(group.id));
    expect(letters).toEqual([
      expect.objectContaining({ queue: expect.stringMatching(/:Portcullis-ChangesDeadLetters$/) as string }),
    ]);
    expect(letters[0]?.attributes['PortcullisReason']?.StringValue).toMatch(
      /^Given up after 5 deliveries\. .*not authorized/,
    );
    expect(await portcullis.metric('DetectionDenied')).toBeGreaterThan(denied);
    expect(await findingsInAll()).toBe(before);
    expect(await portcullis.ingressOf(group)).toHaveLength(2);
  },
);

test('an event of a Region that the account has not enabled any more is kept, and says what to do', async () => {
  const denied = await portcullis.metric('DetectionDenied');
  const virginia = { envelope: { region: 'us-east-1' }, detail: { awsRegion: 'us-east-1' } };
  await portcullis.enableRegion(MEMBER, 'us-east-1', false);
  const body = event(virginia);
  await forge(body);
  await portcullis.enableRegion(MEMBER, 'us-east-1', true);
  expect(await reasonsFor(body)).toEqual([
    expect.stringMatching(
      /us-east-1 is not enabled in account \d+, .*aws account enable-region --region-name us-east-1/,
    ),
  ]);
  expect(await portcullis.metric('DetectionDenied')).toBeGreaterThan(denied);
});

test('a group of the default VPC that an event names by its name alone is read and closed', async () => {
  const ec2 = portcullis.clients.ec2(frankfurt);
  const GroupName = 'named-only';
  const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand({ GroupName, Description: 'by name' }));
  await portcullis.misbehave({ kind: 'deny', service: 'events', operation: 'PutEvents' });
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [tcp(22, 22, ANYWHERE)] }));
  await portcullis.settle();
  await portcullis.behave();
  const body = event({ detail: { requestParameters: { groupName: GroupName, ipPermissions: {} } } });
  await forge(body);
  expect(await reasonsFor(body)).toEqual([]);
  const arn = `arn:aws:ec2:eu-central-1:${MEMBER}:security-group/${GroupId}`;
  expect((await portcullis.findingOf(`Portcullis/EC2.13/${arn}`)).Workflow?.Status).toBe('RESOLVED');
});

test('a group that is not there is said in the log, and nothing is imported about it', async () => {
  const before = await findingsInAll();
  const body = event({});
  await forge(body);
  expect(await reasonsFor(body)).toEqual([]);
  expect(await findingsInAll()).toBe(before);
  const lines = await portcullis.ask<readonly object[]>('lambda/logs', { functionName: 'Portcullis-Detector' });
  expect(JSON.stringify(lines)).toContain('Changed target is gone');
});

test('a forged event about a group that is closed says nothing of it', async () => {
  const before = await findingsInAll();
  const group = await portcullis.openGroup(frankfurt, [tcp(22, 22, '10.0.0.0/8')]);
  await forge(event({ detail: { requestParameters: { groupId: group.id, cidrIp: ANYWHERE, fromPort: 22 } } }));
  expect(await findingsInAll()).toBe(before);
});

test('nobody puts events onto the bus but the forwarders: not even a role of a member that may put any', async () => {
  const { settings } = await portcullis.somebody(frankfurt, { actions: ['events:PutEvents'] });
  const events = new EventBridgeClient(settings);
  const EventBusName = `arn:aws:events:eu-central-1:111111111111:event-bus/portcullis-changes`;
  const sent = events.send(
    new PutEventsCommand({ Entries: [{ EventBusName, Source: 'mine', DetailType: 'mine', Detail: '{}' }] }),
  );
  await expect(sent).rejects.toThrow(/not authorized to perform: events:PutEvents/);
  events.destroy();
});

test('an event of an account that has left the organization with its stacks is kept with the reason', async () => {
  const { endpoint, hub } = portcullis;
  const credentials = { accessKeyId: hub.account, secretAccessKey: 'any' };
  const organizations = new OrganizationsClient({ endpoint, region: hub.region, credentials });
  const group = await portcullis.openGroup({ account: OTHER_MEMBER, region: 'us-east-1' }, [tcp(22, 22, '10.0.0.0/8')]);
  await portcullis.settle();
  await organizations.send(new RemoveAccountFromOrganizationCommand({ AccountId: OTHER_MEMBER }));
  organizations.destroy();
  // Sessions that there are hold to their end.
  await portcullis.clock.advance(20 * 60_000);
  const body = event({
    envelope: { account: OTHER_MEMBER, region: 'us-east-1' },
    detail: { recipientAccountId: OTHER_MEMBER, awsRegion: 'us-east-1', requestParameters: { groupId: group.id } },
  });
  const before = await findingsInAll();
  await forge(body);
  expect(await reasonsFor(body)).toEqual([expect.stringContaining(`cannot be assumed in account ${OTHER_MEMBER}`)]);
  expect(await findingsInAll()).toBe(before);
});
