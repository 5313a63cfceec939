import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from '../end-to-end/deployed-portcullis';
import { expectOneLine, runAsOperator } from './operator-cli';

const PLACE = { account: MEMBER, region: 'us-east-1' };
const DAY_MILLIS = 24 * 60 * 60 * 1000;

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
});
afterAll(() => portcullis.stop());

interface Closing {
  readonly group: Group;
  readonly findingId: string;
  readonly remediationId: string;
}

/** A group of which the closing took tcp 22 from the internet. */
async function closing(): Promise<Closing> {
  const group = await portcullis.openGroup(PLACE, [tcp(22, 22, ANYWHERE, '10.0.0.0/8')]);
  const findingId = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.press(findingId);
  await portcullis.settle();
  const { UserDefinedFields, Workflow } = await portcullis.findingOf(findingId);
  expect(Workflow?.Status).toBe('RESOLVED');
  return { group, findingId, remediationId: UserDefinedFields?.['PortcullisRemediationId'] ?? '' };
}

const sourcesOf = async (group: Group) => (await portcullis.ingressOf(group)).map(({ CidrIpv4 }) => CidrIpv4).sort();

test('puts back what a closing took, says so on the finding, and a second time there is nothing to undo', async () => {
  const { group, findingId, remediationId } = await closing();
  expect(await sourcesOf(group)).toEqual(['10.0.0.0/8']);

  const { exitCode, stdout, stderr } = await runAsOperator(portcullis, ['undo', remediationId]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(
    new RegExp(`^${group.id} .*: undone\\. Undone, and read back\\.\nFollow it: portcullis show `),
  );
  expect(await sourcesOf(group)).toEqual([ANYWHERE, '10.0.0.0/8']);
  expect((await portcullis.findingOf(findingId)).Workflow?.Status).toBe('NEW');

  const again = await runAsOperator(portcullis, ['undo', remediationId, '--json']);
  expect(again.exitCode).toBe(0);
  expect(JSON.parse(again.stdout)).toMatchObject({ outcome: 'nothing-to-undo', undoes: remediationId });
  expect(await sourcesOf(group)).toEqual([ANYWHERE, '10.0.0.0/8']);
});

test('an old closing is undone only when that is confirmed', async () => {
  const { group, remediationId } = await closing();
  const aheadMillis = 31 * DAY_MILLIS;
  await portcullis.ask('clock/advance', { millis: aheadMillis });

  const refused = await runAsOperator(portcullis, ['undo', remediationId], { aheadMillis });
  expect(refused.exitCode).toBe(1);
  expectOneLine(refused, /asked: It is 31 days old.*policy\.undo\.maxAgeDays is 30.* --confirm$/m);
  expect(await sourcesOf(group)).toEqual(['10.0.0.0/8']);

  const confirmed = await runAsOperator(portcullis, ['undo', remediationId, '--confirm'], { aheadMillis });
  expect(confirmed).toMatchObject({ exitCode: 0 });
  expect(await sourcesOf(group)).toEqual([ANYWHERE, '10.0.0.0/8']);
});

test('what is no closing is refused before anything is started', async () => {
  const { remediationId } = await closing();
  await runAsOperator(portcullis, ['undo', remediationId]);
  const [undo = 'none'] = await undosOf(remediationId);
  const result = await runAsOperator(portcullis, ['undo', undo]);
  expect(result).toMatchObject({ exitCode: 2, stdout: '' });
  expectOneLine(result, new RegExp(`${undo} is the undo of ${remediationId}; name a closing, or close again`));
  expect(await undosOf(remediationId)).toEqual([undo]);
});

async function undosOf(remediationId: string): Promise<readonly string[]> {
  const { stdout } = await runAsOperator(portcullis, ['show', remediationId, '--json']);
  const { related } = JSON.parse(stdout) as { related: readonly { readonly remediationId: string }[] };
  return related.map((record) => record.remediationId);
}

test.each([
  ['what is no id', ['undo', 'sg-1'], {}, 2, /"sg-1" is not a remediation id; it looks like rem-0123456789abcdef/],
  [
    'an unknown id',
    ['undo', 'rem-0000000000000000'],
    {},
    2,
    /the ledger in Region eu-central-1 holds no remediation rem-0000000000000000; check --region and --prefix, and that the cred/,
  ],
  ['no id', ['undo'], {}, 2, /missing required argument 'remediation-id'/],
  ['no Region', ['undo', 'rem-0000000000000000'], { region: '' }, 2, /no Region: give --region/],
  [
    'a Region without the ledger',
    ['undo', 'rem-0000000000000000'],
    { region: 'us-east-1' },
    3,
    /ledger: ResourceNotFound.*\(Region us-east-1\); check --region and --prefix/,
  ],
  [
    'a prefix that nobody deployed',
    ['undo', 'rem-0000000000000000', '--prefix', 'Other'],
    {},
    3,
    /ledger: ResourceNotFound.*; check --region and --prefix/,
  ],
  [
    'an account without the ledger',
    ['undo', 'rem-0000000000000000'],
    { account: MEMBER },
    3,
    /ledger: ResourceNotFound.*, and that the credentials are those of the hub account; yours are of account 222222222222$/m,
  ],
])('%s: one line, and nothing on stdout', async (_name, args, terminal, exitCode, message) => {
  const result = await runAsOperator(portcullis, args, terminal);
  expect(result).toMatchObject({ exitCode, stdout: '' });
  expectOneLine(result, message);
});
