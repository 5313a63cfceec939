import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Certificate } from '../../src/core/certificate/certificate';
import type { RemediationRecord } from '../../src/core/ledger/remediation-record';
import { DEFAULT_PLAN_POLICY } from '../../src/core/planning/plan-policy';
import { certify, forge } from '../core/certificate/certified';
import { closeOnModel } from '../core/certificate/on-model';
import { runCli } from './run-cli';

const RULE = { IsEgress: false, IpProtocol: 'tcp', CidrIpv4: '0.0.0.0/0' };
const closing = (record: Pick<Partial<RemediationRecord>, 'decidedBy'> = {}) => {
  const ended = closeOnModel(
    {
      kind: 'security-group',
      id: 'sg-0a1b2c3d',
      name: 'web',
      tags: [],
      rules: [
        {
          SecurityGroupRuleId: 'sgr-1',
          FromPort: 22,
          ToPort: 22,
          Description: 'SSH “temporarily” \u001b[31m',
          ...RULE,
        },
        { SecurityGroupRuleId: 'sgr-2', FromPort: 443, ToPort: 443, ...RULE },
      ],
      prefixLists: {},
    },
    [{ id: 'EC2.13', parameters: [] }],
    DEFAULT_PLAN_POLICY,
  );
  return { ...ended, record: { ...ended.record, ...record } };
};
const CERTIFICATE = certify(closing());

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'portcullis-verify-'));
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

function write(name: string, value: unknown, space?: number): string {
  const file = join(directory, name);
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value, null, space));
  return file;
}

const unread = (certificate: Certificate): Certificate =>
  forge(certificate, { after: null, outcome: { outcome: 'could-not-tell', reason: 'Denied.' } });

test('exit code 0: all of it holds, whatever the white space, from a file or standard input, with a byte order mark or not', async () => {
  const file = write('good.json', `\uFEFF${JSON.stringify(CERTIFICATE, null, 2)}\n`);
  expect(await runCli(['verify', file])).toEqual({
    exitCode: 0,
    stderr: '',
    stdout:
      `holds  ${file}  rem-0123456789abcdef close of sg-0a1b2c3d (222222222222, eu-central-1): ` +
      'closed at 2026-03-01T12:00:09.000Z, certificate 1\n',
  });
  const piped = await runCli(['verify', '-'], { input: JSON.stringify([CERTIFICATE]) });
  expect(piped).toMatchObject({ exitCode: 0, stderr: '' });
  expect(piped.stdout).toContain('holds  standard input[0]  ');
});

test('anchors: a chain whose last certificate was replaced holds by itself, and fails with what was kept elsewhere', async () => {
  const second = certify(closing({ decidedBy: 'alice' }), CERTIFICATE);
  const replaced = certify(closing({ decidedBy: 'mallory' }), CERTIFICATE);
  const anchor = ({ parts: { target }, sequence, hash }: Certificate) => ({ target, sequence, hash });
  const anchors = write('anchors.json', { format: 'portcullis-anchors', version: 1, anchors: [anchor(second)] });
  const verify = (chain: readonly Certificate[], file = anchors) =>
    runCli(['verify', write('chain.json', chain), '--anchors', file]);

  expect(await runCli(['verify', write('chain.json', [CERTIFICATE, replaced])])).toMatchObject({ exitCode: 0 });
  expect(await verify([CERTIFICATE, second])).toMatchObject({ exitCode: 0, stderr: '' });
  const forged = await verify([CERTIFICATE, replaced]);
  expect(forged.exitCode).toBe(1);
  expect(forged.stdout).toContain('anchored does not hold: number 2 was another one when it was kept elsewhere');
  const truncated = await verify([CERTIFICATE]);
  expect(truncated.exitCode).toBe(1);
  expect(truncated.stdout).toContain('anchored does not hold: number 2 was kept elsewhere, and is not among the files');

  // A domain event says the same, and one that says nothing of a certificate is passed over.
  const event = {
    'detail-type': 'Ingress Closed',
    detail: { target: second.parts.target, certificate: anchor(second) },
  };
  const events = write('events.json', `${JSON.stringify({ detail: {} })}\n${JSON.stringify(event)}\n`);
  expect(await verify([CERTIFICATE, replaced], events)).toMatchObject({ exitCode: 1 });
  const early = write('early.json', { anchors: [anchor(CERTIFICATE)] });
  const newer = await verify([CERTIFICATE, second], early);
  expect(newer).toMatchObject({ exitCode: 0 });
  expect(newer.stdout).toContain('anchored is not claimed: number 1 is the latest that was kept');
  expect(await verify([second], write('none.json', { anchors: [] }))).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('none.json holds no anchors; give anchors.json') as string,
  });
});

