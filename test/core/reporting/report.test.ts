import type { ReportRow } from '../../../src/core/reporting/report-row';
import { toReport } from '../../../src/core/reporting/to-report';
import { asff, GENERATED_AT, listed, remediation, type ListedReport } from './report-fixtures';

function report(findings: readonly unknown[], records: readonly unknown[] = []): ListedReport {
  return listed(toReport({ generatedAt: GENERATED_AT, source: 'findings.json', findings, records }));
}

function onlyRow({ rows }: ListedReport): ReportRow {
  const [row, ...others] = rows;
  if (row === undefined || others.length > 0) throw new Error(`expected one row, got ${String(rows.length)}`);
  return row;
}

const failing = { Status: 'FAILED', SecurityControlId: 'EC2.13' };
const resolved = { Workflow: { Status: 'RESOLVED' } };

describe('where a control on a resource stands', () => {
  const standings: readonly (readonly [string, readonly unknown[], readonly unknown[], string, RegExp])[] = [
    ['a failing finding that nobody touched is open', [asff()], [], 'open', /No remediation yet/],
    [
      'a warning counts as failing',
      [asff({ Compliance: { ...failing, Status: 'WARNING' } })],
      [],
      'open',
      /No remediation/,
    ],
    [
      'a passing one is not failing',
      [asff({ Compliance: { ...failing, Status: 'PASSED' } })],
      [],
      'not-failing',
      /passes/,
    ],
    ['an archived one is not failing', [asff({ RecordState: 'ARCHIVED' })], [], 'not-failing', /Archived/],
    [
      'one without a result cannot be told',
      [asff({ Compliance: { ...failing, Status: 'NOT_AVAILABLE' } })],
      [],
      'could-not-tell',
      /no result/,
    ],
    [
      'one without compliance cannot be told, and has its control from its generator',
      [asff({ Compliance: undefined })],
      [],
      'could-not-tell',
      /no result/,
    ],
    ['one whose compliance says nothing cannot be told', [asff({ Compliance: {} })], [], 'could-not-tell', /no result/],
    [
      'a suppressed one keeps the note of who accepted it',
      [
        asff({
          Workflow: { Status: 'SUPPRESSED' },
          Note: { Text: 'Until May', UpdatedBy: 'ana', UpdatedAt: '2026-11-02T00:00:00Z' },
        }),
      ],
      [],
      'suppressed',
      /Until May/,
    ],
    [
      'one marked resolved by hand while it still fails is a line of its own',
      [asff(resolved)],
      [],
      'resolved-still-failing',
      /outside Portcullis/,
    ],
    [
      'one that could not be closed and that somebody marked resolved then is a line of its own, too',
      [asff(resolved)],
      [remediation({ outcome: 'failed', reason: 'Denied.' })],
      'resolved-still-failing',
      /outside Portcullis.*Before that: Denied\./,
    ],
    ['one that the ledger read back as closed is closed', [asff(resolved)], [remediation()], 'closed', /read back/],
    ['what only the ledger remembers is closed', [], [remediation()], 'closed', /read back/],
    [
      'one that fails again after it was closed is open again',
      [asff({ UpdatedAt: '2026-11-12T00:00:00Z' })],
      [remediation()],
      'open',
      /open again/,
    ],
    [
      'a periodic check may say FAILED for a day after the closing',
      [asff({ ...resolved, UpdatedAt: '2026-11-11T20:00:00Z' })],
      [remediation()],
      'closed',
      /read back/,
    ],
    [
      'a resolved one that fails more than a day after the closing cannot be told',
      [asff({ ...resolved, UpdatedAt: '2026-11-13T00:00:00Z' })],
      [remediation()],
      'could-not-tell',
      /may be open again/,
    ],
    [
      'one that waits for a person is open',
      [asff({ Workflow: { Status: 'NOTIFIED' } })],
      [remediation({ outcome: 'asked', reason: 'Managed by Firewall Manager.' })],
      'open',
      /Firewall Manager/,
    ],
    ['a running one is in progress', [asff()], [remediation({ outcome: 'running' })], 'in-progress', /under way/],
    ['a failed one says why', [asff()], [remediation({ outcome: 'failed', reason: 'Denied.' })], 'failed', /Denied/],
    ['one that stayed open has failed', [asff()], [remediation({ outcome: 'still-open' })], 'failed', /still open/],
    [
      'one that could not be read back cannot be told',
      [asff()],
      [remediation({ outcome: 'could-not-tell' })],
      'could-not-tell',
      /could not be read back/,
    ],
    [
      'one that failed and passes since is not failing',
      [asff({ Compliance: { ...failing, Status: 'PASSED' } })],
      [remediation({ outcome: 'failed' })],
      'not-failing',
      /passes/,
    ],
    [
      'one whose target is gone is not failing',
      [asff(resolved)],
      [remediation({ outcome: 'not-needed', reason: 'The group is gone.' })],
      'not-failing',
      /gone/,
    ],
    [
      'without the ledger, what Portcullis wrote on the finding counts',
      [
        asff({
          ...resolved,
          UserDefinedFields: {
            PortcullisOutcome: 'closed',
            PortcullisRemediationId: 'rem-0123456789abcdef',
            PortcullisDecidedBy: 'ana',
          },
        }),
      ],
      [],
      'closed',
      /read back/,
    ],
  ];

  test.each(standings)('%s', (_name, findings, records, status, reason) => {
    const row = onlyRow(report(findings, records));
    expect(row).toMatchObject({ status });
    expect(row.reason).toMatch(reason);
  });
});

