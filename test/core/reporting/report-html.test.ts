import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { html, trustedHtml } from '../../../src/core/reporting/html/html';
import { MAX_ROWS_IN_HTML, ROWS_A_PAGE } from '../../../src/core/reporting/html/checks-table';
import { renderReportHtml } from '../../../src/core/reporting/html/render-report-html';
import { readPageAssets } from '../../../src/report-files/page-assets';
import { toReport } from '../../../src/core/reporting/to-report';
import { asff, exception, GENERATED_AT, remediation } from './report-fixtures';

const ASSETS = readPageAssets();

function page(findings: readonly unknown[], records: readonly unknown[] = [], source = 'findings.json'): string {
  return [...renderReportHtml(toReport({ generatedAt: GENERATED_AT, source, findings, records }), ASSETS)].join('');
}

function dataOf(text: string): { readonly rows: readonly unknown[]; readonly texts: readonly string[] } {
  const [, json = ''] = /<script type="application\/json" id="checks-data">([^<]*)<\/script>/.exec(text) ?? [];
  return JSON.parse(json) as ReturnType<typeof dataOf>;
}

describe('text', () => {
  test.each([
    ['<b>', '&lt;b&gt;'],
    [`"' onload=x`, '&quot;&#39; onload=x'],
    ['a&b', 'a&amp;b'],
    ['\u0000\u001b[31m', '\ufffd\ufffd[31m'],
    ['\u202egnp.exe', '\ufffdgnp.exe'],
    [7, '7'],
    [undefined, ''],
    [[html`<i>1</i>`, html`<b>2</b>`], '<i>1</i><b>2</b>'],
    [trustedHtml('<i>'), '<i>'],
  ])('%j becomes %s', (value, expected) => {
    expect(String(html`<p>${value}</p>`)).toBe(`<p>${expected}</p>`);
  });
});

