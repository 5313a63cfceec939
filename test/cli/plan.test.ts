import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from './run-cli';

const OPEN = {
  SecurityGroupRuleId: 'sgr-1',
  GroupId: 'sg-1',
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 0,
  ToPort: 65535,
  CidrIpv4: '0.0.0.0/0',
};

const RULES = { SecurityGroupRules: [OPEN] };

function file(content: unknown, name = 'input.json'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'portcullis-plan-')), name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function objects(stdout: string): readonly unknown[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

test('says so where there is nothing to plan; for machines that is no line', async () => {
  const args = ['plan', '--rules', '-', '--control', 'EC2.13'];
  const input = '{"SecurityGroupRules":[]}';
  const stdout = 'standard input holds no groups, rules or network ACLs: nothing to plan\n';
  expect(await runCli(args, { input })).toEqual({ exitCode: 0, stdout, stderr: '' });
  expect(await runCli([...args, '--json'], { input })).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

test('prints one JSON object with all that the contract names', async () => {
  const { exitCode, stdout, stderr } = await runCli(['plan', '--rules', file(RULES), '--control', 'EC2.13', '--json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const kept = { GroupId: 'sg-1', IsEgress: false, IpProtocol: 'tcp', CidrIpv4: '0.0.0.0/0' };
  const http = { ...kept, FromPort: 80, ToPort: 80 };
  const https = { ...kept, FromPort: 443, ToPort: 443 };
  expect(objects(stdout)).toEqual([
    {
      target: { kind: 'security-group', id: 'sg-1' },
      controls: ['EC2.13'],
      violations: [
        {
          ruleId: 'sgr-1',
          controls: ['EC2.13'],
          how: 'open',
          reason: 'every tcp port from 0.0.0.0/0 lets the internet reach tcp 22, which EC2.13 forbids.',
          reasons: [
            {
              code: 'open-ports',
              traffic: 'every tcp port',
              source: '0.0.0.0/0',
              controls: ['EC2.13'],
              ports: { tcp: ['22'] },
            },
          ],
        },
      ],
      steps: [
        { call: 'AuthorizeSecurityGroupIngress', rules: [http] },
        { call: 'AuthorizeSecurityGroupIngress', rules: [https] },
        { call: 'RevokeSecurityGroupIngress', rules: [OPEN] },
      ],
      remaining: [http, https],
      ask: [],
      askReasons: [],
      remarks: [],
      remarkReasons: [],
    },
  ]);
});

test('asks nobody about targets that a list of controls of both kinds says nothing about', async () => {
  const both = {
    SecurityGroups: [
      { GroupId: 'sg-web', GroupName: 'web', IpPermissions: [] },
      { GroupId: 'sg-default', GroupName: 'default', IpPermissions: [] },
    ],
    NetworkAcls: [{ NetworkAclId: 'acl-1', IsDefault: false, Entries: [] }],
  };
  const plans = async (controls: string) =>
    objects((await runCli(['plan', '--rules', file(both), '--control', controls, '--json'])).stdout);
  expect(await plans('EC2.2,EC2.13,EC2.21')).toMatchObject([
    { target: { id: 'sg-web' }, controls: ['EC2.13'], ask: [], remarks: [] },
    { target: { id: 'sg-default' }, controls: ['EC2.2', 'EC2.13'], ask: [] },
    { target: { id: 'acl-1' }, controls: ['EC2.21'], ask: [], remarks: [] },
  ]);
  expect(await plans('EC2.2')).toMatchObject([
    { ask: [], remarkReasons: [{ code: 'no-control-about-target', target: 'a security group', controls: ['EC2.2'] }] },
    { controls: ['EC2.2'] },
    { ask: [], remarkReasons: [{ code: 'no-control-about-target', target: 'a network ACL', controls: ['EC2.2'] }] },
  ]);
});

test('prints one line for each target, in input order, from standard input', async () => {
  const input = JSON.stringify({
    SecurityGroupRules: [
      { ...OPEN, GroupId: 'sg-b' },
      { ...OPEN, SecurityGroupRuleId: 'sgr-2', GroupId: 'sg-a' },
    ],
  });
  const { stdout } = await runCli(['plan', '--rules', '-', '--control', 'EC2.13,EC2.14', '--json'], { input });
  expect(objects(stdout)).toMatchObject([
    { target: { id: 'sg-b' }, controls: ['EC2.13', 'EC2.14'] },
    { target: { id: 'sg-a' } },
  ]);
});

test('rewrites what violates in a network ACL, and leaves a default one alone', async () => {
  const entry = { RuleAction: 'allow', Egress: false, Protocol: '6', CidrBlock: '0.0.0.0/0' };
  const entries = [
    { ...entry, RuleNumber: 100, PortRange: { From: 0, To: 1024 } },
    { ...entry, RuleNumber: 110, PortRange: { From: 443, To: 443 } },
    { ...entry, RuleNumber: 120, Protocol: '-1', CidrBlock: '10.0.0.0/8' },
    { ...entry, RuleNumber: 130, Protocol: '17', PortRange: { From: 3389, To: 3389 } },
    { ...entry, RuleNumber: 90, RuleAction: 'deny', PortRange: { From: 22, To: 22 } },
    { ...entry, RuleNumber: 140, Egress: true, Protocol: '-1' },
    { ...entry, RuleNumber: 150, Protocol: '-1', CidrBlock: undefined, Ipv6CidrBlock: '::/0' },
  ];
  const acls = (isDefault: boolean) => ({
    NetworkAcls: [{ NetworkAclId: 'acl-1', IsDefault: isDefault, Entries: entries }],
  });
  const own = await runCli(['plan', '--rules', file(acls(false)), '--control', 'EC2.21', '--json']);
  expect(objects(own.stdout)).toMatchObject([
    {
      target: { kind: 'network-acl', id: 'acl-1' },
      violations: [{ ruleNumber: 100 }, { ruleNumber: 130 }, { ruleNumber: 150 }],
      ask: [],
    },
  ]);
  const steps = objects(own.stdout).flatMap((plan) => (plan as { steps: { call: string }[] }).steps);
  // 100 becomes two ranges, 130 goes, 150 becomes six ranges, icmpv6 and the three kept protocols.
  expect(steps.filter(({ call }) => call === 'CreateNetworkAclEntry')).toHaveLength(1 + 9);
  expect(steps.filter(({ call }) => call === 'ReplaceNetworkAclEntry')).toHaveLength(2);
  expect(steps.filter(({ call }) => call === 'DeleteNetworkAclEntry')).toHaveLength(1);
  const byDefault = await runCli(['plan', '--rules', file(acls(true)), '--control', 'EC2.21', '--json']);
  expect(objects(byDefault.stdout)).toMatchObject([{ violations: [], ask: [] }]);
});

test('gives the targets of a large file as it reads them, up to a mistake', async () => {
  const permission = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
  const groups = Array.from({ length: 5000 }, (_, i) => ({ GroupId: `sg-${String(i)}`, IpPermissions: [permission] }));
  const broken = { GroupId: 'sg-x', IpPermissions: [{ ...permission, ToPort: 21 }] };
  const { exitCode, stdout, stderr } = await runCli(
    ['plan', '--rules', file({ SecurityGroups: [...groups, broken] }), '--control', 'EC2.13', '--json'],
    { nodeArgs: ['--max-old-space-size=64'] },
  );
  expect(exitCode).toBe(2);
  expect(objects(stdout)).toHaveLength(5000);
  expect(stderr).toContain('SecurityGroups[5000].IpPermissions[0].ToPort 21 is below FromPort 22');
});

test('takes parameters, strategy, policy and prefix lists', async () => {
  const parameters = '[{"Name":"authorizedTcpPorts","Value":["8443"]}]';
  const own = await runCli([
    'plan',
    '--rules',
    file(RULES),
    '--control',
    'EC2.18',
    '--parameters',
    parameters,
    '--json',
  ]);
  expect(objects(own.stdout)).toMatchObject([{ remaining: [{ FromPort: 8443 }] }]);

  const revoke = await runCli([
    'plan',
    '--rules',
    file(RULES),
    '--control',
    'EC2.13',
    '--strategy',
    'revoke',
    '--json',
  ]);
  expect(objects(revoke.stdout)).toMatchObject([{ remaining: [] }]);

  const list = { SecurityGroupRules: [{ ...OPEN, CidrIpv4: undefined, PrefixListId: 'pl-1' }] };
  const lists = file({ 'pl-1': ['0.0.0.0/0'] });
  const closed = await runCli([
    'plan',
    '--rules',
    file(list),
    '--control',
    'EC2.13',
    '--prefix-lists',
    lists,
    '--json',
  ]);
  expect(objects(closed.stdout)).toMatchObject([{ violations: [{ how: 'open' }], ask: [] }]);
  const unread = await runCli(['plan', '--rules', file(list), '--control', 'EC2.13', '--json']);
  expect(objects(unread.stdout)).toMatchObject([
    { violations: [], ask: [expect.stringContaining('could not be read') as unknown] },
  ]);

  const policy = join(__dirname, '..', '..', 'portcullis.example.yaml');
  const withPolicy = await runCli([
    'plan',
    '--rules',
    file(RULES),
    '--control',
    'EC2.13',
    '--policy',
    policy,
    '--json',
  ]);
  expect(withPolicy).toMatchObject({ exitCode: 0, stderr: '' });
});

test('prints a text for people, and never obeys a file’s escape sequences', async () => {
  const evil = { SecurityGroupRules: [{ ...OPEN, SecurityGroupRuleId: 'sgr-\u001b[2J' }] };
  const { exitCode, stdout } = await runCli(['plan', '--rules', file(evil), '--control', 'ec2.13']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^sg-1 held against EC2\.13$/m);
  expect(stdout).toMatch(/^ {2}add {7}tcp 80 from 0\.0\.0\.0\/0$/m);
  expect(stdout).toMatch(/^ {2}revoke {4}every tcp port from 0\.0\.0\.0\/0 \(sgr-/m);
  expect(stdout).not.toContain('\u001b');
});

test('says when there is nothing to do', async () => {
  const closed = { SecurityGroupRules: [{ ...OPEN, CidrIpv4: '10.0.0.0/8' }] };
  const { stdout } = await runCli(['plan', '--rules', file(closed), '--control', 'EC2.13']);
  expect(stdout).toContain('nothing to do');
});

test.each<[string, () => readonly string[], string]>([
  ['no control', () => ['--rules', file(RULES)], '--control'],
  ['no rules', () => ['--control', 'EC2.13'], '--rules'],
  ['an unknown control', () => ['--rules', file(RULES), '--control', 'EC2.182'], 'there is no control "EC2.182"'],
  ['an unknown strategy', () => ['--rules', file(RULES), '--control', 'EC2.13', '--strategy', 'hide'], 'hide'],
  ['a missing file', () => ['--rules', '/nowhere.json', '--control', 'EC2.13'], '/nowhere.json'],
  ['a file that is no JSON', () => ['--rules', file('{"a":'), '--control', 'EC2.13'], 'is not JSON'],
  [
    'a file that is truncated',
    () => ['--rules', file('{"SecurityGroups":[{"GroupId":"sg-1'), '--control', 'EC2.13'],
    'cut off',
  ],
  ['an element that is none', () => ['--rules', file({ NetworkAcls: [1] }), '--control', 'EC2.21'], 'NetworkAcls[0] 1'],
  [
    'a broken element',
    () => ['--rules', file('{"SecurityGroups":[{"a":}]}'), '--control', 'EC2.13'],
    'SecurityGroups[0] is not JSON',
  ],
  ['other JSON', () => ['--rules', file({}), '--control', 'EC2.13'], 'describe-security-group-rules'],
  [
    'a bad rule',
    () => ['--rules', file({ SecurityGroupRules: [{ ...OPEN, ToPort: 70000 }] }), '--control', 'EC2.13'],
    'SecurityGroupRules[0].ToPort 70000 is not a port',
  ],
  [
    'parameters that are no JSON',
    () => ['--rules', file(RULES), '--control', 'EC2.18', '--parameters', '{'],
    '--parameters is not JSON',
  ],
  [
    'parameters of another shape',
    () => ['--rules', file(RULES), '--control', 'EC2.18', '--parameters', '{}'],
    'is not a list of parameters',
  ],
  [
    'a parameter that does not exist',
    () => ['--rules', file(RULES), '--control', 'EC2.18', '--parameters', '[{"Name":"authorisedTcpPorts","Value":[]}]'],
    'names "authorisedTcpPorts"',
  ],
  [
    'a parameter that is no port',
    () => [
      '--rules',
      file(RULES),
      '--control',
      'EC2.18',
      '--parameters',
      '[{"Name":"authorizedTcpPorts","Value":["web"]}]',
    ],
    'holds "web"',
  ],
  [
    'a prefix list that is none',
    () => ['--rules', file(RULES), '--control', 'EC2.13', '--prefix-lists', file([1])],
    'does not hold prefix lists',
  ],
  [
    'a bad entry of a prefix list',
    () => ['--rules', file(RULES), '--control', 'EC2.13', '--prefix-lists', file({ 'pl-1': ['10.0.0.1/8'] })],
    'the block is 10.0.0.0/8',
  ],
  [
    'a policy that is not there',
    () => ['--rules', file(RULES), '--control', 'EC2.13', '--policy', '/nowhere.yaml'],
    '--policy /nowhere.yaml cannot be read: there is no such file or directory; check the path',
  ],
  [
    'prefix lists that are not there',
    () => ['--rules', file(RULES), '--control', 'EC2.13', '--prefix-lists', '/nowhere.json'],
    '--prefix-lists /nowhere.json cannot be read: there is no such file or directory; check the path',
  ],
  [
    'a policy that is none',
    () => ['--rules', file(RULES), '--control', 'EC2.13', '--policy', file('a: [', 'p.yaml')],
    'line 1, column 5: not valid YAML: ',
  ],
])('ends with 2 and one line on stderr for %s', async (_what, args, part) => {
  const { exitCode, stdout, stderr } = await runCli(['plan', ...args()]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(part);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});
