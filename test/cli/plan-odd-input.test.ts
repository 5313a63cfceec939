import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from './run-cli';

const directory = mkdtempSync(join(tmpdir(), 'portcullis-odd-input-'));

afterAll(() => {
  rmSync(directory, { recursive: true });
});

const SSH = {
  SecurityGroupRuleId: 'sgr-1',
  GroupId: 'sg-1',
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
};
const RULES = { SecurityGroupRules: [{ ...SSH, CidrIpv4: '0.0.0.0/0' }] };

function plan(name: string, content: Buffer | string, ...controls: readonly string[]): ReturnType<typeof runCli> {
  const file = join(directory, name);
  writeFileSync(file, content);
  return runCli(['plan', '--rules', file, ...controls.flatMap((each) => ['--control', each]), '--json']);
}

test('--control may be given several times, and none replaces another', async () => {
  const { stdout } = await plan('rules.json', JSON.stringify(RULES), 'EC2.13', 'EC2.18,EC2.13');
  expect(JSON.parse(stdout)).toMatchObject({ controls: ['EC2.13', 'EC2.18'] });
});

test('what PowerShell 5 writes is read: UTF-16 with a byte order mark', async () => {
  const text = `\uFEFF${JSON.stringify(RULES, null, 4).replace(/\n/g, '\r\n')}\r\n`;
  const { exitCode, stdout, stderr } = await plan('utf-16.json', Buffer.from(text, 'utf16le'), 'EC2.13');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ target: { id: 'sg-1' }, violations: [{ ruleId: 'sgr-1' }] });
});

test('a list that is named in escaped letters is refused, not passed over', async () => {
  const { exitCode, stdout, stderr } = await plan(
    'escaped.json',
    JSON.stringify(RULES).replace('Sec', '\\u0053ec'),
    'EC2.13',
  );
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(
    'escaped.json does not name SecurityGroupRules in plain letters; give what the AWS CLI prints',
  );
});
