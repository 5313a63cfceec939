import { CreateTagsCommand } from '@aws-sdk/client-ec2';
import { join } from 'node:path';
import { ANYWHERE, deploy, MEMBER, OTHER_MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';

const frankfurt = { account: MEMBER, region: 'eu-central-1' };
const virginia = { account: MEMBER, region: 'us-east-1' };
const elsewhere = { account: OTHER_MEMBER, region: 'eu-central-1' };

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping', configurationFile: join(__dirname, 'policy.yaml') });
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

async function openTagged(place: typeof frankfurt, tags: Readonly<Record<string, string>>): Promise<Group> {
  const group = await portcullis.openGroup(place, [tcp(22, 22, ANYWHERE)]);
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  if (Tags.length > 0) await portcullis.clients.ec2(place).send(new CreateTagsCommand({ Resources: [group.id], Tags }));
  return group;
}

/** What somebody who looks from outside sees once the finding of the group has been worked on. */
async function seen(group: Group, findingId: string) {
  await portcullis.settle();
  const { Workflow, UserDefinedFields, Note } = await portcullis.findingOf(findingId);
  return {
    isOpen: (await portcullis.ingressOf(group)).length > 0,
    workflow: Workflow?.Status,
    outcome: UserDefinedFields?.['PortcullisOutcome'],
    decidedBy: UserDefinedFields?.['PortcullisDecidedBy'],
    note: Note?.Text ?? '',
    events: (await portcullis.domainEventsAbout(group)).map((event) => event['detail-type']),
  };
}

describe('entries of the policy decide about findings that nobody chose', () => {
  test.each([
    [
      'auto: closed',
      frankfurt,
      { environment: 'test' },
      false,
      'RESOLVED',
      'closed',
      'test closes itself',
      'Ingress Closed',
    ],
    [
      'ask: left to a person',
      frankfurt,
      { environment: 'production' },
      true,
      'NOTIFIED',
      'asked',
      'production asks',
      'Decision Needed',
    ],
    ['notify: left with a note', virginia, {}, true, 'NOTIFIED', 'notified', 'America is notified', 'Opening Noted'],
  ] as const)('%s', async (_, place, tags, isOpen, workflow, outcome, entry, event) => {
    const group = await openTagged(place, tags);
    const result = await seen(group, await portcullis.importFinding(group, 'EC2.13'));
    expect(result).toMatchObject({ isOpen, workflow, outcome, decidedBy: `policy entry "${entry}"`, events: [event] });
    expect(result.note).toContain(`policy entry "${entry}"`);
  });

  test('ignore: nothing is done, and nothing is written', async () => {
    const group = await openTagged(frankfurt, { environment: 'scratch' });
    const result = await seen(group, await portcullis.importFinding(group, 'EC2.13'));
    expect(result).toMatchObject({ isOpen: true, workflow: 'NEW', outcome: undefined, note: '', events: [] });
  });

  test('what no entry matches is left with a note', async () => {
    const group = await openTagged(elsewhere, { environment: 'test' });
    const result = await seen(group, await portcullis.importFinding(group, 'EC2.13'));
    expect(result).toMatchObject({
      isOpen: true,
      workflow: 'NOTIFIED',
      outcome: 'notified',
      decidedBy: 'no policy entry',
    });
    expect(result.note).toContain('Would be revoked: tcp 22 from 0.0.0.0/0');
  });

  test('a note that asks says what closing would change, and Close ingress closes it', async () => {
    const group = await openTagged(frankfurt, { environment: 'production' });
    const id = await portcullis.importFinding(group, 'EC2.13');
    expect((await seen(group, id)).note).toContain('Would be revoked: tcp 22 from 0.0.0.0/0');
    await portcullis.press(id);
    expect(await seen(group, id)).toMatchObject({
      isOpen: false,
      workflow: 'RESOLVED',
      decidedBy: 'custom action "Close ingress"',
    });
  });

  test('tags that cannot be read close nothing', async () => {
    const group = await openTagged(frankfurt, { environment: 'test' });
    await portcullis.misbehave({ kind: 'deny', service: 'ec2', operation: 'DescribeSecurityGroups' });
    const id = await portcullis.importFinding(group, 'EC2.13');
    await portcullis.settle();
    await portcullis.behave();
    expect(await seen(group, id)).toMatchObject({ isOpen: true, workflow: 'NOTIFIED', outcome: 'could-not-tell' });
  });
});

describe('a protection tag asks whoever wants the target closed', () => {
  test('also where an entry would have closed it', async () => {
    const group = await openTagged(frankfurt, { environment: 'test', 'portcullis:protect': 'vpn' });
    const result = await seen(group, await portcullis.importFinding(group, 'EC2.13'));
    expect(result).toMatchObject({ isOpen: true, outcome: 'asked', decidedBy: 'guard protectionTag' });
    expect(result.note).toContain('has the tag portcullis:protect');
  });

  test('a person is asked once, and closes it by choosing Close ingress again', async () => {
    const group = await openTagged(elsewhere, { 'portcullis:protect': '' });
    const id = await portcullis.importFinding(group, 'EC2.13', { Workflow: { Status: 'NOTIFIED' } });
    await portcullis.press(id);
    expect(await seen(group, id)).toMatchObject({ isOpen: true, workflow: 'NOTIFIED', outcome: 'asked' });
    await portcullis.press(id);
    expect(await seen(group, id)).toMatchObject({ isOpen: false, workflow: 'RESOLVED', outcome: 'closed' });
  });

  test('what a finding says of having been asked is believed only where the ledger says so', async () => {
    const group = await openTagged(elsewhere, { 'portcullis:protect': '' });
    const id = await portcullis.importFinding(group, 'EC2.13', {
      Workflow: { Status: 'NOTIFIED' },
      UserDefinedFields: { PortcullisOutcome: 'asked', PortcullisRemediationId: 'rem-0123456789abcdef' },
    });
    await portcullis.press(id);
    expect(await seen(group, id)).toMatchObject({ isOpen: true, outcome: 'asked' });
  });
});

describe('the last way in asks whoever wants the target closed', () => {
  test('an entry that closes itself, and says which instance nobody could get into', async () => {
    const group = await openTagged(frankfurt, { environment: 'test' });
    const instance = await portcullis.runInstance(group, 'web');
    const result = await seen(group, await portcullis.importFinding(group, 'EC2.13'));
    expect(result).toMatchObject({
      isOpen: true,
      workflow: 'NOTIFIED',
      outcome: 'asked',
      decidedBy: 'guard lastWayIn',
    });
    expect(result.note).toContain(`no agent of Systems Manager is online on ${instance}`);
  });

  test('nobody, where Session Manager is another one', async () => {
    const group = await openTagged(frankfurt, { environment: 'test' });
    await portcullis.runInstance(group, 'web', true);
    const result = await seen(group, await portcullis.importFinding(group, 'EC2.13'));
    expect(result).toMatchObject({ isOpen: false, outcome: 'closed' });
  });

  test('an entry that closes itself, where the agents may not be read', async () => {
    const group = await openTagged(frankfurt, { environment: 'test' });
    await portcullis.runInstance(group, 'web', true);
    await portcullis.misbehave({ kind: 'deny', service: 'ssm', operation: 'DescribeInstanceInformation' });
    const id = await portcullis.importFinding(group, 'EC2.13');
    await portcullis.settle();
    await portcullis.behave();
    const result = await seen(group, id);
    expect(result).toMatchObject({ isOpen: true, outcome: 'asked', decidedBy: 'guard lastWayIn' });
    expect(result.note).toContain('DescribeInstanceInformation');
  });
});
