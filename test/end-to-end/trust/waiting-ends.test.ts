import { BatchUpdateFindingsCommand } from '@aws-sdk/client-securityhub';
import { operatorEnvironment, runAsOperator } from '../../cli/operator-cli';
import { runCli } from '../../cli/run-cli';
import { startCli } from '../../cli/running-cli';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';
import { remediationsOf, requestsOf, untilAskedFor } from './ledger-of-target';
import { letTimePass } from './let-time-pass';

const virginia = { account: MEMBER, region: 'us-east-1' };

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'manual' });
});
afterAll(() => portcullis.stop());

/** Node's option that has a process say when it begins to listen for Ctrl-C. */
const TELLS_WHEN_IT_WAITS = `--import=data:text/javascript,${encodeURIComponent(
  "process.on('newListener', (event) => { if (event === 'SIGINT') process.stderr.write('waits\\n'); });",
)}`;

const isOpen = async (group: Group) => (await portcullis.ingressOf(group)).length > 0;

async function openGroup() {
  const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
  return { group, id: await portcullis.importFinding(group, 'EC2.13') };
}

async function closedGroup() {
  const { group, id } = await openGroup();
  await portcullis.press(id);
  await portcullis.clock.advance(60_000);
  expect(await isOpen(group)).toBe(false);
  const [closing = ''] = await remediationsOf(portcullis, group);
  return { group, id, closing };
}

test('remediate ends with the answer at once where the finding was suppressed meanwhile', async () => {
  const { group, id } = await openGroup();
  const command = runAsOperator(portcullis, ['remediate', id]);
  await untilAskedFor(portcullis, group);
  const { ProductArn = '' } = await portcullis.findingOf(id);
  await portcullis.clients.securityHub(portcullis.hub).send(
    new BatchUpdateFindingsCommand({
      FindingIdentifiers: [{ Id: id, ProductArn }],
      Workflow: { Status: 'SUPPRESSED' },
    }),
  );
  const { exitCode, stdout, stderr } = await letTimePass(portcullis, command);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(new RegExp(`^${group.id} \\(${MEMBER}, us-east-1\\): not-needed\\. .*[Ss]uppressed`));
  expect(await isOpen(group)).toBe(true);
});

test('a click and a command at once: one undo, and the command prints what the click had done', async () => {
  const { group, id, closing } = await closedGroup();
  const command = runAsOperator(portcullis, ['undo', closing, '--json']);
  await Promise.all([untilAskedFor(portcullis, group), portcullis.choose('Undo closing', id)]);
  const { exitCode, stdout, stderr } = await letTimePass(portcullis, command);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const remediations = await remediationsOf(portcullis, group);
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'undone', undoes: closing, remediationId: remediations[1] });
  expect(await isOpen(group)).toBe(true);
  await portcullis.clock.advance(60_000);
  expect((await requestsOf(portcullis, group)).every(({ isAnswered }) => isAnswered)).toBe(true);
  expect(await remediationsOf(portcullis, group)).toHaveLength(2);
});

test('Ctrl-C ends with 3 and names the commands that follow it and take it back, and both work', async () => {
  const { group, closing } = await closedGroup();
  const env = { ...operatorEnvironment(portcullis), NODE_OPTIONS: TELLS_WHEN_IT_WAITS };
  const terminal = startCli(['undo', closing], { env });
  const requestId = await untilAskedFor(portcullis, group);
  await terminal.says('waits');
  const { exitCode, stdout, stderr } = await terminal.end('SIGINT');
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  const place = `--target ${MEMBER}/us-east-1/${group.id}`;
  expect(stderr).toContain('The work goes on without this terminal.');
  expect(stderr).toContain(`portcullis follow ${requestId} ${place}`);
  expect(stderr).toContain(`portcullis withdraw ${requestId} ${place}`);

  const [, ...withdraw] = `portcullis withdraw ${requestId} ${place}`.split(' ');
  expect(await runAsOperator(portcullis, withdraw)).toMatchObject({ exitCode: 0, stderr: '' });
  await portcullis.clock.advance(10 * 60_000);
  expect(await isOpen(group)).toBe(false);
  const [, ...follow] = `portcullis follow ${requestId} ${place}`.split(' ');
  const followed = await runAsOperator(portcullis, follow);
  expect(followed.stdout + followed.stderr).toContain('withdrawn');
});

test('an undo whose caller lacks execute-api:Invoke leaves no request, and a preview ten hours later opens nothing', async () => {
  const { group, closing } = await closedGroup();
  const caller = await portcullis.somebody(
    portcullis.hub,
    { actions: ['ssm:GetParameter'] },
    { actions: ['dynamodb:GetItem', 'dynamodb:Query'] },
  );
  const { accessKeyId, secretAccessKey, sessionToken } = caller.settings.credentials;
  const env = {
    ...operatorEnvironment(portcullis),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
  const before = await requestsOf(portcullis, group);
  const refused = await runCli(['undo', closing], { env });
  expect(refused).toMatchObject({ exitCode: 3, stdout: '' });
  expect(refused.stderr).toMatch(/HTTP 403 .*execute-api:Invoke/);
  expect(await requestsOf(portcullis, group)).toEqual(before);

  for (let hours = 0; hours < 10; hours++) await portcullis.clock.advance(3_600_000);
  await portcullis.choose('Preview closing', await portcullis.importFinding(group, 'EC2.19'));
  await portcullis.clock.advance(10 * 60_000);
  expect(await isOpen(group)).toBe(false);
});