test('exit code 1: each line says which file, what and where', async () => {
  const good = write('good.json', CERTIFICATE);
  const decision = { ...CERTIFICATE.parts.decision, decidedBy: 'somebody else' };
  const changed = write('changed.json', { ...CERTIFICATE, parts: { ...CERTIFICATE.parts, decision } });
  const { exitCode, stdout, stderr } = await runCli(['verify', good, changed]);
  expect([exitCode, stderr]).toEqual([1, 'error: 1 of 2 certificates does not hold\n']);
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toEqual([
    expect.stringMatching(/^holds {2}\S+good\.json /),
    expect.stringMatching(/^FAILS {2}\S+changed\.json /),
    '       unchanged does not hold [decision]: part "decision" is not what was certified: its hash is another',
  ]);
});

test('exit code 1: what says something twice, in a list as well', async () => {
  const twice = JSON.stringify([CERTIFICATE, CERTIFICATE]).replace('"sequence":1', '"sequence":9,"sequence":1');
  const { exitCode, stdout } = await runCli(['verify', write('twice.json', twice)]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('unchanged does not hold: the file was written anew: a member twice');
});

test('what a forger writes stays on the line of their certificate', async () => {
  const forged = { ...CERTIFICATE, remediationId: 'rem-1\nholds  other.json\u2028\t' };
  const { exitCode, stdout } = await runCli(['verify', write('lines.json', forged)]);
  expect(exitCode).toBe(1);
  expect(stdout.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^FAILS {2}\S+lines\.json {2}rem-1 ↵ holds {2}other\.json ↵ {3}close of sg-/),
    expect.stringContaining('unchanged does not hold [hash]'),
  ]);
});

test('a text longer than a regular expression can take is read', async () => {
  const reason = '\\"x y'.repeat(2_000_000);
  const parts = { ...CERTIFICATE.parts, outcome: { ...CERTIFICATE.parts.outcome, reason } };
  const { exitCode, stdout } = await runCli(['verify', write('long.json', { ...CERTIFICATE, parts }, 1)]);
  expect([exitCode, stdout.split('\n')[1]]).toEqual([
    1,
    '       unchanged does not hold [outcome]: part "outcome" is not what was certified: its hash is another',
  ]);
});

test('exit code 2: what is no certificate, or of a version that is not known, before anything is said', async () => {
  const good = write('good.json', CERTIFICATE);
  const cases = [
    [
      write('later.json', { ...CERTIFICATE, version: 2 }),
      'is a certificate of version 2; this Portcullis knows version 1; give what `portcullis show',
    ],
    [write('findings.json', { Findings: [] }), 'is not a certificate of Portcullis; give what `portcullis show'],
    [write('empty-list.json', []), 'holds no certificate: its list is empty'],
    [write('truncated.json', JSON.stringify(CERTIFICATE).slice(0, 100)), 'is not JSON, it looks cut off'],
    [join(directory, 'missing.json'), 'cannot be read: there is no such file or directory; check the path'],
  ] as const;
  for (const [file, text] of cases) {
    const { exitCode, stdout, stderr } = await runCli(['verify', good, file]);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: .*\n$/);
    expect(stderr).toContain(`${file} ${text}`);
  }
});

test('exit code 3: it cannot be told', async () => {
  const { exitCode, stdout, stderr } = await runCli(['verify', write('unread.json', unread(CERTIFICATE))]);
  expect([exitCode, stderr]).toEqual([3, 'error: whether 1 of 1 certificate holds cannot be told\n']);
  expect(stdout).toContain('?????  ');
  expect(stdout).toContain('nothing-opened could not be told [after]: there is no state after to compare with');
});

test('--json prints every statement, and ends with the same exit code', async () => {
  const file = write('unread.json', unread(CERTIFICATE));
  const { exitCode, stdout } = await runCli(['verify', file, '--json']);
  expect(exitCode).toBe(3);
  expect(JSON.parse(stdout)).toEqual({
    ok: false,
    verdict: 'could-not-tell',
    certificates: [
      {
        file,
        remediationId: 'rem-0123456789abcdef',
        sequence: 1,
        hash: unread(CERTIFICATE).hash,
        target: CERTIFICATE.parts.target,
        action: 'close',
        outcome: 'could-not-tell',
        verdict: 'could-not-tell',
        statements: [
          { check: 'unchanged', verdict: 'holds', text: '' },
          {
            check: 'closed',
            verdict: 'not-claimed',
            reason: { code: 'ended-otherwise', outcome: 'could-not-tell' },
            text: 'it ended as could-not-tell',
          },
          expect.objectContaining({ check: 'nothing-opened', verdict: 'could-not-tell', part: 'after' }),
          expect.objectContaining({ check: 'smallest-cut', verdict: 'could-not-tell', part: 'after' }),
          { check: 'outcome', verdict: 'holds', text: '' },
          { check: 'chain', verdict: 'holds', text: '' },
        ],
      },
    ],
  });
});

test('--help says what is checked, with examples', async () => {
  const { exitCode, stdout } = await runCli(['verify', '--help']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('$ portcullis verify closing.json');
});

test('show --chain without --certificate is refused', async () => {
  const { exitCode, stderr } = await runCli(['show', 'rem-0123456789abcdef', '--chain']);
  expect([exitCode, stderr]).toEqual([
    2,
    'error: --chain goes with --certificate: it writes all certificates of the target\n',
  ]);
});
