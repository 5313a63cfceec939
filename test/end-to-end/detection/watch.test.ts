import { AuthorizeSecurityGroupIngressCommand, DeleteSecurityGroupCommand } from '@aws-sdk/client-ec2';
import { BatchUpdateFindingsCommand, type AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { ANYWHERE, deploy, HUB, MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';

const virginia = { account: MEMBER, region: 'us-east-1' };
const ROOT = `arn:aws:iam::${MEMBER}:root`;
const HOUR_MILLIS = 3_600_000;

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping', configurationFile: 'test/end-to-end/detection/watch.yaml' });
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

async function later(millis: number): Promise<void> {
  await portcullis.clock.advance(millis);
  await portcullis.settle();
}

/** By hand, a moment after whatever was before. No rule of EventBridge hears of it. */
async function open(group: Group, port: number): Promise<void> {
  await later(60_000);
  const IpPermissions = [tcp(port, port, ANYWHERE)];
  const call = new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions });
  await portcullis.clients.ec2(virginia).send(call);
  await portcullis.settle();
}

const AUTHORIZED = [{ Name: 'authorizedTcpPorts', Value: ['443', '9443'] }];

async function closed(
  port: number,
  control: string,
  changes: Partial<AwsSecurityFinding> = {},
): Promise<{ readonly group: Group; readonly id: string }> {
  const group = await portcullis.openGroup(virginia, [tcp(port, port, ANYWHERE)]);
  const id = await portcullis.importFinding(group, control, changes);
  await portcullis.settle();
  if (control !== 'EC2.13') await portcullis.press(id);
  await portcullis.settle();
  expect(await workflowOf(id)).toBe('RESOLVED');
  return { group, id };
}

const workflowOf = async (id: string) => (await portcullis.findingOf(id)).Workflow?.Status;
const ownFinding = (group: Group, control: string): Promise<AwsSecurityFinding> =>
  portcullis.findingOf(`Portcullis/${control}/${group.arn}`);
const openPorts = async (group: Group) => (await portcullis.ingressOf(group)).map(({ FromPort }) => FromPort);

async function reopenings(group: Group) {
  const events = await portcullis.domainEventsAbout(group);
  return events.flatMap((event) => (event['detail-type'] === 'Ingress Reopened' ? event.detail : []));
}

test('what is opened again without any event is NEW an hour after the closing, with who did it', async () => {
  const { group, id } = await closed(3389, 'EC2.14');
  await open(group, 3389);
  await later(HOUR_MILLIS / 2);
  expect(await workflowOf(id)).toBe('RESOLVED');

  await later(HOUR_MILLIS / 2);
  const finding = await portcullis.findingOf(id);
  expect(finding.Workflow?.Status).toBe('NEW');
  expect(finding.Note?.Text).toContain(`Opened again after Portcullis had closed it. Opened by ${ROOT} from 127.0.0.1`);
  const notified = { reopenedBy: ROOT, call: 'AuthorizeSecurityGroupIngress', controls: ['EC2.14'], times: 1 };
  expect(await reopenings(group)).toEqual([expect.objectContaining(notified)]);
  expect((await ownFinding(group, 'EC2.14')).Workflow?.Status).toBe('NEW');
  // It is not automatic.
  expect(await openPorts(group)).toEqual([3389]);

  // It is NEW already: the next read notifies nobody again.
  await later(24 * HOUR_MILLIS);
  expect(await reopenings(group)).toHaveLength(1);
});

test('what is automatic is closed again, and after three closings in 24 hours a person is asked', async () => {
  const { group, id } = await closed(22, 'EC2.13');
  for (const times of [1, 2]) {
    await open(group, 22);
    await later(HOUR_MILLIS);
    expect(await openPorts(group)).toEqual([]);
    expect(await reopenings(group)).toHaveLength(times);
    expect(await workflowOf(id)).toBe('RESOLVED');
  }
  await open(group, 22);
  await later(HOUR_MILLIS);
  expect(await openPorts(group)).toEqual([22]);
  const finding = await portcullis.findingOf(id);
  expect(finding.Workflow?.Status).toBe('NOTIFIED');
  expect(finding.Note?.Text).toContain(
    `closed 3 times within 24 hours, and opened again each time, by ${ROOT} (3 times)`,
  );
  expect((await reopenings(group)).at(-1)).toMatchObject({ times: 3, asked: expect.stringContaining(ROOT) as unknown });
});

