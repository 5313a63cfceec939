import { CreateTagsCommand } from '@aws-sdk/client-ec2';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed } from '../deployed-portcullis';

const virginia = { account: MEMBER, region: 'us-east-1' };
const HOUR = 3_600_000;

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'manual' });
});
afterAll(() => portcullis.stop());

async function choose(action: string, ...ids: readonly string[]): Promise<void> {
  await portcullis.choose(action, ...ids);
  await portcullis.clock.advance(HOUR);
}

async function statusOf(id: string) {
  const { Workflow, UserDefinedFields, Note } = await portcullis.findingOf(id);
  return {
    workflow: Workflow?.Status,
    outcome: UserDefinedFields?.['PortcullisOutcome'],
    note: Note?.Text ?? '',
  };
}

test('Undo closing on a finding that was found closed already puts back what the closing before that took', async () => {
  const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  await choose('Close ingress', id);
  await choose('Close ingress', id);
  expect(await statusOf(id)).toMatchObject({ outcome: 'already-closed' });
  await choose('Undo closing', id);
  expect(await portcullis.ingressOf(group)).toMatchObject([{ FromPort: 22, CidrIpv4: ANYWHERE }]);
  expect(await statusOf(id)).toMatchObject({ workflow: 'NEW', outcome: 'undone' });
});

test('what was undone is not closed by a new finding of an automatic control, until a person closes it', async () => {
  const group = await portcullis.openGroup(virginia, [tcp(3389, 3389, ANYWHERE)]);
  const first = await portcullis.importFinding(group, 'EC2.19');
  await choose('Close ingress', first);
  await choose('Undo closing', first);
  expect(await portcullis.ingressOf(group)).toHaveLength(1);

  const automatic = await portcullis.importFinding(group, 'EC2.14');
  await portcullis.clock.advance(HOUR);
  expect(await portcullis.ingressOf(group)).toHaveLength(1);
  expect(await statusOf(automatic)).toMatchObject({ workflow: 'NOTIFIED', outcome: 'asked' });
  expect((await statusOf(automatic)).note).toMatch(/Undo rem-[0-9a-f]{16} gave tcp 3389 from 0\.0\.0\.0\/0 .* back on/);

  await choose('Close ingress', automatic);
  expect(await portcullis.ingressOf(group)).toEqual([]);
  expect(await statusOf(automatic)).toMatchObject({ workflow: 'RESOLVED', outcome: 'closed' });
});

test('a rule with 50 tags is closed and undone, and nothing of ours is left', async () => {
  const group = await portcullis.openGroup(virginia, [tcp(0, 65_535, ANYWHERE)]);
  const [rule] = await portcullis.ingressOf(group);
  const Tags = Array.from({ length: 50 }, (_, i) => ({ Key: `key-${String(i)}`, Value: 'of the owner' }));
  await portcullis.clients
    .ec2(group)
    .send(new CreateTagsCommand({ Resources: [rule?.SecurityGroupRuleId ?? ''], Tags }));
  const id = await portcullis.importFinding(group, 'EC2.13');
  await choose('Close ingress', id);
  expect((await portcullis.ingressOf(group)).map(({ FromPort }) => FromPort).sort()).toEqual([443, 80].sort());
  await choose('Undo closing', id);
  const after = await portcullis.ingressOf(group);
  expect(after).toMatchObject([{ FromPort: 0, ToPort: 65_535 }]);
  expect(after[0]?.Tags).toHaveLength(50);
  expect(await statusOf(id)).toMatchObject({ workflow: 'NEW', outcome: 'undone' });
});
