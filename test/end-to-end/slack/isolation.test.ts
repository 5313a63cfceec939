import { DescribeNetworkInterfacesCommand, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { deployWithSlack, IN_GROUP, STRANGER, VIRGINIA, type InSlack } from './in-slack';

let portcullis: InSlack;
beforeAll(async () => {
  portcullis = await deployWithSlack({ configurationFile: 'test/end-to-end/slack/isolation.yaml' });
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

const ec2 = () => portcullis.clients.ec2(VIRGINIA);

async function groupsOf(id: string): Promise<readonly (string | undefined)[]> {
  const Filters = [{ Name: 'attachment.instance-id', Values: [id] }];
  const { NetworkInterfaces = [] } = await ec2().send(new DescribeNetworkInterfacesCommand({ Filters }));
  return NetworkInterfaces.flatMap(({ Groups = [] }) => Groups.map(({ GroupId }) => GroupId));
}

/** An instance that GuardDuty has found something on. */
async function machine() {
  const { Instances = [] } = await ec2().send(
    new RunInstancesCommand({ ImageId: 'ami-0123456789abcdef0', MinCount: 1, MaxCount: 1 }),
  );
  const id = Instances[0]?.InstanceId ?? '';
  const { account, region } = VIRGINIA;
  const arn = `arn:aws:ec2:${region}:${account}:instance/${id}`;
  const findingId = await portcullis.importFinding({ ...VIRGINIA, id, arn }, 'none', {
    Id: `arn:aws:guardduty:${region}:${account}:detector/d/finding/${id}`,
    ProductArn: `arn:aws:securityhub:${region}::product/aws/guardduty`,
    GeneratorId: 'arn:aws:guardduty',
    Types: ['TTPs/Command and Control/Backdoor:EC2-C&CActivity.B!DNS'],
    Resources: [{ Type: 'AwsEc2Instance', Id: arn, Region: region, Partition: 'aws' }],
    Compliance: undefined,
  } as never);
  return { ...VIRGINIA, id, arn, findingId };
}

test('Undo of an isolation gives the interface its groups back, once, and the message says who asked', async () => {
  const instance = await machine();
  const { id, findingId } = instance;
  const before = await groupsOf(id);
  await portcullis.choose('Isolate', findingId);
  await portcullis.settle();
  const isolated = await groupsOf(id);
  expect(isolated).not.toEqual(before);
  const message = await portcullis.messageAbout(id);
  expect(message.body).toContain('Every interface gets back the groups that it had');

  await portcullis.click({ user: STRANGER, button: 'Undo', message });
  expect((await portcullis.ephemeralReplies()).at(-1)).toMatch(/^slack:U0999ZZZZ may not undo rem-/);
  await portcullis.settle();
  expect(await groupsOf(id)).toEqual(isolated);

  await portcullis.click({ user: IN_GROUP, button: 'Undo', message });
  expect(await portcullis.textOf(id)).toMatch(new RegExp(`<@${IN_GROUP}> asked at \\S+ to end the isolation rem-`));
  await portcullis.settle();
  expect(await groupsOf(id)).toEqual(before);
  const undone = (await portcullis.domainEventsAbout(instance)).at(-1);
  expect(undone).toMatchObject({
    'detail-type': 'Isolation Undone',
    detail: { outcome: 'undone', decidedBy: `Undo in Slack by slack:${IN_GROUP}` },
  });
  await portcullis.click({ user: IN_GROUP, button: 'Undo', message });
  expect((await portcullis.ephemeralReplies()).at(-1)).toMatch(/is undone already, by rem-/);
});
