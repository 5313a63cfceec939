import { AuthorizeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed } from './deployed-portcullis';

const frankfurt = { account: MEMBER, region: 'eu-central-1' };

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

describe('what cannot be closed safely asks, and touches nothing', () => {
  test('the egress of a default group that is in use', async () => {
    const group = await portcullis.defaultGroupOf(frankfurt, await portcullis.openVpc(frankfurt));
    const interfaceId = await portcullis.attachInterface(group);
    const before = await portcullis.rulesOf(group);
    expect(before.map(({ IsEgress }) => IsEgress).sort()).toEqual([false, true]);
    const id = await portcullis.importFinding(group, 'EC2.2');
    await portcullis.press(id);
    await portcullis.settle();
    const { Workflow, UserDefinedFields, Note } = await portcullis.findingOf(id);
    expect([Workflow?.Status, UserDefinedFields?.['PortcullisOutcome']]).toEqual(['NOTIFIED', 'asked']);
    expect(Note?.Text).toContain(`1 network interface uses it (${interfaceId})`);
    expect(await portcullis.rulesOf(group)).toEqual(before);
    expect(await portcullis.runbooksIn(frankfurt)).toEqual([]);
    const events = await portcullis.domainEventsAbout(group);
    expect(events.map((event) => event['detail-type'])).toEqual(['Decision Needed']);
  });

  test('a default group of which nobody can read what uses it', async () => {
    const group = await portcullis.defaultGroupOf(frankfurt, await portcullis.openVpc(frankfurt));
    const before = await portcullis.rulesOf(group);
    const id = await portcullis.importFinding(group, 'EC2.2');
    await portcullis.misbehave({ kind: 'deny', service: 'ec2', operation: 'DescribeNetworkInterfaces' });
    await portcullis.press(id);
    await portcullis.settle();
    await portcullis.behave();
    const { Workflow, UserDefinedFields, Note } = await portcullis.findingOf(id);
    expect([Workflow?.Status, UserDefinedFields?.['PortcullisOutcome']]).toEqual(['NOTIFIED', 'could-not-tell']);
    expect(Note?.Text).toContain('cannot be read');
    expect(await portcullis.rulesOf(group)).toEqual(before);
  });

  test('a rule from a prefix list that cannot be read, with the reason, until it can', async () => {
    const group = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]);
    const listId = await portcullis.openPrefixList(frankfurt, ['10.0.0.0/8']);
    await portcullis.clients.ec2(frankfurt).send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: group.id,
        IpPermissions: [{ ...tcp(22, 22), PrefixListIds: [{ PrefixListId: listId }] }],
      }),
    );
    const before = await portcullis.rulesOf(group);
    const id = await portcullis.importFinding(group, 'EC2.13');
    await portcullis.misbehave({ kind: 'deny', service: 'ec2', operation: 'GetManagedPrefixListEntries' });
    await portcullis.press(id);
    await portcullis.settle();
    const asked = await portcullis.findingOf(id);
    expect([asked.Workflow?.Status, asked.UserDefinedFields?.['PortcullisOutcome']]).toEqual(['NOTIFIED', 'asked']);
    expect(asked.Note?.Text).toContain(listId);
    expect(asked.Note?.Text).toMatch(/could not be read/);
    expect(await portcullis.rulesOf(group)).toEqual(before);

    await portcullis.behave();
    await portcullis.press(id);
    await portcullis.settle();
    expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('RESOLVED');
    expect((await portcullis.ingressOf(group)).map(({ PrefixListId }) => PrefixListId)).toEqual([listId]);
  });
});
