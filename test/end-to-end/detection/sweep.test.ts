import { AuthorizeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { BatchUpdateFindingsCommand } from '@aws-sdk/client-securityhub';
import { runAsOperator } from '../../cli/operator-cli';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';

const virginia = { account: MEMBER, region: 'us-east-1' };
const DAY_MILLIS = 86_400_000;
/** In the organization, without the member stack. */
const STRANGER = '444444444444';

let portcullis: Deployed;
let ssh: Group;
let rdp: Group;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping', configurationFile: 'test/end-to-end/detection/sweep.yaml' });
  await portcullis.subscribe();
  ssh = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
  rdp = await portcullis.openGroup(virginia, [tcp(3389, 3389, ANYWHERE)]);
  await portcullis.settle();
});
afterAll(() => portcullis.stop());

interface Swept {
  readonly sweepId: string;
  readonly by: string;
  readonly imports: boolean;
  readonly totals: Readonly<Record<string, number>>;
  readonly unreadable: readonly { readonly account: string; readonly region: string }[];
  readonly reason: string;
  readonly failed?: string;
}

/** What the bus said of sweeps, in order. */
async function sweeps(): Promise<readonly Swept[]> {
  const events = await portcullis.domainEvents();
  return events.flatMap((event) =>
    event['detail-type'] === 'Sweep Finished' ? (event.detail as unknown as Swept) : [],
  );
}

async function aDayLater(): Promise<void> {
  await portcullis.clock.advance(DAY_MILLIS);
  await portcullis.settle();
}

test('nothing is read before its time', async () => {
  expect(await sweeps()).toEqual([]);
  expect(await portcullis.ingressOf(ssh)).toHaveLength(1);
});

test('a day later everything is read, and what is automatic is closed', async () => {
  await aDayLater();
  expect(await portcullis.ingressOf(ssh)).toEqual([]);
  expect((await portcullis.findingOf(`Portcullis/EC2.13/${ssh.arn}`)).Workflow?.Status).toBe('RESOLVED');
  expect((await portcullis.findingOf(`Portcullis/EC2.14/${rdp.arn}`)).Workflow?.Status).toBe('NEW');
  const [first] = await sweeps();
  expect(first).toMatchObject({
    by: expect.stringMatching(/^the schedule, \d{4}-/) as string,
    imports: true,
    totals: { accounts: 3, regions: 2, violating: 2, imported: 2, archived: 0, unreadable: 2 },
  });
  expect(first?.unreadable.map(({ account, region }) => [account, region])).toEqual([
    [STRANGER, 'eu-central-1'],
    [STRANGER, 'us-east-1'],
  ]);
  expect(first?.reason).toContain(`2 could not be read: ${STRANGER}/eu-central-1, ${STRANGER}/us-east-1.`);
});

test('the next day again, and what is notified already is not notified again', async () => {
  await aDayLater();
  const all = await sweeps();
  expect(all).toHaveLength(2);
  expect(new Set(all.map(({ sweepId }) => sweepId)).size).toBe(2);
  // What was closed passes and is archived.
  expect(all[1]?.totals).toMatchObject({ violating: 1, imported: 0, archived: 1 });
});

test('the message of a schedule that comes twice is one sweep, and one that names no time is a dead letter', async () => {
  const before = await sweeps();
  const at = /\d{4}-\S+Z/.exec(before.at(-1)?.by ?? '')?.[0];
  for (const id of [at, 'tomorrow']) {
    await portcullis.enqueue(JSON.stringify({ kind: 'due', what: 'sweep', id }));
  }
  await portcullis.settle();
  expect(await sweeps()).toHaveLength(before.length);
  const reasons = (await portcullis.deadLetters()).map(({ attributes }) => attributes['PortcullisReason']?.StringValue);
  expect(reasons).toEqual([expect.stringContaining('"tomorrow" is no time of a sweep')]);
});

test('scan --last prints what the schedule found, and names what it could not read', async () => {
  const { exitCode, stdout, stderr } = await runAsOperator(portcullis, ['scan', '--last', '--json']);
  expect(exitCode).toBe(3);
  expect(stderr).toContain(`2 could not be read: ${STRANGER}/eu-central-1`);
  const lines = stdout.trim().split('\n');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ target: { id: rdp.id }, controls: ['EC2.14'] });
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ violating: 1, imported: 0, archived: 1 });
});

test("Security Hub's own finding that we had RESOLVED is NEW after the next sweep, with who opened it", async () => {
  const group = await portcullis.openGroup(virginia, [tcp(3389, 3389, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.14');
  await portcullis.press(id);
  await portcullis.settle();
  expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('RESOLVED');
  await portcullis.clock.advance(60_000);
  const IpPermissions = [tcp(3389, 3389, ANYWHERE)];
  const call = new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions });
  await portcullis.clients.ec2(virginia).send(call);
  await aDayLater();
  const finding = await portcullis.findingOf(id);
  expect(finding.Workflow?.Status).toBe('NEW');
  expect(finding.Note?.Text).toContain(`Opened by arn:aws:iam::${MEMBER}:root from 127.0.0.1`);
  const events = await portcullis.domainEventsAbout(group);
  expect(events.filter((event) => event['detail-type'] === 'Ingress Reopened')).toHaveLength(1);
});

test('what a person has suppressed on the finding of Security Hub is not imported, nor closed', async () => {
  const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13', {
    Compliance: { Status: 'PASSED', SecurityControlId: 'EC2.13' },
  });
  const { ProductArn = '' } = await portcullis.findingOf(id);
  await portcullis.clients.securityHub(portcullis.hub).send(
    new BatchUpdateFindingsCommand({
      FindingIdentifiers: [{ Id: id, ProductArn }],
      Workflow: { Status: 'SUPPRESSED' },
    }),
  );
  await aDayLater();
  expect(await portcullis.ingressOf(group)).toHaveLength(1);
  await expect(portcullis.findingOf(`Portcullis/EC2.13/${group.arn}`)).rejects.toThrow();
  expect((await sweeps()).at(-1)?.totals).toMatchObject({ imported: 0 });
});