describe('rows', () => {
  test('counts from first seen and from the decision to the closing', () => {
    expect(onlyRow(report([asff(resolved)], [remediation()]))).toMatchObject({
      closedAt: '2026-11-11T00:00:30Z',
      secondsFromFirstSeenToClosed: 10 * 86_400 + 30,
      secondsFromDecisionToClosed: 30,
      openSince: undefined,
    });
  });

  test('does not claim a time to close for what somebody else had closed', () => {
    const row = onlyRow(report([asff(resolved)], [remediation({ outcome: 'already-closed' })]));
    expect(row.status).toBe('closed');
    expect(row.secondsFromFirstSeenToClosed).toBeUndefined();
  });

  test('takes what could not be told for open since it was first seen', () => {
    expect(onlyRow(report([asff(resolved)])).openSince).toBe('2026-11-01T00:00:00Z');
  });

  test('counts one that is open again from when that was seen', () => {
    const row = onlyRow(report([asff({ UpdatedAt: '2026-11-12T00:00:00Z' })], [remediation()]));
    expect(row.openSince).toBe('2026-11-12T00:00:00Z');
  });

  test('takes the latest finding of a control and resource, an active one before an archived one', () => {
    const row = onlyRow(
      report([
        asff({ id: 'old', UpdatedAt: '2026-11-02T00:00:00Z', Severity: { Label: 'LOW' } }),
        asff({ id: 'latest', UpdatedAt: '2026-11-03T00:00:00Z', Severity: { Label: 'CRITICAL' } }),
        asff({ id: 'archived', UpdatedAt: '2026-11-04T00:00:00Z', RecordState: 'ARCHIVED' }),
      ]),
    );
    expect(row).toMatchObject({ severity: 'CRITICAL', findingCount: 3, finding: { id: 'latest' } });
  });

  test('takes the latest remediation and counts the earlier ones', () => {
    const earlier = remediation({
      remediationId: 'rem-1111111111111111',
      startedAt: '2026-11-10T00:00:00Z',
      outcome: 'failed',
    });
    const row = onlyRow(report([asff(resolved)], [remediation(), earlier]));
    expect(row).toMatchObject({ status: 'closed', closingCount: 2, undoCount: 0 });
  });

  test('counts an undone closing as open again, and ignores an undo that changed nothing', () => {
    const undo = remediation({
      remediationId: 'rem-2222222222222222',
      action: 'undo',
      startedAt: '2026-11-12T00:00:00Z',
      finishedAt: '2026-11-12T00:00:20Z',
      outcome: 'undone',
    });
    expect(onlyRow(report([asff()], [remediation(), undo]))).toMatchObject({
      status: 'open',
      openSince: '2026-11-12T00:00:20Z',
    });
    const inVain = { ...undo, outcome: 'nothing-to-undo' as const };
    expect(onlyRow(report([asff(resolved)], [remediation(), inVain]))).toMatchObject({ status: 'closed' });
  });

  test('leaves previews out: they neither count nor say where anything stands', () => {
    const preview = remediation({
      remediationId: 'rem-2222222222222222',
      action: 'preview',
      outcome: 'previewed',
      startedAt: '2026-11-12T00:00:00Z',
    });
    const both = report([asff(resolved)], [remediation(), preview]);
    expect(both).toMatchObject({ closingCount: 1, undoCount: 0 });
    expect(onlyRow(both)).toMatchObject({ status: 'closed', closingCount: 1 });
    expect(onlyRow(report([asff()], [preview]))).toMatchObject({ status: 'open', remediation: undefined });
    expect(report([], [preview]).rows).toEqual([]);
  });

  test('does not count an undo as a closing', () => {
    const undo = remediation({ remediationId: 'rem-2222222222222222', action: 'undo', outcome: 'undone' });
    const both = report([asff()], [remediation(), undo]);
    expect(both).toMatchObject({ closingCount: 1, undoCount: 1 });
    expect(onlyRow(both)).toMatchObject({ closingCount: 1, undoCount: 1 });
  });

  test('takes an undone closing for open also where Security Hub has forgotten the finding', () => {
    const undo = remediation({
      remediationId: 'rem-2222222222222222',
      action: 'undo',
      undoes: 'rem-0123456789abcdef',
      // Nobody was there to be told.
      findings: [],
      startedAt: '2026-11-12T00:00:00Z',
      finishedAt: '2026-11-12T00:00:20Z',
      outcome: 'undone',
    });
    const row = onlyRow(report([], [remediation({ undoneBy: undo.remediationId }), undo]));
    expect(row).toMatchObject({ status: 'open', reopenedAt: '2026-11-12T00:00:20Z', undoCount: 1 });
  });

  test('counts only records that it could read', () => {
    expect(report([], [remediation(), { remediationId: 'rem-none' }])).toMatchObject({ closingCount: 1, undoCount: 0 });
  });

  test('makes a row for every control that one remediation resolves', () => {
    const [finding] = remediation().findings;
    if (!finding) throw new Error('the fixture has a finding');
    const { rows } = report([], [remediation({ findings: [finding, { ...finding, control: 'EC2.19' }] })]);
    expect(rows.map(({ control }) => control)).toEqual(['EC2.13', 'EC2.19']);
  });

  test('names only rules whose effect was seen', () => {
    const record = remediation();
    const unseen = record.runs.map((run) => ({ ...run, end: 'failed' as const }));
    expect(onlyRow(report([], [record])).remediation?.removed).toHaveLength(1);
    expect(onlyRow(report([], [{ ...record, runs: unseen }])).remediation?.removed).toHaveLength(0);
  });

  test('puts the gravest of the equally urgent first', () => {
    const severities = ['LOW', 'CRITICAL', 'UNHEARD-OF', 'HIGH'];
    const { rows } = report(severities.map((Label, i) => asff({ group: `sg-${String(i)}`, Severity: { Label } })));
    expect(rows.map(({ severity }) => severity)).toEqual(['CRITICAL', 'HIGH', 'LOW', 'UNHEARD-OF']);
  });

  test('puts the most urgent first', () => {
    const { rows } = report([
      asff({ group: 'sg-1', Compliance: { ...failing, Status: 'PASSED' } }),
      asff({ group: 'sg-2', Workflow: { Status: 'SUPPRESSED' } }),
      asff({ group: 'sg-3' }),
    ]);
    expect(rows.map(({ status }) => status)).toEqual(['open', 'suppressed', 'not-failing']);
  });
});

