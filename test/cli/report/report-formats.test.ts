import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ocsf } from '../../core/findings/ocsf/ocsf-fixtures';
import { asff, remediation } from '../../core/reporting/report-fixtures';
import { runCli } from '../run-cli';

const cwd = mkdtempSync(join(tmpdir(), 'portcullis-formats-'));
afterAll(() => {
  rmSync(cwd, { recursive: true, force: true });
});

const COMPLIANCE = {
  Status: 'FAILED',
  SecurityControlId: 'EC2.13',
  RelatedRequirements: ['NIST.800-53.r5 AC-4', '=cmd'],
  AssociatedStandards: [{ StandardsId: 'standards/nist-800-53/v/5.0.0' }],
};
const FINDINGS = [
  asff({ Compliance: COMPLIANCE, Workflow: { Status: 'RESOLVED' } }),
  asff({ id: 'open', group: 'sg-2', Compliance: COMPLIANCE }),
  asff({ id: 'hostile', group: 'sg-3', Title: '</script><b>', Compliance: COMPLIANCE }),
];

async function report(findings: unknown, ...more: readonly string[]) {
  writeFileSync(join(cwd, 'findings.json'), JSON.stringify(findings));
  writeFileSync(join(cwd, 'ledger.json'), JSON.stringify([remediation()]));
  const args = ['report', '--findings', 'findings.json', '--out', 'out', '--json', ...more];
  const { exitCode, stdout, stderr } = await runCli(args, { cwd });
  return { exitCode, stderr, said: JSON.parse(stdout || '{}') as Readonly<Record<string, unknown>> };
}

function written(name: string): string {
  return readFileSync(join(cwd, 'out', name), 'utf8');
}

describe('all formats and a zip', () => {
  let answer: Awaited<ReturnType<typeof report>>;
  beforeAll(async () => {
    const formats = ['--format', 'html,csv,json,ocsf,oscal', '--zip'];
    answer = await report({ Findings: FINDINGS }, '--ledger', 'ledger.json', ...formats);
  });

  test('are written, and nothing is left half-written', () => {
    expect(answer).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readdirSync(join(cwd, 'out')).sort()).toEqual([
      'assessment-results.oscal.json',
      'controls.csv',
      'findings.asff.json',
      'findings.csv',
      'findings.ocsf.json',
      'manifest.json',
      'remediations.csv',
      'report.html',
      'report.zip',
      'requirements.csv',
      'standards.csv',
    ]);
  });

  test('the manifest has the SHA-256 of every file but itself and the zip', () => {
    const { files } = JSON.parse(written('manifest.json')) as {
      readonly files: readonly { readonly name: string; readonly sha256: string; readonly bytes: number }[];
    };
    expect(files).toHaveLength(9);
    for (const { name, sha256, bytes } of files) {
      expect(createHash('sha256').update(written(name)).digest('hex')).toBe(sha256);
      expect(Buffer.byteLength(written(name))).toBe(bytes);
    }
  });

  test('findings.asff.json holds the findings as captured', () => {
    expect(JSON.parse(written('findings.asff.json'))).toEqual({ Findings: FINDINGS });
  });

  test('a requirement is a line of its own, and runs as no formula', () => {
    expect(written('requirements.csv').split('\r\n').slice(1, 3)).toEqual([
      "'=cmd,3,2,2,0,0,0,0,1,0,0,0,864030,864030,30,30,0,0,0,0,3,1,0",
      'NIST.800-53.r5 AC-4,3,2,2,0,0,0,0,1,0,0,0,864030,864030,30,30,0,0,0,0,3,1,0',
    ]);
  });

  test('every closing of the ledger is a line of remediations.csv', () => {
    expect(written('remediations.csv')).toMatch(/\r\nrem-0123456789abcdef,close,,closed,/);
  });

  test('OCSF has a Compliance Finding a check, of which the closed one passes', () => {
    const findings = JSON.parse(written('findings.ocsf.json')) as readonly Readonly<Record<string, unknown>>[];
    expect(findings.map(({ class_uid, status }) => [class_uid, status])).toEqual([
      [2003, 'New'],
      [2003, 'New'],
      [2003, 'Resolved'],
    ]);
    expect(findings[2]).toMatchObject({ compliance: { status: 'Pass' }, unmapped: { portcullis_status: 'closed' } });
  });

  test('OSCAL has a finding a control, and the certificate as evidence of the check that was closed', () => {
    const { 'assessment-results': results } = JSON.parse(written('assessment-results.oscal.json')) as {
      readonly 'assessment-results': { readonly results: readonly Readonly<Record<string, unknown>>[] };
    };
    expect(results.results[0]?.['findings']).toEqual([
      expect.objectContaining({
        description: '1 of 3 checks pass.',
        target: { type: 'objective-id', 'target-id': 'EC2.13', status: { state: 'not-satisfied' } },
      }),
    ]);
    expect(JSON.stringify(results)).toContain('urn:portcullis:certificate:rem-0123456789abcdef');
  });
});

