import { randomUUID } from 'node:crypto';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { ANYWHERE, deploy, HUB, MEMBER, tcp, type Deployed, type Located } from '../deployed-portcullis';
import { withShortPauses } from '../edited-settings';

const virginia = { account: MEMBER, region: 'us-east-1' };

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({
    clockMode: 'skipping',
    configurationFile: 'test/end-to-end/detection/detection.yaml',
    edit: withShortPauses,
  });
  await portcullis.subscribe();
});
afterEach(() => portcullis.behave());
afterAll(() => portcullis.stop());

async function closings(group: Located): Promise<number> {
  const events = await portcullis.domainEventsAbout(group);
  return events.filter((event) => event['detail-type'] === 'Ingress Closed').length;
}

async function deadChanges(): Promise<number> {
  const messages = await portcullis.messages();
  return messages.filter(({ queue }) => queue.endsWith(':Portcullis-ChangesDeadLetters')).length;
}

test.each([
  ['EC2 throttles', { service: 'ec2', operation: 'DescribeSecurityGroupRules', kind: 'throttle' }],
  ['the role cannot be taken on for a moment', { service: 'sts', operation: 'AssumeRole', kind: 'internal-error' }],
  ['Security Hub cannot be read', { service: 'securityhub', operation: 'GetFindings', kind: 'throttle' }],
  [
    'Security Hub takes no finding',
    { service: 'securityhub', operation: 'BatchImportFindings', kind: 'internal-error' },
  ],
  [
    'the answer to an import is lost',
    { service: 'securityhub', operation: 'BatchImportFindings', kind: 'lost-response' },
  ],
] as const)('%s: the change comes again, and the group is closed once', async (_, fault) => {
  // As often as the SDK tries by itself, so that the message fails.
  await portcullis.misbehave({ ...fault, times: 3 });
  const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
  await portcullis.settle();
  expect(await portcullis.ingressOf(group)).toEqual([]);
  expect((await portcullis.findingOf(`Portcullis/EC2.13/${group.arn}`)).Workflow?.Status).toBe('RESOLVED');
  expect(await closings(group)).toBe(1);
  expect(await deadChanges()).toBe(0);
});

test('an event that comes twice, and once more when all is closed, opens and closes nothing a second time', async () => {
  const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
  const at = new Date(portcullis.clock.now()).toISOString().replace(/\.\d{3}Z$/, 'Z');
  const body = JSON.stringify({
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.ec2',
    account: MEMBER,
    region: virginia.region,
    detail: {
      eventSource: 'ec2.amazonaws.com',
      eventName: 'AuthorizeSecurityGroupIngress',
      eventID: randomUUID(),
      eventTime: at,
      userIdentity: { arn: `arn:aws:iam::${MEMBER}:user/kim` },
      requestParameters: { groupId: group.id, ipPermissions: {} },
    },
  });
  const QueueUrl = `${portcullis.endpoint}/${HUB}/Portcullis-Changes`;
  const send = () => portcullis.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
  await send();
  await send();
  await portcullis.settle();
  const closed = await closings(group);
  await send();
  await portcullis.settle();
  expect(await portcullis.ingressOf(group)).toEqual([]);
  expect([closed, await closings(group)]).toEqual([1, 1]);
  expect(await deadChanges()).toBe(0);
});