describe('totals', () => {
  const { overall, byAccount, byRegion, bySeverity } = report(
    [
      asff({ ...resolved }),
      asff({ id: 'f2', group: 'sg-2', account: '333333333333', Severity: { Label: 'CRITICAL' } }),
      asff({ id: 'f3', group: 'sg-3', region: 'us-east-1' }),
    ],
    [remediation()],
  );

  test('add up', () => {
    expect(overall).toMatchObject({ total: 3, byStatus: { open: 2, closed: 1 } });
    expect(byAccount.map(({ name, total }) => [name, total])).toEqual([
      ['222222222222', 2],
      ['333333333333', 1],
    ]);
    expect(byRegion.map(({ name }) => name)).toEqual(['eu-central-1', 'us-east-1']);
  });

  test('list severities by their gravity', () => {
    expect(bySeverity.map(({ name }) => name)).toEqual(['CRITICAL', 'HIGH']);
  });

  test('give the median time', () => {
    expect(overall.secondsFromDecisionToClosed).toEqual({ median: 30, p90: 30 });
  });
});

describe('what is not understood', () => {
  test('is counted by product and kind, never dropped', () => {
    const { rows, notUnderstood, otherControls, findingCount } = report(
      [
        asff(),
        null,
        'text',
        { Id: 'x', ProductArn: 'arn:aws:securityhub:eu-central-1::product/acme/scanner', ProductName: 'Scanner' },
        asff({ id: 's3-1', control: 'S3.1' }),
        asff({ id: 's3-2', control: 'S3.2' }),
        asff({ id: 'account', Resources: [{ Type: 'AwsAccount', Id: 'AWS::::Account:222222222222' }] }),
      ],
      [{ remediationId: 'rem-none' }],
    );
    expect(findingCount).toBe(7);
    expect(rows).toHaveLength(1);
    expect(
      notUnderstood.map(({ what, kind, product, count, example }) => [what, kind, product, count, example]),
    ).toEqual([
      ['finding', 'unreadable', 'unknown product', 2, 'no. 2 in the file'],
      ['finding', 'unreadable', 'Scanner', 1, 'x'],
      ['finding', 'no-target', 'Security Hub', 1, 'account'],
      ['ledger record', 'unreadable', 'Portcullis ledger', 1, 'no. 1 in the file'],
    ]);
    expect(otherControls).toEqual([
      { name: 'S3.1', product: 'Security Hub', count: 1 },
      { name: 'S3.2', product: 'Security Hub', count: 1 },
    ]);
  });

  test('takes records as earlier versions kept them, and counts those of later ones that it cannot know', () => {
    // Without reasons as data, context, certificate, severity, and when somebody chose.
    const plan = { violations: [], steps: [], remaining: [], ask: [], remarks: [] };
    const earlier = { ...remediation({ reason: 'Closed, and read back.' }), plan };
    const later = { ...earlier, remediationId: 'rem-00000000000000ff', outcome: 'quarantined' };
    const { rows, closingCount, notUnderstood } = report([asff(resolved)], [earlier, later]);
    expect(rows).toMatchObject([{ status: 'closed', remediation: { remediationId: earlier.remediationId } }]);
    expect(closingCount).toBe(1);
    expect(notUnderstood).toMatchObject([
      { what: 'ledger record', count: 1, reason: expect.stringContaining('outcome') as string },
    ]);
  });

  test('counts what waits for a person among the open ones, and shows how many wait', () => {
    const { overall } = report([asff()], [remediation({ outcome: 'asked', reason: 'Managed by Firewall Manager.' })]);
    expect(overall).toMatchObject({ byStatus: { open: 1, 'in-progress': 0 }, waiting: 1 });
  });

  test('counts a finding once that events show several times, as it was at last', () => {
    const { rows, findingCount, remarks } = report([
      asff({ UpdatedAt: '2026-11-12T00:00:00Z', RecordState: 'ARCHIVED' }),
      asff({ UpdatedAt: '2026-11-11T00:00:00Z' }),
      asff({ id: 's3-1', control: 'S3.1' }),
      asff({ id: 's3-1', control: 'S3.1' }),
    ]);
    expect(findingCount).toBe(2);
    expect(rows).toMatchObject([{ status: 'not-failing', findingCount: 1 }]);
    expect(remarks).toEqual(['2 findings are there more than once: of each, the latest counts.']);
  });

  test('leaves an empty report for empty input', () => {
    expect(report([])).toMatchObject({ rows: [], notUnderstood: [], overall: { total: 0 } });
  });
});
