import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../cli/run-cli';
import { ANYWHERE, deploy, HUB, MEMBER, tcp, type Deployed, type Located } from '../deployed-portcullis';
import { PARTNER, REPLACEMENTS, type Replacement } from '../replaced-document';

const virginia = { account: MEMBER, region: 'us-east-1' };

let portcullis: Deployed;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'portcullis-replaced-'));
  portcullis = await deploy({ clockMode: 'skipping' });
});
afterAll(async () => {
  await portcullis.stop();
  rmSync(directory, { recursive: true, force: true });
});
afterEach(() => release());

/** As somebody who has looked. */
async function release() {
  return runCli(['brake', 'release', '--account', MEMBER], { env: await hubEnvironment() });
}

async function hubEnvironment(): Promise<Record<string, string>> {
  const endpoint = await portcullis.clients.events.config.endpoint?.();
  return {
    AWS_ENDPOINT_URL: `http://${endpoint?.hostname ?? ''}:${String(endpoint?.port ?? '')}`,
    AWS_REGION: portcullis.hub.region,
    AWS_ACCESS_KEY_ID: HUB,
    AWS_SECRET_ACCESS_KEY: 'any',
  };
}

async function choose(action: string, ...ids: readonly string[]): Promise<void> {
  await portcullis.choose(action, ...ids);
  await portcullis.settle();
}

async function notifiedOn(id: string) {
  const { Workflow, UserDefinedFields, Note } = await portcullis.findingOf(id);
  return {
    workflow: Workflow?.Status,
    outcome: UserDefinedFields?.['PortcullisOutcome'],
    note: Note?.Text ?? '',
    remediationId: UserDefinedFields?.['PortcullisRemediationId'] ?? '',
  };
}

/** What an auditor's `portcullis verify` says of the target's chain. */
async function verifyChain(remediationId: string) {
  const file = join(directory, `${remediationId}.json`);
  const env = await hubEnvironment();
  await runCli(['show', remediationId, '--certificate', file, '--chain'], { env });
  return runCli(['verify', file], { env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' } });
}

interface Subject {
  readonly name: string;
  readonly control: string;
  readonly open: () => Promise<Located>;
}

const GROUP: Subject = {
  name: 'a security group',
  control: 'EC2.13',
  open: () => portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE), tcp(443, 443, PARTNER)]),
};
const KEPT: Subject = {
  name: 'a security group that keeps 443',
  control: 'EC2.13',
  open: () => portcullis.openGroup(virginia, [tcp(0, 1024, ANYWHERE), tcp(443, 443, PARTNER)]),
};
const ACL: Subject = {
  name: 'a network ACL',
  control: 'EC2.21',
  open: async () => {
    const vpc = await portcullis.openVpc(virginia);
    const tcpEntry = { RuleAction: 'allow', Protocol: '6' } as const;
    return portcullis.openNetworkAcl(virginia, vpc, [
      { ...tcpEntry, RuleNumber: 100, PortRange: { From: 0, To: 65_535 }, CidrBlock: ANYWHERE },
      { ...tcpEntry, RuleNumber: 200, PortRange: { From: 443, To: 443 }, CidrBlock: PARTNER },
    ]);
  },
};
const DEFAULT_GROUP: Subject = {
  name: 'a default group',
  control: 'EC2.2',
  open: async () => portcullis.defaultGroupOf(virginia, await portcullis.openVpc(virginia)),
};

const SUBJECTS = [GROUP, KEPT, ACL, DEFAULT_GROUP];
const HARMFUL = REPLACEMENTS.filter((each) => each !== 'does-nothing');

/** A default group has nothing else that could be closed, and of an ACL entry 200 lies behind entry 100. */
const isHarmless = (subject: Subject, replacement: Replacement): boolean =>
  replacement === 'closes-more' && subject === DEFAULT_GROUP;

const CASES = SUBJECTS.flatMap((subject) =>
  HARMFUL.filter((replacement) => !isHarmless(subject, replacement)).map(
    (replacement) => [replacement, subject.name, subject] as const,
  ),
);

