import { join } from 'node:path';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';

const frankfurt = { account: MEMBER, region: 'eu-central-1' };

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping', configurationFile: join(__dirname, 'facts.yaml') });
});
afterAll(() => portcullis.stop());

async function decidedOn(group: Group) {
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.settle();
  const { Workflow, UserDefinedFields: fields, Note } = await portcullis.findingOf(id);
  return {
    isOpen: (await portcullis.ingressOf(group)).length > 0,
    workflow: Workflow?.Status,
    decidedBy: fields?.['PortcullisDecidedBy'],
    note: Note?.Text ?? '',
    reason: (await portcullis.recordOf(id)).reason ?? '',
  };
}

const open = (vpcId?: string) => portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)], vpcId);
const CLOSED = { isOpen: false, workflow: 'RESOLVED', decidedBy: 'policy entry "unused or unreachable"' };
const ASKED = { isOpen: true, workflow: 'NOTIFIED' };

describe('the same open 22, by a policy that closes what is not used or not reachable and asks about the rest', () => {
  test('is closed on a group that nothing is attached to', async () => {
    expect(await decidedOn(await open())).toMatchObject(CLOSED);
  });

  test('is closed on an instance that the internet does not reach', async () => {
    const group = await open(await portcullis.openVpc(frankfurt));
    await portcullis.runInstance(group, 'database', true);
    expect(await decidedOn(group)).toMatchObject(CLOSED);
  });

  test('asks on a public instance whose use nobody knows, and says why', async () => {
    const group = await open();
    await portcullis.runInstance(group, 'web', true);
    const decided = await decidedOn(group);
    expect(decided).toMatchObject({ ...ASKED, decidedBy: 'policy entry "unused or unreachable"' });
    expect(decided.note).toContain('asks for what is not known (used: ');
  });

  test('asks on a public instance that nobody could get into any more, and says which', async () => {
    const group = await open();
    const instance = await portcullis.runInstance(group, 'web');
    const decided = await decidedOn(group);
    expect(decided).toMatchObject({ ...ASKED, decidedBy: 'guard lastWayIn' });
    expect(decided.note).toContain(instance);
  });

  test('asks, never closes, once the permission for a fact that would have closed it is gone', async () => {
    const group = await open(await portcullis.openVpc(frankfurt, '10.9.0.0/16'));
    await portcullis.runInstance(group, 'database', true);
    await portcullis.misbehave({ kind: 'deny', service: 'ec2', operation: 'DescribeNetworkInterfaces' });
    const decided = await decidedOn(group);
    await portcullis.behave();
    expect(decided).toMatchObject(ASKED);
    expect(decided.note).toContain('asks for what is not known (reachable: Its network interfaces could not be read');
    // A note has room for its beginning; the record names the permission.
    expect(decided.reason).toContain('DescribeNetworkInterfaces');
  });
});
