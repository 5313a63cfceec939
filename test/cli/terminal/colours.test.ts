import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createColors } from 'picocolors';
import { renderStory } from '../../../src/cli/show/render-story';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import { certify, forge } from '../../core/certificate/certified';
import { closeOnModel } from '../../core/certificate/on-model';
import { asff, remediation } from '../../core/reporting/report-fixtures';
import { runner, runOnTerminal } from './pseudo-terminal';

// On a terminal colours are colours, and text of others is text: what cleans the one must not see the other.

const onTerminal = runner === undefined ? test.skip : test;
if (runner === undefined) {
  process.stderr.write(
    'SKIPPED: no program for pseudo-terminals (script of util-linux, or python3) is on this machine\n',
  );
}

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'portcullis-terminal-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});
const write = (name: string, value: unknown): string => {
  writeFileSync(join(directory, name), JSON.stringify(value));
  return join(directory, name);
};

const ESCAPE = '\u001b[41mALL IS WELL\u001b[0m';
/** A colour that the command made, and the same that somebody else wrote, made harmless. */
const COLOUR = /\u001b\[\d+m/;
const HARMLESS = '�[41mALL IS WELL�[0m';

const CERTIFICATE = certify(
  closeOnModel(
    {
      kind: 'security-group',
      id: 'sg-0a1b2c3d',
      name: 'web',
      tags: [],
      rules: [
        {
          SecurityGroupRuleId: 'sgr-1',
          IsEgress: false,
          IpProtocol: 'tcp',
          FromPort: 22,
          ToPort: 22,
          CidrIpv4: '0.0.0.0/0',
        },
      ],
      prefixLists: {},
    },
    [{ id: 'EC2.13', parameters: [] }],
    DEFAULT_PLAN_POLICY,
  ),
);

onTerminal('verify shows colours, and no escape code as text', async () => {
  const { exitCode, stdout } = await runOnTerminal(['verify', write('good.json', CERTIFICATE)]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^\u001b\[32mholds\u001b\[39m/);
  expect(stdout).not.toContain('�');
});

onTerminal('verify obeys no escape code that a certificate holds', async () => {
  const forged = forge(CERTIFICATE, { outcome: { outcome: 'closed', reason: ESCAPE } });
  const { stdout } = await runOnTerminal([
    'verify',
    write('forged.json', { ...forged, remediationId: `rem-${ESCAPE}` }),
  ]);
  expect(stdout).toMatch(COLOUR);
  expect(stdout).toContain(HARMLESS);
  expect(stdout).not.toContain(ESCAPE);
});

onTerminal.each([
  ['plan', () => ['plan', '--rules', write('rules.json', { SecurityGroups: [] }), '--control', 'EC2.13']],
  ['an error', () => ['plan', '--rules', `none-${ESCAPE}`, '--control', 'EC2.13']],
  [
    'report, whose directory has a name with escape codes',
    () => ['report', '--findings', write('f.json', [asff()]), '--out', join(directory, `out-${ESCAPE}`)],
  ],
])('%s prints escape codes of its own only', async (_what, args) => {
  const { stdout } = await runOnTerminal(args());
  expect(stdout).not.toContain('\u001b[41m');
  expect(stdout).not.toMatch(/�\[(1|2|22|3\d|39)m/);
});

test('show has colours around texts of others, which have none', () => {
  const record = remediation({ reason: `Closed. ${ESCAPE}\nundone: all of it` });
  const story = renderStory(record, [], createColors(true));
  expect(story).toMatch(/^\u001b\[1mrem-/);
  expect(story).toContain(`Closed. ${HARMLESS} ↵ undone: all of it`);
  expect(story).not.toContain(ESCAPE);
});