test('EC2.18 opened again is NEW, with a finding of ours by the same parameters', async () => {
  const Compliance = {
    Status: 'FAILED' as const,
    SecurityControlId: 'EC2.18',
    SecurityControlParameters: AUTHORIZED,
  };
  const { group, id } = await closed(8080, 'EC2.18', { Compliance });
  await open(group, 8080);
  await later(HOUR_MILLIS);
  expect(await workflowOf(id)).toBe('NEW');
  expect(await reopenings(group)).toEqual([expect.objectContaining({ controls: ['EC2.18'] })]);
  const own = await ownFinding(group, 'EC2.18');
  expect(JSON.parse(own.ProductFields?.['portcullis/Parameters'] ?? '')).toEqual(AUTHORIZED);
  expect(own.Workflow?.Status).toBe('NEW');
});

test('the last of its times is a look as well', async () => {
  const { group, id } = await closed(3389, 'EC2.14');
  await later(2 * HOUR_MILLIS);
  await open(group, 3389);
  await later(HOUR_MILLIS);
  expect(await workflowOf(id)).toBe('RESOLVED');
  await later(21 * HOUR_MILLIS);
  expect(await workflowOf(id)).toBe('NEW');
});

test('what stays closed, and what is gone, is left in peace', async () => {
  const [still, gone] = [await closed(3389, 'EC2.14'), await closed(3389, 'EC2.14')];
  await portcullis.clients.ec2(virginia).send(new DeleteSecurityGroupCommand({ GroupId: gone.group.id }));
  await later(25 * HOUR_MILLIS);
  for (const { group, id } of [still, gone]) {
    expect(await workflowOf(id)).toBe('RESOLVED');
    expect(await reopenings(group)).toEqual([]);
  }
  expect(await portcullis.deadLetters()).toEqual([]);
});

test('what a person has RESOLVED over an open port stays so', async () => {
  const { group, id } = await closed(3389, 'EC2.14');
  await open(group, 3389);
  const { ProductArn } = await portcullis.findingOf(id);
  const update = {
    FindingIdentifiers: [{ Id: id, ProductArn }],
    Workflow: { Status: 'RESOLVED' as const },
    Note: { Text: 'It is a honeypot.', UpdatedBy: 'alice' },
    UserDefinedFields: { PortcullisOutcome: 'none' },
  };
  await portcullis.clients.securityHub(portcullis.hub).send(new BatchUpdateFindingsCommand(update));
  await later(25 * HOUR_MILLIS);
  expect(await workflowOf(id)).toBe('RESOLVED');
  expect(await reopenings(group)).toEqual([]);
});

test('what a person has suppressed on another finding about it is not opened anew by ours', async () => {
  const control = 'EC2.14';
  const group = await portcullis.openGroup(virginia, [tcp(3389, 3389, ANYWHERE)]);
  const own = `Portcullis/${control}/${group.arn}`;
  await portcullis.importFinding(group, control, { Id: own });
  const passes = { Compliance: { Status: 'PASSED', SecurityControlId: control } } as const;
  const id = await portcullis.importFinding(group, control, passes);
  await portcullis.settle();
  await portcullis.press(own);
  await portcullis.settle();
  expect(await workflowOf(own)).toBe('RESOLVED');
  const { ProductArn } = await portcullis.findingOf(id);
  const update = { FindingIdentifiers: [{ Id: id, ProductArn }], Workflow: { Status: 'SUPPRESSED' as const } };
  await portcullis.clients.securityHub(portcullis.hub).send(new BatchUpdateFindingsCommand(update));
  await open(group, 3389);
  await later(25 * HOUR_MILLIS);
  expect(await workflowOf(own)).toBe('RESOLVED');
  expect(await reopenings(group)).toEqual([]);
});

test.each([
  ['555555555555/us-east-1/security-group/sg-0123456789abcdef0', 0],
  ['222222222222/ap-south-1/security-group/sg-0123456789abcdef0', 1],
  ['nonsense', 1],
])('a forged look at %s reads nothing there', async (id, dead) => {
  const QueueUrl = `${portcullis.endpoint}/${HUB}/Portcullis-Changes`;
  const before = (await portcullis.messages()).filter(({ queue }) => queue.endsWith(':Portcullis-ChangesDeadLetters'));
  const MessageBody = JSON.stringify({ kind: 'due', what: 'watch', id });
  await portcullis.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  await portcullis.settle();
  const after = (await portcullis.messages()).filter(({ queue }) => queue.endsWith(':Portcullis-ChangesDeadLetters'));
  expect(after).toHaveLength(before.length + dead);
});