test.each(CASES)('a replaced runbook that %s is never called closed on %s', async (replacement, _, subject) => {
  const target = await subject.open();
  const id = await portcullis.importFinding(target, subject.control);
  const alarms = await portcullis.metric('RemediationsNotVerified');
  const putBack = await portcullis.replaceDocuments(virginia, replacement);
  await choose('Close ingress', id);
  await putBack();

  const { workflow, outcome, note, remediationId } = await notifiedOn(id);
  expect({ workflow, outcome }).toEqual({ workflow: 'NOTIFIED', outcome: 'not-verified' });
  expect(note).toMatch(/(There|Gone), and in no plan: .*(3389|every protocol|udp 161|443)/);
  expect(note).toContain(`portcullis brake release --account ${MEMBER}`);
  expect(note.length).toBeLessThanOrEqual(512);
  expect(await portcullis.metric('RemediationsNotVerified')).toBe(alarms + 1);
  expect(await verifyChain(remediationId)).toMatchObject({ exitCode: 1 });
});

test.each([GROUP, KEPT, ACL].map((subject) => [subject.name, subject] as const))(
  'a runbook that was replaced after the closing is never called undone on %s',
  async (_, subject) => {
    const target = await subject.open();
    const id = await portcullis.importFinding(target, subject.control);
    await choose('Close ingress', id);
    expect(await notifiedOn(id)).toMatchObject({ workflow: 'RESOLVED', outcome: 'closed' });
    const putBack = await portcullis.replaceDocuments(virginia, 'opens-another-port');
    await choose('Undo closing', id);
    await putBack();
    const { workflow, outcome, note, remediationId } = await notifiedOn(id);
    expect({ workflow, outcome }).toEqual({ workflow: 'NOTIFIED', outcome: 'not-verified' });
    expect(note).toMatch(/There, and in no plan: .*(3389|udp 161)/);
    expect(await verifyChain(remediationId)).toMatchObject({ exitCode: 1 });
  },
);

test('while an account is held automatic findings ask, a click works, and after the release all is as before', async () => {
  const group = await GROUP.open();
  const clicked = await portcullis.importFinding(group, 'EC2.13');
  const putBack = await portcullis.replaceDocuments(virginia, 'opens-another-port');
  await choose('Close ingress', clicked);
  await putBack();

  const rdp = () => portcullis.openGroup(virginia, [tcp(3389, 3389, ANYWHERE)]);
  const automatic = await portcullis.importFinding(await rdp(), 'EC2.14');
  await portcullis.settle();
  expect(await notifiedOn(automatic)).toMatchObject({ workflow: 'NOTIFIED', outcome: 'asked' });
  expect((await notifiedOn(automatic)).note).toContain(`portcullis brake release --account ${MEMBER}`);

  await choose('Close ingress', automatic);
  expect(await notifiedOn(automatic)).toMatchObject({ workflow: 'RESOLVED', outcome: 'closed' });

  const status = await runCli(['brake', 'status'], { env: await hubEnvironment() });
  expect(status.stdout).toMatch(new RegExp(`^${MEMBER}: held since .* ingress tcp 3389 from 0.0.0.0/0`));
  expect(await release()).toMatchObject({ exitCode: 0 });
  expect(await release()).toMatchObject({ exitCode: 2 });
  const later = await portcullis.importFinding(await rdp(), 'EC2.14');
  await portcullis.settle();
  expect(await notifiedOn(later)).toMatchObject({ workflow: 'RESOLVED', outcome: 'closed' });
});

test('a preview runs no runbook: a replaced one changes nothing, and nothing else is said', async () => {
  const putBack = await portcullis.replaceDocuments(virginia, 'opens-everything');
  const group = await KEPT.open();
  const before = await portcullis.ingressOf(group);
  const id = await portcullis.importFinding(group, 'EC2.13');
  await choose('Preview closing', id);
  await putBack();
  expect(await portcullis.ingressOf(group)).toEqual(before);
  expect((await notifiedOn(id)).note).toContain('Would be revoked: tcp 0-1024 from 0.0.0.0/0');
});
