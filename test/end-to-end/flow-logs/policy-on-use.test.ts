import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';
import { loggedTraffic, type LoggedTraffic } from './logged-traffic';

const frankfurt = { account: MEMBER, region: 'eu-central-1' };

let portcullis: Deployed;
let traffic: LoggedTraffic;
beforeAll(async () => {
  portcullis = await deploy({
    clockMode: 'skipping',
    configurationFile: 'test/end-to-end/flow-logs/policy-on-use.yaml',
  });
  traffic = loggedTraffic(portcullis, frankfurt);
});
afterAll(async () => {
  traffic.stop();
  await portcullis.stop();
});

/** What comes of a finding that nobody chose. */
async function arrive(
  group: Group,
): Promise<{ readonly outcome: string; readonly note: string; readonly isOpen: boolean }> {
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.settle();
  const { UserDefinedFields, Note } = await portcullis.findingOf(id);
  const isOpen = (await portcullis.ingressOf(group)).length > 0;
  return { outcome: UserDefinedFields?.['PortcullisOutcome'] ?? '', note: Note?.Text ?? '', isOpen };
}

const ssh = { port: 22, bytes: 5_000, action: 'ACCEPT' };

describe('"closed where nobody uses it or the internet does not reach it, else asked"', () => {
  test('closes on a group that nothing is attached to', async () => {
    const ending = await arrive(await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]));
    expect(ending).toMatchObject({ outcome: 'closed', isOpen: false });
    expect(ending.note).toContain('nothing is attached');
  });

  test('asks on an instance that three sources use, and names them', async () => {
    const from = ['198.51.100.7', '203.0.113.4', '192.0.2.1'];
    const ending = await arrive(await traffic.openFor(48, ...from.map((each) => ({ ...ssh, from: each }))));
    expect(ending).toMatchObject({ outcome: 'asked', isOpen: true });
    expect(ending.note).toContain('Used by 3 sources (198.51.100.7, 203.0.113.4, 192.0.2.1)');
  });

  test('closes on an instance that nobody used', async () => {
    const ending = await arrive(await traffic.openFor(48));
    expect(ending).toMatchObject({ outcome: 'closed', isOpen: false });
    expect(ending.note).toContain('No use of it was seen');
  });

  test('closes on a private instance, and searches nothing', async () => {
    const group = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)], await portcullis.openVpc(frankfurt));
    await portcullis.runInstance(group, 'database', true);
    const ending = await arrive(group);
    expect(ending).toMatchObject({ outcome: 'closed', isOpen: false });
    const [record] = await portcullis.recordsOn(group.id);
    expect(record?.context?.used).toMatchObject({ reason: expect.stringContaining('only where') as string });
  });

  test('asks on a public instance whose traffic nobody logs', async () => {
    const group = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]);
    await portcullis.runInstance(group, 'web', true);
    const ending = await arrive(group);
    expect(ending).toMatchObject({ outcome: 'asked', isOpen: true });
    expect(ending.note).toContain('nothing logs the traffic of eni-');
  });

  test.each(['ec2:DescribeFlowLogs', 'logs:StartQuery', 'logs:GetQueryResults'])(
    'asks where %s is missing, though nobody used it, and names the permission',
    async (action) => {
      const group = await traffic.openFor(48);
      const [service = '', operation = ''] = action.split(':');
      await portcullis.misbehave({ kind: 'deny', service, operation });
      const ending = await arrive(group);
      await portcullis.behave();
      expect(ending).toMatchObject({ outcome: 'asked', isOpen: true });
      const [record] = await portcullis.recordsOn(group.id);
      expect(record?.context?.used).toMatchObject({ known: false, reason: expect.stringContaining(action) as string });
    },
  );
});
