import { renderCsv } from '../../../src/core/reporting/csv/csv';
import { renderFindingsCsv } from '../../../src/core/reporting/csv/render-findings-csv';
import { toReport } from '../../../src/core/reporting/to-report';
import { asff, GENERATED_AT, remediation } from './report-fixtures';

test.each([
  ['=HYPERLINK("http://evil")', `"'=HYPERLINK(""http://evil"")"`],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tcmd', "'\tcmd"],
  ['\rcmd', `"'\rcmd"`],
  ['a=b', 'a=b'],
  ['one, two', '"one, two"'],
  ['say "no"', '"say ""no"""'],
  ['two\nlines', '"two\nlines"'],
  [undefined, ''],
  [-5, '-5'],
])('a cell of %j is written as %j', (value, cell) => {
  expect([...renderCsv([{ name: 'name', valueOf: () => value }], [value])].join('')).toBe(`name\r\n${cell}\r\n`);
});

test('has one line a check, with the columns that people count on', () => {
  const report = toReport({
    generatedAt: GENERATED_AT,
    source: 'findings.json',
    findings: [asff({ Workflow: { Status: 'RESOLVED' } })],
    records: [remediation()],
  });
  const [header = '', line = '', ...rest] = [...renderFindingsCsv(report)].join('').split('\r\n');
  expect(rest).toEqual(['']);
  const names = header.split(',');
  const cells = line.split(',');
  expect(cells).toHaveLength(names.length);
  expect(Object.fromEntries(names.map((name, i) => [name, cells[i]]))).toMatchObject({
    control: 'EC2.13',
    status: 'closed',
    severity: 'HIGH',
    account: '222222222222',
    region: 'eu-central-1',
    resource_id: 'sg-0123456789abcdef0',
    resource_name: 'web',
    first_seen_at: '2026-11-01T00:00:00Z',
    closed_at: '2026-11-11T00:00:30Z',
    seconds_decision_to_closed: '30',
    trigger: 'custom-action',
    decided_by: '"custom action ""Close ingress"""',
    revoked: 'tcp 22 from 0.0.0.0/0 (sgr-0aaaaaaaaaaaaaaaa)',
    standards: 'standards/aws-foundational-security-best-practices/v/1.0.0',
  });
});

test.each([
  ['a finding alone', [asff()], []],
  ['a remediation alone', [], [remediation()]],
  ['both', [asff({ Workflow: { Status: 'RESOLVED' } })], [remediation({ decidedBy: 'ana' })]],
])('every line has a cell for each column, with %s', (_, findings, records) => {
  const report = toReport({ generatedAt: GENERATED_AT, source: 'findings.json', findings, records });
  const [header = '', line = ''] = [...renderFindingsCsv(report)].join('').split('\r\n');
  expect(line.replace(/"[^"]*"/g, '').split(',')).toHaveLength(header.split(',').length);
});

test('a time beyond the year 9999, which begins with a plus, is no formula wherever it stands', () => {
  const findings = [asff({ FirstObservedAt: '+012026-01-01T00:00:00.000Z' })];
  const report = toReport({ generatedAt: GENERATED_AT, source: 'findings.json', findings, records: [] });
  const [, line = ''] = [...renderFindingsCsv(report)].join('').split('\r\n');
  expect(line.split(',').filter((cell) => /^'?\+/.test(cell))).toEqual([
    "'+012026-01-01T00:00:00.000Z",
    "'+012026-01-01T00:00:00.000Z",
    "'+012026-01-31T00:00:00.000Z",
  ]);
});