describe('the page', () => {
  const hostile = '</td><script>alert(1)</script><img src=x onerror=alert(1)>';

  test('lets nothing that was read become markup, wherever it stands', () => {
    const text = page(
      [
        asff({
          Title: hostile,
          Severity: { Label: hostile },
          Note: { Text: hostile, UpdatedBy: hostile, UpdatedAt: hostile },
          FirstObservedAt: hostile,
          Resources: [
            {
              Type: 'AwsEc2SecurityGroup',
              Id: 'arn:aws:ec2:eu-central-1:222222222222:security-group/sg-0123456789abcdef0',
              Details: { AwsEc2SecurityGroup: { GroupName: hostile } },
            },
          ],
        }),
        { Id: hostile, ProductArn: hostile, ProductName: hostile },
      ],
      [remediation({ decidedBy: hostile, outcome: 'failed', reason: hostile })],
      hostile,
    );
    // The data, and the script that is allowed by its hash.
    expect(text.match(/<script/g)).toHaveLength(2);
    expect(dataOf(text).texts).toContain(hostile);
    expect(text).not.toContain('<img');
    expect(text).toContain('&lt;script&gt;alert(1)');
  });

  test('allows its own script by hash and loads nothing', () => {
    const [, script = ''] = /<script>([\s\S]*)<\/script>/.exec(page([asff()])) ?? [];
    const hash = createHash('sha256').update(script).digest('base64');
    expect(page([asff()])).toContain(`default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`);
    expect(page([asff()])).not.toMatch(/(src|href)="(?!#)/);
  });

  test('draws the label of the first of half a year of weeks whole', () => {
    const text = page([asff({ FirstObservedAt: '2026-01-01T00:00:00Z' })]);
    const [, left = ''] = /class="histogram trend"\s+viewBox="(-?[0-9]+) /.exec(text) ?? [];
    const [, middle = ''] = /class="tick" x="([0-9.]+)" y="[0-9]+">2026-/.exec(text) ?? [];
    // Ten figures take some 60 of the picture's units.
    expect(Number(middle) - 30).toBeGreaterThan(Number(left));
  });

  test('has a script that parses', () => {
    expect(() => new Script(ASSETS.script)).not.toThrow();
  });

  test('says what was revoked, by whom and how fast', () => {
    const text = page([asff({ Workflow: { Status: 'RESOLVED' } })], [remediation()]);
    expect(text).toContain('<code>tcp 22 from 0.0.0.0/0</code>');
    expect(text).toContain('custom action &quot;Close ingress&quot;');
    expect(text).toContain('closed in 30 s');
    expect(text).toMatch(/Nothing is open\./);
  });

  test('says what an undo put back and took away, and that it is open again', () => {
    const record = remediation();
    const [run] = record.runs;
    if (!run) throw new Error('the fixture has a run');
    const kept = { ...run.step.rules[0], FromPort: 443, ToPort: 443 };
    const undo = remediation({
      action: 'undo',
      outcome: 'undone',
      reason: 'Undone, and read back.',
      runs: [
        { ...run, step: { call: 'AuthorizeSecurityGroupIngress', rules: run.step.rules } },
        { ...run, step: { call: 'RevokeSecurityGroupIngress', rules: [kept] } },
      ] as typeof record.runs,
    });
    const text = page([asff()], [undo]).replace(/\s+/g, ' ');
    expect(text).toContain('<span class="label">Added</span> <code>tcp 22 from 0.0.0.0/0</code>');
    expect(text).toContain('<span class="label">Revoked</span> <code>tcp 443 from 0.0.0.0/0</code>');
    expect(text).toContain('>Open again</span>');
    expect(text).toContain('1 finding, 0 closings, 1 undo');
  });

  test('shows under the summary that entries are in none of its figures', () => {
    expect(page([asff(), null])).toContain('In none of these figures: 1 finding');
    expect(page([asff()])).not.toContain('In none of these figures');
  });

  test('shows the most urgent without scripts, says so, and holds every check for the script', () => {
    const many = Array.from({ length: ROWS_A_PAGE + 1 }, (_, i) =>
      asff({ id: `f${String(i)}`, group: `sg-${String(i)}` }),
    );
    const text = page(many).replace(/\s+/g, ' ');
    expect(text).toContain('Without scripts these are the 100 most urgent of 101; findings.csv has all.');
    expect(text.match(/<span class="chip chip-open">Open<\/span> <\/td>/g)).toHaveLength(ROWS_A_PAGE);
    expect(dataOf(page(many)).rows).toHaveLength(many.length);
    expect(page([asff()])).not.toContain('Without scripts');
  });

  test('keeps of its most urgent what a browser can hold, and says so', () => {
    const report = toReport({ generatedAt: GENERATED_AT, source: 'x', findings: [asff()], records: [] });
    const rows = Array.from({ length: MAX_ROWS_IN_HTML + 1 }, () => [...report.rows]).flat();
    const text = [...renderReportHtml({ ...report, rows }, ASSETS)].join('');
    expect(text.replace(/\s+/g, ' ')).toContain('200,000 most urgent of 200,001 are here; findings.csv has all.');
    expect(dataOf(text).rows).toHaveLength(MAX_ROWS_IN_HTML);
  });

  test('shows what is overdue and since when, the exceptions with their end, and the weeks', () => {
    const report = toReport({
      generatedAt: GENERATED_AT,
      source: 'x',
      findings: [
        asff({ group: 'sg-2', FirstObservedAt: '2026-10-01T00:00:00Z' }),
        asff({ Workflow: { Status: 'SUPPRESSED' } }),
      ],
      records: [],
      exceptions: [exception()],
      decide: () => 'auto',
    });
    const text = [...renderReportHtml(report, ASSETS)].join('').replace(/\s+/g, ' ');
    expect(text).toContain('<strong>1</strong> is overdue');
    expect(text).toMatch(/overdue since <time datetime="2026-10-31T00:00:00\.000Z">2026-10-31<\/time>/);
    expect(text).toContain('it would close <strong>1</strong> of what is open by itself');
    expect(text).toContain('tcp 22 from 0.0.0.0/0</td>');
    expect(text).toContain('in 71 d');
    expect(text).toContain('>Excepted</span>');
    expect(text).toContain('Score: <strong>0 %</strong> of controls pass.');
    expect(text).toContain('Week of 2026-09-28: 1 opened');
  });

  test('shows on a row what came before its latest remediation', () => {
    const later = remediation({ remediationId: 'rem-1111111111111111', startedAt: '2026-11-12T00:00:00Z' });
    expect(page([asff()], [remediation(), later])).toContain(
      'Before: closed 2026-11-11 by custom action &quot;Close ingress&quot;',
    );
  });

  test('is whole with nothing to report', () => {
    expect(page([])).toContain('No finding or remediation');
  });
});
