import { ANYWHERE, deploy, HUB, MEMBER, OTHER_MEMBER, tcp, type Deployed } from '../end-to-end/deployed-portcullis';
import { expectOneLine, runAsOperator } from './operator-cli';

const US = { account: MEMBER, region: 'us-east-1' };
const EU = { account: OTHER_MEMBER, region: 'eu-central-1' };
const WITHOUT_ROLES = { account: '444444444444', region: 'us-east-1' };

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
});
afterAll(() => portcullis.stop());

test('closes what findings report, one remediation a target, and prints how each ended', async () => {
  const both = await portcullis.openGroup(US, [tcp(22, 22, ANYWHERE, '10.0.0.0/8'), tcp(3306, 3306, ANYWHERE)]);
  const other = await portcullis.openGroup(EU, [tcp(22, 22, ANYWHERE)]);
  const ids = [
    await portcullis.importFinding(both, 'EC2.13'),
    await portcullis.importFinding(both, 'EC2.19'),
    await portcullis.importFinding(other, 'EC2.13'),
  ];
  const { exitCode, stdout, stderr } = await runAsOperator(portcullis, ['remediate', ...ids, '--json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const records = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(records).toHaveLength(2);
  const decidedBy = `portcullis remediate by arn:aws:iam::${HUB}:root`;
  expect(records).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ target: expect.objectContaining({ id: both.id }), outcome: 'closed', decidedBy }),
      expect.objectContaining({ target: expect.objectContaining({ id: other.id }), outcome: 'closed', decidedBy }),
    ]),
  );
  expect((await portcullis.ingressOf(both)).map(({ CidrIpv4 }) => CidrIpv4)).toEqual(['10.0.0.0/8']);
  for (const id of ids) expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('RESOLVED');
});

test('says in words how it ended, and how to follow it', async () => {
  const group = await portcullis.openGroup(US, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  const { exitCode, stdout } = await runAsOperator(portcullis, ['remediate', id]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    new RegExp(`^${group.id} \\(${MEMBER}, us-east-1\\): closed\\. .*\nFollow it: portcullis show rem-[0-9a-f]{16}\n$`),
  );
});

test('touches nothing when one of several findings cannot be closed, and names each', async () => {
  const group = await portcullis.openGroup(US, [tcp(22, 22, ANYWHERE)]);
  const good = await portcullis.importFinding(group, 'EC2.13');
  const passed = await portcullis.importFinding(group, 'EC2.14', {
    Compliance: { Status: 'PASSED', SecurityControlId: 'EC2.14' },
  });
  const foreign = await portcullis.importFinding(group, 'S3.1');
  const result = await runAsOperator(portcullis, ['remediate', good, 'no-such-finding', passed, foreign]);
  expect(result).toMatchObject({ exitCode: 2, stdout: '' });
  expectOneLine(result, /Security Hub knows no finding no-such-finding/);
  expect(result.stderr).toContain(`${passed} cannot be closed: `);
  expect(result.stderr).toContain(`${foreign} cannot be closed: `);
  await portcullis.settle();
  expect(await portcullis.ingressOf(group)).toHaveLength(1);
  expect((await portcullis.findingOf(good)).Workflow?.Status).toBe('NEW');
});

test('ends with 3 when nobody can tell whether it is closed', async () => {
  const group = await portcullis.openGroup(WITHOUT_ROLES, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  const result = await runAsOperator(portcullis, ['remediate', id]);
  expect(result).toMatchObject({ exitCode: 3, stdout: expect.stringContaining('could-not-tell') });
  expectOneLine(result, new RegExp(`${group.id}: could-not-tell: .*Portcullis-Member cannot be assumed`));
});

test('ends with 1 when a person must decide', async () => {
  const vpc = await portcullis.openVpc(US);
  const group = await portcullis.defaultGroupOf(US, vpc);
  await portcullis.attachInterface(group);
  const id = await portcullis.importFinding(group, 'EC2.2');
  const result = await runAsOperator(portcullis, ['remediate', id]);
  expect(result).toMatchObject({ exitCode: 1, stdout: expect.stringContaining(': asked. ') });
  expectOneLine(result, new RegExp(`${group.id}: asked: `));
});

test.each([
  ['no Region', { region: '' }, 2, /no Region: give --region, .* or set AWS_REGION/],
  [
    'a Region without the deployment',
    { region: 'us-east-1' },
    3,
    /address .* \/portcullis\/Portcullis\/commands: ParameterNotFound.*\(Region us-east-1\); check --region and --prefix/,
  ],
  ['no credentials', { credentials: false }, 3, /The address of the commands function could not be read.*credentials/i],
])('with %s it ends with one line', async (_name, terminal, exitCode, message) => {
  const result = await runAsOperator(portcullis, ['remediate', 'f'], terminal);
  expect(result).toMatchObject({ exitCode, stdout: '' });
  expectOneLine(result, message);
});
