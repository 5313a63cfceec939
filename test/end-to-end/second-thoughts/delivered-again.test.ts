import { BatchUpdateFindingsCommand } from '@aws-sdk/client-securityhub';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed } from '../deployed-portcullis';

const virginia = { account: MEMBER, region: 'us-east-1' };
const HOUR = 3_600_000;

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'manual' });
});
afterEach(() => portcullis.behave());
afterAll(() => portcullis.stop());

/** SQS does not learn that the next message was worked on, and delivers it once more. */
const deliverAgain = () =>
  portcullis.misbehave({ kind: 'internal-error', service: 'sqs', operation: 'DeleteMessageBatch', times: 1 });

describe('a message that SQS delivers again after all is done has no second effect', () => {
  test.each([
    ['Close ingress', []],
    ['Preview closing', []],
    ['Undo closing', ['Close ingress']],
  ] as const)('%s', async (action, earlier) => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    const id = await portcullis.importFinding(group, 'EC2.13');
    for (const each of earlier) {
      await portcullis.choose(each, id);
      await portcullis.clock.advance(HOUR);
    }
    const dispatched = await portcullis.invocationsOf('Portcullis-Dispatcher');
    const executed = (await portcullis.executions()).length;
    await deliverAgain();
    await portcullis.choose(action, id);
    await portcullis.clock.advance(60_000);
    const { Note, UserDefinedFields } = await portcullis.findingOf(id);
    const rules = await portcullis.ingressOf(group);

    await portcullis.clock.advance(HOUR);
    expect((await portcullis.invocationsOf('Portcullis-Dispatcher')) - dispatched).toBe(2);
    expect((await portcullis.executions()).length - executed).toBe(1);
    expect(await portcullis.findingOf(id)).toMatchObject({ Note, ...(UserDefinedFields ? { UserDefinedFields } : {}) });
    expect(await portcullis.ingressOf(group)).toEqual(rules);
  });
});

test('a finding that shows in the hub after its event is closed when its message comes again', async () => {
  const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
  const late = { Id: 'late', ProductArn: 'arn:aws:securityhub:us-east-1::product/aws/securityhub' };
  await portcullis.put(await portcullis.customActionEvent([late]));
  await portcullis.clock.advance(60_000);
  expect(await portcullis.deadLetters()).toEqual([]);

  await portcullis.importFinding(group, 'EC2.13', { Id: 'late' });
  await portcullis.clock.advance(HOUR);
  expect(await portcullis.ingressOf(group)).toEqual([]);
  expect((await portcullis.findingOf('late')).Workflow?.Status).toBe('RESOLVED');
  expect(await portcullis.deadLetters()).toEqual([]);
});

test('fields that others keep on the finding are there after closing and undo', async () => {
  const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  const { Id = '', ProductArn = '' } = await portcullis.findingOf(id);
  const team = { Team: 'payments', Ticket: 'NET-7' };
  await portcullis.clients
    .securityHub(portcullis.hub)
    .send(new BatchUpdateFindingsCommand({ FindingIdentifiers: [{ Id, ProductArn }], UserDefinedFields: team }));
  await portcullis.press(id);
  await portcullis.clock.advance(HOUR);
  expect((await portcullis.findingOf(id)).UserDefinedFields).toMatchObject({ ...team, PortcullisOutcome: 'closed' });
  await portcullis.choose('Undo closing', id);
  await portcullis.clock.advance(HOUR);
  expect((await portcullis.findingOf(id)).UserDefinedFields).toMatchObject({ ...team, PortcullisOutcome: 'undone' });
});

test.each(['internal-error', 'throttle', 'lost-response'] as const)(
  'EC2 answers the revoke itself with %s twice: it is tried again, and closed',
  async (kind) => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    const id = await portcullis.importFinding(group, 'EC2.13');
    await portcullis.misbehave({ kind, service: 'ec2', operation: 'RevokeSecurityGroupIngress', times: 2 });
    await portcullis.press(id);
    await portcullis.clock.advance(HOUR);
    expect(await portcullis.ingressOf(group)).toEqual([]);
    expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('RESOLVED');
  },
);