describe('findings of Security Hub V2', () => {
  test('are read beside those in ASFF, and one that is there in both faces counts once', async () => {
    const other = ocsf({ finding_info: { ...(ocsf()['finding_info'] as object), uid: 'finding-2' } });
    const { said } = await report({ Findings: [asff(), ocsf(), other] }, '--format', 'csv');
    expect(said).toMatchObject({
      checks: 1,
      byStatus: { open: 1 },
      remarks: ['1 finding is there more than once: of each, the latest counts.'],
    });
  });

  test('without a control, of coverage and of other products are counted as of other controls', async () => {
    const coverage = ocsf({
      compliance: { status: 'Fail', status_id: 3 },
      metadata: {
        product: { name: 'Security Hub Coverage', uid: 'arn:aws:securityhub:x::productv2/aws/securityhub-coverage' },
      },
    });
    const guardDuty = ocsf({ class_uid: 2004, finding_info: { uid: 'g' } });
    const { said } = await report({ Findings: [ocsf(), coverage, guardDuty] }, '--format', 'csv');
    expect(said).toMatchObject({ checks: 1, otherControls: 2, notUnderstood: 0 });
  });

  test('that name no finding are not understood, with their count', async () => {
    const { said } = await report({ Findings: [ocsf(), ocsf({ metadata: {} })] }, '--format', 'csv');
    expect(said).toMatchObject({ checks: 1, notUnderstood: 1 });
  });

  test('are in no findings.asff.json, which holds those in ASFF as they stood in the file', async () => {
    const text = JSON.stringify([asff({ n: 1 }), ocsf(), asff({ id: 'b' }), asff({ id: 'c' })]);
    writeFileSync(join(cwd, 'mixed.json'), text.replace('"n":1', '"n":1.0'));
    const args = ['report', '--findings', 'mixed.json', '--out', 'out', '--format', 'json'];
    expect((await runCli(args, { cwd })).exitCode).toBe(0);
    const { Findings } = JSON.parse(written('findings.asff.json')) as { readonly Findings: readonly { Id: string }[] };
    expect(Findings.map(({ Id }) => Id)).toEqual(['finding-1', 'b', 'c']);
  });

  test.each([
    ['a list on one line', (all: readonly string[]) => `{"Findings":[${all.join()}]}`],
    ['a finding a line', (all: readonly string[]) => all.join('\n')],
  ])('numbers, order and repeated members stay as Security Hub wrote them: %s', async (_how, toFile) => {
    const text = JSON.stringify(asff({ id: 'c', text: '},{"SchemaVersion":' }));
    const one = text.replace('"Id"', '"z":1.0,"z":2,"Id"').replace('"2018', '"\\u0032018');
    const all = [JSON.stringify(asff()), JSON.stringify(asff({ id: 'b' })), one, JSON.stringify(asff({ id: 'd' }))];
    writeFileSync(join(cwd, 'captured.json'), toFile(all));
    const args = ['report', '--findings', 'captured.json', '--out', 'out', '--format', 'json'];
    expect((await runCli(args, { cwd })).exitCode).toBe(0);
    expect(written('findings.asff.json')).toBe(`{"Findings":[\n${all.join(',\n')}\n]}\n`);
  });

  test.each([
    ['begin otherwise', JSON.stringify({ first: 1, ...asff({ id: 'b' }) })],
    ['hold objects that begin as they do', JSON.stringify(asff({ id: 'b', list: [{ x: 1 }, { SchemaVersion: 1 }] }))],
  ])('findings of which some %s are a line each all the same', async (_how, one) => {
    const all = [JSON.stringify(asff()), one, JSON.stringify(asff({ id: 'c' })), JSON.stringify(asff({ id: 'd' }))];
    writeFileSync(join(cwd, 'alike.json'), `[${all.join()}]`);
    const args = ['report', '--findings', 'alike.json', '--out', 'out', '--format', 'json'];
    expect((await runCli(args, { cwd })).exitCode).toBe(0);
    expect(written('findings.asff.json')).toBe(`{"Findings":[\n${all.join(',\n')}\n]}\n`);
  });

  test('a last line that is truncated is refused, and nothing is written', async () => {
    rmSync(join(cwd, 'out'), { recursive: true, force: true });
    const lines = [asff(), asff({ id: 'b' }), asff({ id: 'c' })].map((one) => JSON.stringify(one)).join('\n');
    writeFileSync(join(cwd, 'truncated.ndjson'), lines.slice(0, -30));
    const args = ['report', '--findings', 'truncated.ndjson', '--out', 'out', '--format', 'csv,json', '--zip'];
    const { exitCode, stderr } = await runCli(args, { cwd });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringMatching(/truncated\.ndjson, document 3 .*looks cut off/) as string,
    });
    expect(readdirSync(cwd)).not.toContain('out');
  });

  test('that are truncated are refused, and nothing is written', async () => {
    rmSync(join(cwd, 'out'), { recursive: true, force: true });
    writeFileSync(join(cwd, 'truncated.json'), JSON.stringify({ Findings: [ocsf()] }).slice(0, -30));
    const args = ['report', '--findings', 'truncated.json', '--out', 'out', '--format', 'html,json,ocsf', '--zip'];
    const { exitCode, stderr } = await runCli(args, { cwd });
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('looks cut off') as string });
    expect(readdirSync(cwd)).not.toContain('out');
  });
});
