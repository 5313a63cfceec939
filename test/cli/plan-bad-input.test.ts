import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from './run-cli';

const directory = mkdtempSync(join(tmpdir(), 'portcullis-bad-input-'));

afterAll(() => {
  rmSync(directory, { recursive: true });
});

let files = 0;

function file(content: unknown): string {
  const path = join(directory, `${String(files++)}.json`);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const RULE = { SecurityGroupRuleId: 'sgr-1', GroupId: 'sg-1', IsEgress: false, IpProtocol: 'tcp' };
const SSH = { ...RULE, FromPort: 22, ToPort: 22, CidrIpv4: '0.0.0.0/0' };

const ENTRY = { Egress: false, Protocol: '6', RuleAction: 'allow', CidrBlock: '0.0.0.0/0' };
const SSH_ENTRY = { ...ENTRY, RuleNumber: 100, PortRange: { From: 22, To: 22 } };

const rules = (change: object) => ({ SecurityGroupRules: [{ ...SSH, ...change }] });
const permissions = (change: object) => ({
  SecurityGroups: [
    { GroupId: 'sg-1', IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [], ...change }] },
  ],
});
const acl = (...entries: readonly object[]) => ({
  NetworkAcls: [{ NetworkAclId: 'acl-1', IsDefault: false, Entries: entries }],
});
const entries = (change: object) => acl({ ...SSH_ENTRY, ...change });

/** What is wrong, and the field, the value and the fix that the one line on stderr names. */
const REFUSED: readonly (readonly [what: string, input: object, line: string])[] = [
  [
    'a port out of range',
    rules({ ToPort: 65536 }),
    'SecurityGroupRules[0].ToPort 65536 is not a port; write 0 to 65535',
  ],
  ['a negative port', rules({ FromPort: -2 }), 'SecurityGroupRules[0].FromPort -2 is not a port; write 0 to 65535'],
  ['crossed ports', rules({ ToPort: 21 }), 'SecurityGroupRules[0].ToPort 21 is below FromPort 22; write the lower'],
  ['bits behind the prefix', rules({ CidrIpv4: '10.0.0.1/8' }), 'CidrIpv4 "10.0.0.1/8" has bits set behind its prefix'],
  [
    'bits behind an IPv6 prefix',
    rules({ CidrIpv4: undefined, CidrIpv6: '2001:db8::1/32' }),
    'CidrIpv6 "2001:db8::1/32" has bits set behind its prefix length; the block is 2001:db8::/32',
  ],
  ['an unknown protocol', rules({ IpProtocol: 'tpc' }), 'SecurityGroupRules[0].IpProtocol "tpc" is not a protocol'],
  ['a protocol number that is none', rules({ IpProtocol: '256' }), 'IpProtocol "256" is not a protocol; write tcp'],
  [
    'a rule with two sources',
    rules({ CidrIpv6: '::/0' }),
    'SecurityGroupRules[0] has 2 sources (CidrIpv4, CidrIpv6); a rule has exactly one of',
  ],
  ['a rule without a source', rules({ CidrIpv4: undefined }), 'SecurityGroupRules[0] has no source'],
  [
    'a source of the other family',
    rules({ CidrIpv4: '::/0' }),
    'CidrIpv4 "::/0" is not of the address family of CidrIpv4; move it',
  ],
  [
    'bits behind the prefix in a permission',
    permissions({ IpRanges: [{ CidrIp: '0.0.0.1/0' }] }),
    'SecurityGroups[0].IpPermissions[0].IpRanges[0].CidrIp "0.0.0.1/0" has bits set',
  ],
  ['a permission without a source', permissions({}), 'SecurityGroups[0].IpPermissions[0] has no source'],
  [
    'a port of an entry out of range',
    entries({ PortRange: { From: 22, To: 70000 } }),
    'NetworkAcls[0].Entries[0].PortRange.To 70000 is not a port',
  ],
  [
    'crossed ports of an entry',
    entries({ PortRange: { From: 22, To: 20 } }),
    'NetworkAcls[0].Entries[0].PortRange.To 20 is below PortRange.From 22',
  ],
  ['an unknown protocol of an entry', entries({ Protocol: '300' }), 'Entries[0].Protocol "300" is not a protocol'],
  ['an entry with two sources', entries({ Ipv6CidrBlock: '::/0' }), 'NetworkAcls[0].Entries[0] has two sources'],
  ['bits behind the prefix of an entry', entries({ CidrBlock: '8.8.8.8/24' }), 'the block is 8.8.8.0/24'],
  ['an entry number out of range', entries({ RuleNumber: 0 }), 'Entries[0].RuleNumber 0 is not a rule number'],
  ['an entry that is there twice', acl(SSH_ENTRY, SSH_ENTRY), 'Entries[1].RuleNumber 100 is there twice'],
  ['one page of several of rules', { ...rules({}), NextToken: 'page-2' }, 'NextToken says that there are more rules'],
  ['an ALLOW at a number of EC2’s own', entries({ RuleNumber: 32767 }), "is of an entry of EC2's own"],
];

test.each(REFUSED)('%s ends with 2, and names the field, the value and the fix', async (_what, input, line) => {
  const args = ['plan', '--rules', file(input), '--control', 'EC2.13,EC2.21', '--json'];
  const { exitCode, stdout, stderr } = await runCli(args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(line);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

/** What can be read, but not decided on, is for a person; the steps and the reason. */
const LISTED = { SecurityGroupRules: [{ ...RULE, FromPort: 22, ToPort: 22, PrefixListId: 'pl-1' }] };

test('an empty prefix list lets nobody in', async () => {
  const args = ['--rules', file(LISTED), '--control', 'EC2.13', '--prefix-lists', file({ 'pl-1': [] }), '--json'];
  const { stdout } = await runCli(['plan', ...args]);
  expect(JSON.parse(stdout)).toMatchObject({ violations: [], steps: [], ask: [] });
});

test('a prefix list that cannot be read is asked about, with the reason', async () => {
  const { stdout } = await runCli(['plan', '--rules', file(LISTED), '--control', 'EC2.13', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    steps: [],
    ask: ['The prefix list of tcp 22 from pl-1 (sgr-1) could not be read; it may be open to the internet.'],
  });
});

test('a network ACL without free numbers is asked about, with the reason, and nothing of that entry is changed', async () => {
  const range = { From: 20, To: 25 };
  const denied = { ...ENTRY, RuleAction: 'deny', CidrBlock: '10.0.0.0/8', PortRange: { From: 0, To: 65535 } };
  const full = acl(...[1, 3].map((number) => ({ ...denied, RuleNumber: number })), {
    ...ENTRY,
    RuleNumber: 2,
    PortRange: range,
  });
  const { stdout } = await runCli(['plan', '--rules', file(full), '--control', 'EC2.21', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    violations: [{ ruleNumber: 2 }],
    steps: [],
    ask: [
      'Leaving everything else of entry 2 tcp 20-25 from 0.0.0.0/0 open needs 1 more entry, and rule numbers between the DENY entries around it are free for 0; renumber the entries around it.',
    ],
  });
});
