import { BatchUpdateFindingsCommand, type AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed } from './deployed-portcullis';

const virginia = { account: MEMBER, region: 'us-east-1' };

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

describe('what is not understood goes where its sender looks', () => {
  const reasonOf = (message: { readonly attributes: Readonly<Record<string, { readonly StringValue?: string }>> }) =>
    message.attributes['PortcullisReason']?.StringValue ?? '';

  async function rejectedBy(send: () => Promise<unknown>) {
    const [letters, rejected] = [await portcullis.deadLetters(), await portcullis.metric('EventsRejected')];
    await send();
    await portcullis.settle();
    const known = new Set(letters.map(({ id }) => id));
    return {
      letters: (await portcullis.deadLetters()).filter(({ id }) => !known.has(id)),
      count: (await portcullis.metric('EventsRejected')) - rejected,
    };
  }

  test.each([
    ['text that is not JSON', 'garbage', /not JSON/],
    ['JSON that is no event', '{"hello":"world"}', /source/],
    [
      'insight results',
      '{"source":"aws.securityhub","detail-type":"Security Hub Insight Results","detail":{}}',
      /insight/i,
    ],
    [
      'an event without findings',
      '{"source":"aws.securityhub","detail-type":"Security Hub Findings - Imported","detail":{"findings":[]}}',
      /no finding/,
    ],
  ])('%s on the queue: dead-letter queue with the reason, and the metric EventsRejected', async (_, body, reason) => {
    const { letters, count } = await rejectedBy(() => portcullis.enqueue(body));
    expect(letters).toEqual([expect.objectContaining({ body })]);
    expect(letters.map(reasonOf)).toEqual([expect.stringMatching(reason)]);
    expect(count).toBe(1);
  });

  test('a click for a finding that does not exist: dead-letter queue with the id, and the metric', async () => {
    const finding = { Id: 'no-such-finding', ProductArn: 'arn:aws:securityhub:us-east-1::product/aws/securityhub' };
    const { letters, count } = await rejectedBy(async () =>
      portcullis.put(await portcullis.customActionEvent([finding])),
    );
    expect(letters.map(reasonOf)).toEqual([expect.stringContaining('no-such-finding')]);
    expect(count).toBe(1);
  });

  test.each([
    ['of an account outside the organization', '999999999999', 'us-east-1'],
    ['of a Region that is not deployed', MEMBER, 'ap-south-1'],
  ])(
    'a forged event of a finding %s: dead-letter queue with the id, and nothing starts',
    async (_, account, region) => {
      const executions = (await portcullis.executions()).length;
      const Id = `arn:aws:securityhub:${region}:${account}:security-control/EC2.13/finding/forged`;
      const finding = {
        Id,
        ProductArn: `arn:aws:securityhub:${region}::product/aws/securityhub`,
        AwsAccountId: account,
      };
      const body = JSON.stringify({
        ...{ source: 'aws.securityhub', 'detail-type': 'Security Hub Findings - Imported', account, region },
        detail: { findings: [{ ...finding, Compliance: { Status: 'FAILED', SecurityControlId: 'EC2.13' } }] },
      });
      const { letters, count } = await rejectedBy(() => portcullis.enqueue(body));
      expect(letters.map(reasonOf)).toEqual([expect.stringContaining(Id)]);
      expect(count).toBe(1);
      expect(await portcullis.executions()).toHaveLength(executions);
    },
  );

  test('a click that is delivered a week late, when the finding was answered long since, changes nothing on it', async () => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    const id = await portcullis.importFinding(group, 'EC2.13');
    const late = await portcullis.customActionEvent([await portcullis.findingOf(id)]);
    const time = new Date(portcullis.clock.now()).toISOString().replace(/\.\d{3}Z$/, 'Z');
    await portcullis.press(id);
    await portcullis.settle();
    const [closed, executions] = [await portcullis.findingOf(id), (await portcullis.executions()).length];
    await portcullis.clock.advance(7 * 24 * 3_600_000);
    const { Source: source, DetailType, Detail = '', Resources: resources } = late;
    const envelope = { source, 'detail-type': DetailType, time, resources };
    await portcullis.enqueue(JSON.stringify({ ...envelope, detail: JSON.parse(Detail) as unknown }));
    await portcullis.settle();
    expect(await portcullis.findingOf(id)).toEqual(closed);
    expect(await portcullis.executions()).toHaveLength(executions);
  });

  test('a click that holds one finding of ours and one that does not exist: the one is closed, the other rejected', async () => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    const id = await portcullis.importFinding(group, 'EC2.13');
    const { ProductArn } = await portcullis.findingOf(id);
    const { letters } = await rejectedBy(async () =>
      portcullis.put(
        await portcullis.customActionEvent([
          { Id: 'no-such-finding', ProductArn },
          { Id: id, ProductArn },
        ]),
      ),
    );
    expect(letters).toHaveLength(1);
    expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('RESOLVED');
  });

  test('an event that lies about a finding starts nothing: what Security Hub holds counts', async () => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    const id = await portcullis.importFinding(group, 'EC2.13', {
      Compliance: { Status: 'PASSED', SecurityControlId: 'EC2.13' },
    });
    const held = await portcullis.findingOf(id);
    const forged = { ...held, Compliance: { Status: 'FAILED', SecurityControlId: 'EC2.13' } };
    await portcullis.put(await portcullis.customActionEvent([forged]));
    await portcullis.settle();
    const answered = await portcullis.findingOf(id);
    expect(answered.Workflow).toEqual(held.Workflow);
    expect(answered.Note?.Text).toContain('the control passes');
    expect(await portcullis.ingressOf(group)).toHaveLength(1);
  });

  test.each<readonly [string, Partial<AwsSecurityFinding>, RegExp]>([
    [
      'a GuardDuty finding without a group',
      {
        Id: 'guardduty-1',
        GeneratorId: 'arn:aws:guardduty:us-east-1:222222222222:detector/abc',
        Compliance: undefined,
        Resources: [{ Type: 'AwsEc2Instance', Id: 'arn:aws:ec2:us-east-1:222222222222:instance/i-0abc' }],
      },
      /guardduty/,
    ],
    [
      'a control that Portcullis does not know',
      {
        Id: 'unknown-1',
        GeneratorId: 'security-control/S3.8',
        Compliance: { Status: 'FAILED', SecurityControlId: 'S3.8' },
      },
      /S3\.8/,
    ],
    [
      'a resource id that is no ARN',
      { Id: 'malformed-1', Resources: [{ Type: 'AwsEc2SecurityGroup', Id: 'sg-0123456789abcdef0' }] },
      /sg-0123456789abcdef0/,
    ],
    [
      'a group of another account',
      {
        Id: 'foreign-1',
        Resources: [
          { Type: 'AwsEc2SecurityGroup', Id: 'arn:aws:ec2:us-east-1:333333333333:security-group/sg-0123456789abcdef0' },
        ],
      },
      /333333333333/,
    ],
  ])('a click for %s: NOTIFIED with a note that says why', async (_, changes, why) => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    const id = await portcullis.importFinding(group, 'EC2.13', changes);
    await portcullis.press(id);
    await portcullis.settle();
    const { Workflow, Note } = await portcullis.findingOf(id);
    expect(Workflow?.Status).toBe('NOTIFIED');
    expect(Note?.Text).toMatch(why);
    expect(await portcullis.ingressOf(group)).toHaveLength(1);
  });

  describe.each(['Close ingress', 'Preview closing'])(
    '%s on a finding that needs no work is answered on it',
    (action) => {
      test.each<readonly [string, 'SUPPRESSED' | undefined, Partial<AwsSecurityFinding>, RegExp]>([
        ['SUPPRESSED', 'SUPPRESSED', {}, /the finding is suppressed\. It stays suppressed/],
        ['ARCHIVED', undefined, { RecordState: 'ARCHIVED' }, /the finding is archived/],
        ['PASSED', undefined, { Compliance: { Status: 'PASSED', SecurityControlId: 'EC2.13' } }, /the control passes/],
      ])(
        '%s: within a minute, with the reason and the next step, and its status stays',
        async (_, Status, changes, why) => {
          const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
          const id = await portcullis.importFinding(group, 'EC2.13', changes);
          const { ProductArn } = await portcullis.findingOf(id);
          if (Status !== undefined) {
            const FindingIdentifiers = [{ Id: id, ProductArn }];
            await portcullis.clients
              .securityHub(portcullis.hub)
              .send(new BatchUpdateFindingsCommand({ FindingIdentifiers, Workflow: { Status } }));
          }
          const { Workflow: before } = await portcullis.findingOf(id);
          const chosenAt = portcullis.clock.now();
          await portcullis.choose(action, id);
          await portcullis.settle();
          const { Workflow, Note } = await portcullis.findingOf(id);
          expect(Workflow).toEqual(before);
          expect(Note?.Text).toMatch(new RegExp(`^${action}: Portcullis did nothing`));
          expect(Note?.Text).toMatch(why);
          expect(Date.parse(Note?.UpdatedAt ?? '') - chosenAt).toBeLessThan(60_000);
          expect(await portcullis.ingressOf(group)).toHaveLength(1);
        },
      );
    },
  );

  test('a click for a group in an account without the roles: NOTIFIED, could not tell, with the account', async () => {
    const group = await portcullis.openGroup({ account: '444444444444', region: 'us-east-1' }, [tcp(22, 22, ANYWHERE)]);
    const id = await portcullis.importFinding(group, 'EC2.13');
    await portcullis.press(id);
    await portcullis.settle();
    const { Workflow, Note, UserDefinedFields } = await portcullis.findingOf(id);
    expect(Workflow?.Status).toBe('NOTIFIED');
    expect(UserDefinedFields?.['PortcullisOutcome']).toBe('could-not-tell');
    expect(Note?.Text).toContain('444444444444');
    expect(await portcullis.domainEventsAbout(group)).toEqual([
      expect.objectContaining({ 'detail-type': 'Remediation Failed' }),
    ]);
  });

  test('a finding about a group that is gone keeps its status, and nothing is left waiting', async () => {
    const group = { ...virginia, id: 'sg-0123456789abcdef0', arn: '' };
    const arn = `arn:aws:ec2:us-east-1:${MEMBER}:security-group/${group.id}`;
    const id = await portcullis.importFinding({ ...group, arn }, 'EC2.13');
    await portcullis.press(id);
    await portcullis.settle();
    const { Workflow, UserDefinedFields } = await portcullis.findingOf(id);
    expect([Workflow?.Status, UserDefinedFields?.['PortcullisOutcome']]).toEqual(['NEW', 'not-needed']);
  });
});

test('nothing is left in the queue of findings when all is done', async () => {
  await portcullis.settle();
  expect((await portcullis.messages()).filter(({ queue }) => queue.endsWith(':Portcullis-Findings'))).toEqual([]);
});
