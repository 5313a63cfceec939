import { ANYWHERE, tcp, type Deployed, type Group } from '../deployed-portcullis';
import { deployWithFlowLogs, FRANKFURT, SSH } from './deploy-with-flow-logs';
import type { LoggedTraffic } from './logged-traffic';

let portcullis: Deployed;
let traffic: LoggedTraffic;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ portcullis, traffic, stop } = await deployWithFlowLogs('policy-on-use.yaml'));
});
afterAll(() => stop());

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

describe('"closed where nobody uses it or the internet does not reach it, else asked"', () => {
  test('closes on a group that nothing is attached to', async () => {
    const ending = await arrive(await portcullis.openGroup(FRANKFURT, [tcp(22, 22, ANYWHERE)]));
    expect(ending).toMatchObject({ outcome: 'closed', isOpen: false });
    expect(ending.note).toContain('nothing is attached');
  });

  test('asks on an instance that three sources use, and names them', async () => {
    const from = ['198.51.100.7', '203.0.113.4', '192.0.2.1'];
    const ending = await arrive(await traffic.openFor(48, ...from.map((each) => ({ ...SSH, from: each }))));
    expect(ending).toMatchObject({ outcome: 'asked', isOpen: true });
    expect(ending.note).toContain('Used by 3 sources (198.51.100.7, 203.0.113.4, 192.0.2.1)');
  });

  test('closes on an instance that nobody used', async () => {
    const ending = await arrive(await traffic.openFor(48));
    expect(ending).toMatchObject({ outcome: 'closed', isOpen: false });
    expect(ending.note).toContain('No use of it was seen');
  });

  test('closes on a private instance, and searches nothing', async () => {
    const group = await portcullis.openGroup(FRANKFURT, [tcp(22, 22, ANYWHERE)], await portcullis.openVpc(FRANKFURT));
    await portcullis.runInstance(group, 'database', true);
    const ending = await arrive(group);
    expect(ending).toMatchObject({ outcome: 'closed', isOpen: false });
    const [record] = await portcullis.recordsOn(group.id);
    expect(record?.context?.used).toMatchObject({ reason: expect.stringContaining('only where') as string });
  });

  test('asks on a public instance whose traffic nobody logs', async () => {
    const group = await portcullis.openGroup(FRANKFURT, [tcp(22, 22, ANYWHERE)]);
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
