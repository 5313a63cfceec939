import { ANYWHERE, deploy, MEMBER, tcp, type Deployed } from '../deployed-portcullis';
import { runAsOperator } from '../../cli/operator-cli';
import { createFaces, type Faces } from './faces';

const PLACE = { account: MEMBER, region: 'us-east-1' };

let portcullis: Deployed;
let faces: Faces;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping', configurationFile: 'test/end-to-end/security-hub-v2/v2.yaml' });
  await portcullis.subscribe();
  faces = createFaces(portcullis);
});
afterAll(() => portcullis.stop());

const imported = (finding: unknown) => ({
  Source: 'aws.securityhub',
  DetailType: 'Findings Imported V2',
  Detail: JSON.stringify({ findings: [finding] }),
});

test('a finding of V2 is closed and updated through V2 alone, and can be undone by what its comment ends in', async () => {
  const group = await portcullis.openGroup(PLACE, [tcp(3389, 3389, ANYWHERE, '10.0.0.0/8')]);
  const id = await portcullis.importFinding(group, 'EC2.14');
  expect(await faces.seen(id)).toEqual({
    cspm: { workflow: 'NEW', outcome: undefined },
    v2: { workflow: 'RESOLVED', outcome: 'closed' },
  });
  expect((await portcullis.ingressOf(group)).map(({ CidrIpv4 }) => CidrIpv4)).toEqual(['10.0.0.0/8']);

  const { portcullisRemediationId = '' } = await faces.faceOf(id);
  await runAsOperator(portcullis, ['undo', portcullisRemediationId]);
  expect((await faces.seen(id)).v2.outcome).toBe('undone');
  expect(await portcullis.ingressOf(group)).toHaveLength(2);
});

test('an event that is put from outside is believed by its ids alone', async () => {
  const group = await portcullis.openGroup(PLACE, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.settle();
  const raw = (await faces.rawOf(id)) as { compliance: object };
  await portcullis.put(imported({ ...raw, compliance: { ...raw.compliance, control: 'EC2.14' } }));
  expect((await faces.seen(id)).v2).toEqual({ workflow: 'NEW', outcome: undefined });
  expect(await portcullis.ingressOf(group)).toHaveLength(1);
});

test('a network ACL, whose ARN is in uid, is closed by a click in the console of CSPM, and updated in V2', async () => {
  const vpcId = await portcullis.openVpc(PLACE);
  const acl = await portcullis.openNetworkAcl(PLACE, vpcId, [
    { RuleNumber: 100, Protocol: '6', RuleAction: 'allow', CidrBlock: ANYWHERE, PortRange: { From: 22, To: 22 } },
  ]);
  const id = await portcullis.importFinding(acl, 'EC2.21');
  await portcullis.press(id);
  expect((await faces.seen(id)).v2).toEqual({ workflow: 'RESOLVED', outcome: 'closed' });
});

test('EC2.18 without its parameters is not closed, and its finding says what would help', async () => {
  const group = await portcullis.openGroup(PLACE, [tcp(8080, 8080, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.18');
  await portcullis.press(id);
  await portcullis.settle();
  expect((await faces.faceOf(id)).comment).toContain('With `securityHub: both` Portcullis reads them');
  expect(await portcullis.ingressOf(group)).toHaveLength(1);
});

test('policy explain and context --all read the findings of V2, with the status that they have there', async () => {
  const open = async () => {
    const group = await portcullis.openGroup(PLACE, [tcp(22, 22, ANYWHERE)]);
    return { group, id: await portcullis.importFinding(group, 'EC2.13') };
  };
  const [wanted, suppressed] = [await open(), await open()];
  await portcullis.settle();
  await faces.setInV2(suppressed.id, 3);
  const explain = async ({ id }: { readonly id: string }) =>
    JSON.parse((await runAsOperator(portcullis, ['policy', 'explain', id, '--json'])).stdout) as object;
  expect(await explain(wanted)).toMatchObject({ findingId: wanted.id, mode: 'ignore', entry: 'automatic' });
  // In CSPM both are NEW.
  expect(await explain(suppressed)).toMatchObject({ mode: 'ignore', entry: 'finding' });
  const { stdout } = await runAsOperator(portcullis, ['context', '--all']);
  expect([wanted, suppressed].map(({ group }) => stdout.includes(group.id))).toEqual([true, false]);
});

test('the report of the day says what V2 says, and CSPM is not asked', async () => {
  const before = await portcullis.domainEvents();
  await portcullis.clock.advance(86_400_000);
  await portcullis.settle();
  const [event, ...others] = (await portcullis.domainEvents())
    .slice(before.length)
    .filter((each) => each['detail-type'] === 'Report Ready');
  expect(others).toEqual([]);
  // Closed in V2 alone: in CSPM both findings of it are NEW.
  expect(event?.detail).toMatchObject({ figures: { notUnderstood: 0, closed: 1 } });
});
