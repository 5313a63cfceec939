import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../cli/run-cli';
import { ANYWHERE, deploy, HUB, MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';

const virginia = { account: MEMBER, region: 'us-east-1' };
const MINUTE = 60_000;

/** A call each to close: EC2.19 forbids them all. */
const PORTS = [20, 21, 22, 23, 25, 110, 135, 143, 3389];

let portcullis: Deployed;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'portcullis-undo-while-closing-'));
  portcullis = await deploy({ clockMode: 'manual' });
});
afterAll(async () => {
  await portcullis.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function openPorts(group: Group): Promise<readonly number[]> {
  return (await portcullis.ingressOf(group)).map(({ FromPort = -1 }) => FromPort).sort((a, b) => a - b);
}

async function statusOf(id: string) {
  const { Workflow, UserDefinedFields: fields, Note } = await portcullis.findingOf(id);
  const remediationId = fields?.['PortcullisRemediationId'] ?? '';
  return { workflow: Workflow?.Status, outcome: fields?.['PortcullisOutcome'], note: Note?.Text ?? '', remediationId };
}

/** Offline, from what the ledger holds of the target. */
async function verify(remediationId: string) {
  const env = {
    AWS_ENDPOINT_URL: portcullis.endpoint,
    AWS_REGION: portcullis.hub.region,
    AWS_ACCESS_KEY_ID: HUB,
    AWS_SECRET_ACCESS_KEY: 'any',
  };
  const file = join(directory, `${remediationId}.json`);
  expect(await runCli(['show', remediationId, '--certificate', file, '--chain'], { env })).toMatchObject({
    exitCode: 0,
  });
  return runCli(['verify', file], { env });
}

async function closingUnderWay(finding: string, group: Group): Promise<void> {
  await portcullis.choose('Close ingress', finding);
  for (let seconds = 0; seconds < 120 && (await openPorts(group)).length === PORTS.length; seconds++) {
    await portcullis.clock.advance(1_000);
  }
  expect((await openPorts(group)).length).toBeLessThan(PORTS.length);
}

async function openGroup(): Promise<Group> {
  return portcullis.openGroup(
    virginia,
    PORTS.map((port) => tcp(port, port, ANYWHERE)),
  );
}

test('a closing of nine calls stops behind the one under way, and what it did is taken back within a minute', async () => {
  const group = await openGroup();
  const id = await portcullis.importFinding(group, 'EC2.19');
  await closingUnderWay(id, group);
  await portcullis.choose('Undo closing', id);
  await portcullis.clock.advance(MINUTE);

  expect(await openPorts(group)).toEqual(PORTS);
  const { workflow, outcome, note, remediationId } = await statusOf(id);
  expect([workflow, outcome]).toEqual(['NEW', 'undone']);
  expect(note).toMatch(/^Portcullis undid closing rem-[0-9a-f]{16} and read it back\. (?:Put back|Added): /);
  const runs = (await portcullis.recordOf(id)).runs.length;
  expect(runs).toBeGreaterThan(0);
  expect(runs).toBeLessThan(PORTS.length);
  expect(await verify(remediationId)).toMatchObject({ exitCode: 0 });

  // Automatic controls of the same target leave it alone from now on.
  const other = await portcullis.importFinding(group, 'EC2.14');
  await portcullis.clock.advance(60 * MINUTE);
  expect(await openPorts(group)).toEqual(PORTS);
  expect(await statusOf(other)).toMatchObject({ workflow: 'NOTIFIED', outcome: 'asked' });
});

test('chosen before anything was touched it leaves everything as it is, and says that it stays open', async () => {
  const group = await openGroup();
  const id = await portcullis.importFinding(group, 'EC2.19');
  await portcullis.choose('Close ingress', id);
  await portcullis.clock.advance(1_000);
  await portcullis.choose('Undo closing', id);
  await portcullis.clock.advance(MINUTE);

  expect(await openPorts(group)).toEqual(PORTS);
  const { workflow, outcome, note, remediationId } = await statusOf(id);
  expect([workflow, outcome]).toEqual(['NEW', 'stopped']);
  expect(note).toContain('stopped before it changed anything. It is not closed automatically again');
  expect(await verify(remediationId)).toMatchObject({ exitCode: 0 });

  const other = await portcullis.importFinding(group, 'EC2.14');
  await portcullis.clock.advance(60 * MINUTE);
  expect(await openPorts(group)).toEqual(PORTS);
  expect((await statusOf(other)).note).toMatch(/Undo rem-[0-9a-f]{16} left .* open on/);
});
