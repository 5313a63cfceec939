import { decideIfOn } from '../../../src/core/policy/decide-if-on';
import { renderFindingsCsv } from '../../../src/core/reporting/csv/render-findings-csv';
import { toReportOfAccount } from '../../../src/core/reporting/report-of-account';
import type { Report } from '../../../src/core/reporting/report';
import { toReport, type ReportInput } from '../../../src/core/reporting/to-report';
import { asff, exception, GENERATED_AT, listed, remediation, type ListedReport } from './report-fixtures';

function report(input: Partial<ReportInput>): ListedReport {
  return listed(toReport({ generatedAt: GENERATED_AT, source: 'x', findings: [], records: [], ...input }));
}

const failing = { Status: 'FAILED', SecurityControlId: 'EC2.13' };
const suppressed = { Workflow: { Status: 'SUPPRESSED' } };
const resolved = { Workflow: { Status: 'RESOLVED' } };
const answer = { questionId: 'que-1', answer: 'close', by: 'ana', at: '2026-11-11T00:00:00Z' } as const;

/** One row as the table has it. */
function csvRow(of: Report): Readonly<Record<string, string>> {
  const [header = '', line = ''] = [...renderFindingsCsv(of)];
  const cells = line.trimEnd().split(',');
  return Object.fromEntries(
    header
      .trimEnd()
      .split(',')
      .map((name, i) => [name, cells[i] ?? '']),
  );
}

describe('exceptions', () => {
  test('say why a check is suppressed, and until when', () => {
    const { rows, overall } = report({ findings: [asff(suppressed)], exceptions: [exception()] });
    expect(rows[0]?.exception).toMatchObject({
      state: 'live',
      reason: 'no VPN yet',
      until: '2027-01-31T00:00:00.000Z',
    });
    expect(overall).toMatchObject({ excepted: 1, byStatus: { suppressed: 1 } });
  });

  test('that have ended, or whose time is over, are listed and excuse nothing', () => {
    const ended = { at: '2026-11-10T00:00:00Z', by: 'ana', how: 'by-hand' } as const;
    const { rows, exceptions, overall } = report({
      findings: [asff(suppressed)],
      exceptions: [
        exception({ exceptionId: 'exc-0000000000000001', ended }),
        exception({ exceptionId: 'exc-0000000000000002', until: '2026-11-20T00:00:00.000Z' }),
      ],
    });
    expect(exceptions.map(({ state }) => state)).toEqual(['expired', 'ended']);
    expect(rows[0]?.exception).toBeUndefined();
    expect(overall.excepted).toBe(0);
  });

  test('of another control on the same resource excuse nothing', () => {
    const { rows } = report({ findings: [asff(suppressed)], exceptions: [exception({ control: 'EC2.19' })] });
    expect(rows[0]?.exception).toBeUndefined();
  });

  test('are known from a record where the ledger gives no others', () => {
    const { exceptions } = report({ records: [remediation({ outcome: 'excepted', exceptions: [recorded()] })] });
    expect(exceptions).toMatchObject([{ exceptionId: 'exc-0123456789abcdef', state: 'live', since: undefined }]);
  });

  test('that a record says were ended have ended', () => {
    const end = remediation({ action: 'end-exception', outcome: 'exception-ended', exceptions: [recorded()] });
    expect(report({ records: [end] }).exceptions).toMatchObject([{ state: 'ended', ended: { by: end.decidedBy } }]);
  });

  test('that somebody changed by hand are counted, not dropped', () => {
    const { notUnderstood } = report({ findings: [asff()], exceptions: [exception({ until: 'soon' })] });
    expect(notUnderstood).toMatchObject([{ what: 'exception', count: 1, example: 'exc-0123456789abcdef' }]);
  });

  function recorded() {
    const { exceptionId, control, covers, reason, by, until } = exception();
    return { exceptionId, control, covers, reason, by, until };
  }
});

describe('due dates', () => {
  const old = { FirstObservedAt: '2026-10-01T00:00:00Z' };

  test('go by severity, and what is longest overdue comes first, however grave the others are', () => {
    const { rows, overall } = report({
      findings: [
        asff({ group: 'sg-1', Severity: { Label: 'CRITICAL' } }),
        asff({ group: 'sg-2', ...old }),
        asff({ group: 'sg-3', ...old, Severity: { Label: 'LOW' } }),
        asff({ group: 'sg-4', ...old, Severity: { Label: 'INFORMATIONAL' } }),
      ],
    });
    expect(rows.map(({ target, dueAt, isOverdue }) => [target.id, dueAt, isOverdue])).toEqual([
      ['sg-2', '2026-10-31T00:00:00.000Z', true],
      ['sg-1', '2026-11-16T00:00:00.000Z', true],
      ['sg-3', '2027-03-30T00:00:00.000Z', false],
      ['sg-4', undefined, false],
    ]);
    expect(overall.overdue).toBe(2);
  });

  test('that are the same day leave the gravest first, then control and resource', () => {
    const { rows } = report({
      findings: [
        asff({ group: 'sg-2', ...old }),
        asff({ group: 'sg-1', ...old }),
        asff({ group: 'sg-3', FirstObservedAt: '2026-10-16T00:00:00Z', Severity: { Label: 'CRITICAL' } }),
      ],
    });
    expect(rows.map(({ target, dueAt }) => [target.id, dueAt])).toEqual([
      ['sg-3', '2026-10-31T00:00:00.000Z'],
      ['sg-1', '2026-10-31T00:00:00.000Z'],
      ['sg-2', '2026-10-31T00:00:00.000Z'],
    ]);
  });

  test('of what is resolved are none', () => {
    const { rows } = report({ findings: [asff({ ...old, ...resolved })], records: [remediation()] });
    expect(rows[0]).toMatchObject({ status: 'closed', dueAt: undefined, isOverdue: false });
  });

  test('of what is open again count from then', () => {
    const { rows } = report({ findings: [asff({ UpdatedAt: '2026-11-12T00:00:00Z' })], records: [remediation()] });
    expect(rows[0]?.dueAt).toBe('2026-12-12T00:00:00.000Z');
  });

  test('are as they are set, and a severity that is left out has none', () => {
    const findings = [asff(), asff({ group: 'sg-2', Severity: { Label: 'LOW' } })];
    const { rows } = report({ findings, due: { HIGH: 1 } });
    expect(rows.map(({ dueAt }) => dueAt)).toEqual(['2026-11-02T00:00:00.000Z', undefined]);
  });
});

describe('who closed it', () => {
  test.each([
    ['somebody who chose it', remediation(), 'person'],
    ['the policy', remediation({ trigger: 'automatic' }), 'itself'],
    ['who answered a question', remediation({ trigger: 'automatic', answer }), 'person'],
    [
      'nobody who answered in time',
      remediation({ trigger: 'automatic', answer: { ...answer, by: 'silence' } }),
      'itself',
    ],
    ['others, before it was read', remediation({ outcome: 'already-closed' }), 'others'],
  ])('%s', (_who, record, closedBy) => {
    const notified = report({ findings: [asff(resolved)], records: [record] });
    expect(csvRow(notified)).toMatchObject({ status: 'closed', closed_by: closedBy });
    expect(notified.overall.closedByItself).toBe(closedBy === 'itself' ? 1 : 0);
  });
});

describe('one opening that detection found at once, and Security Hub two hours later', () => {
  const own = { id: 'Portcullis/EC2.13/x', FirstObservedAt: '2026-11-10T23:59:50Z', UpdatedAt: '2026-11-10T23:59:50Z' };
  const late = { id: 'finding-2', FirstObservedAt: '2026-11-11T02:00:00Z', UpdatedAt: '2026-11-13T00:00:00Z' };
  const written = (remediationId: string, PortcullisOutcome: string, UpdatedAt: string) => ({
    ...resolved,
    UserDefinedFields: {
      ...{ PortcullisRemediationId: remediationId, PortcullisOutcome, PortcullisDecidedBy: 'policy' },
    },
    Note: { Text: `Remediation ${remediationId}.`, UpdatedBy: 'Portcullis', UpdatedAt },
  });
  const findings = [
    asff({ ...own, ...written('rem-0123456789abcdef', 'closed', '2026-11-11T00:00:30Z') }),
    asff({ ...late, ...written('rem-0000000000000002', 'already-closed', '2026-11-13T00:01:00Z') }),
  ];
  const about = (firstObservedAt: string) =>
    [{ id: 'x', productArn: 'y', control: 'EC2.13', firstObservedAt }] as const;
  const closed = remediation({ trigger: 'automatic', findings: about('2026-11-10T23:59:50Z') });
  const found = remediation({
    remediationId: 'rem-0000000000000002',
    outcome: 'already-closed',
    startedAt: '2026-11-13T00:00:50Z',
    finishedAt: '2026-11-13T00:01:00Z',
    findings: about('2026-11-11T02:00:00Z'),
  });

  test('is one row, closed by whoever closed it first, and as fast', () => {
    const notified = report({ findings, records: [closed, found] });
    expect(notified.rows).toHaveLength(1);
    expect(notified.rows[0]).toMatchObject({
      status: 'closed',
      closedAt: '2026-11-11T00:00:30Z',
      firstSeenAt: '2026-11-10T23:59:50Z',
      secondsFromFirstSeenToClosed: 40,
      secondsFromDecisionToClosed: 30,
      findingCount: 2,
    });
    expect(csvRow(notified)).toMatchObject({ closed_by: 'itself', remediations: '2' });
    expect(notified.overall).toMatchObject({ total: 1, closedByItself: 1 });
  });

  test('is the same by what stands on the findings alone', () => {
    expect(report({ findings }).rows).toMatchObject([
      { status: 'closed', closedAt: '2026-11-11T00:00:30Z', secondsFromFirstSeenToClosed: 40 },
    ]);
  });

  test('is closed by others where it was known to be open in between', () => {
    const asked = remediation({
      remediationId: 'rem-0000000000000003',
      outcome: 'asked',
      startedAt: '2026-11-12T00:00:00Z',
    });
    expect(csvRow(report({ findings, records: [closed, asked, found] }))).toMatchObject({ closed_by: 'others' });
  });
});

test('a row keeps its history, the latest first', () => {
  const closing = remediation();
  const undo = remediation({
    remediationId: 'rem-1111111111111111',
    action: 'undo',
    outcome: 'undone',
    undoes: closing.remediationId,
    startedAt: '2026-11-12T00:00:00Z',
    finishedAt: '2026-11-12T00:01:00Z',
  });
  const { rows, overall } = report({ findings: [asff()], records: [closing, undo] });
  expect(rows[0]?.history.map(({ outcome }) => outcome)).toEqual(['undone', 'closed']);
  expect(overall.reopened).toBe(1);
});

describe('the score', () => {
  const passes = { ...failing, Status: 'PASSED' };

  test('is the share of controls of which every check passes, suppressed ones left out', () => {
    const { overall, byControl } = report({
      findings: [
        asff({ group: 'sg-1', Compliance: passes }),
        asff({ group: 'sg-2', ...suppressed }),
        asff({ group: 'sg-1', control: 'EC2.19', Compliance: { ...passes, SecurityControlId: 'EC2.19' } }),
        asff({ group: 'sg-2', control: 'EC2.19' }),
        asff({ group: 'sg-3', control: 'EC2.18' }),
      ],
    });
    expect(overall).toMatchObject({ score: 33, counted: 4, passing: 2 });
    expect(byControl.map(({ name, score }) => [name, score])).toEqual([
      ['EC2.18', 0],
      ['EC2.19', 0],
      ['EC2.13', 100],
    ]);
  });

  test('is unknown where nothing counts', () => {
    expect(report({ findings: [asff(suppressed)] }).overall.score).toBeUndefined();
  });
});

describe('the trend', () => {
  test('says by week what was opened, closed and open again, and how fast', () => {
    const { trend } = report({
      findings: [asff(), asff({ id: 'f2', group: 'sg-2', FirstObservedAt: '2026-11-11T00:00:00Z' })],
      records: [
        remediation({ startedAt: '2026-11-04T00:00:00Z', finishedAt: '2026-11-04T00:00:30Z' }),
        remediation({
          remediationId: 'rem-1111111111111111',
          action: 'undo',
          outcome: 'undone',
          startedAt: '2026-11-12T00:00:00Z',
          finishedAt: '2026-11-12T00:01:00Z',
        }),
      ],
    });
    expect(
      trend.map(({ week, opened, closed, reopened, openAtEnd }) => [week, opened, closed, reopened, openAtEnd]),
    ).toEqual([
      ['2026-10-26', 1, 0, 0, 1],
      ['2026-11-02', 0, 1, 0, 0],
      ['2026-11-09', 1, 0, 1, 2],
      ['2026-11-16', 0, 0, 0, 2],
    ]);
    expect(trend[1]).toMatchObject({
      secondsFromFirstSeenToClosed: { median: 3 * 86_400 + 30, p90: 3 * 86_400 + 30 },
      secondsFromDecisionToClosed: { median: 30, p90: 30 },
    });
  });

  test('covers half a year, and what was open before it', () => {
    const { trend } = report({ findings: [asff({ FirstObservedAt: '0001-01-01T00:00:00Z' })] });
    expect(trend).toHaveLength(26);
    expect(trend[0]).toMatchObject({ week: '2026-05-25', opened: 0, openAtEnd: 1 });
  });

  test('is empty where nothing is known to have happened', () => {
    const passing = asff({ Compliance: { ...failing, Status: 'PASSED' } });
    expect(report({ findings: [passing] }).trend).toEqual([]);
  });

  test('counts what was closed and found open again by Security Hub', () => {
    const { trend } = report({ findings: [asff({ UpdatedAt: '2026-11-17T00:00:00Z' })], records: [remediation()] });
    expect(trend.at(-1)).toMatchObject({ week: '2026-11-16', reopened: 1, openAtEnd: 1 });
  });
});

describe('organizational units and names of accounts', () => {
  const unknown = { known: false, reason: 'not read' } as const;
  const context = {
    attached: unknown,
    reachable: unknown,
    used: unknown,
    otherWayIn: unknown,
    openedBy: unknown,
    managedBy: unknown,
    owner: unknown,
    account: { known: true, value: { name: 'shop', organizationalUnits: ['ou-1', 'ou-0'] }, evidence: [] },
  } as const;

  test('are those that the latest remediation in an account knew, for all that is in it', () => {
    const notified = report({
      findings: [asff(), asff({ group: 'sg-2' }), asff({ group: 'sg-3', account: '333333333333' })],
      records: [remediation({ context })],
    });
    expect(notified.byOrganizationalUnit.map(({ name, total }) => [name, total])).toEqual([
      ['ou-0', 2],
      ['ou-1', 2],
    ]);
    expect(csvRow(toReportOfAccount(notified, '222222222222'))).toMatchObject({
      account_name: 'shop',
      organizational_units: 'ou-1; ou-0',
    });
  });
});

describe('what the policy would do if it were on', () => {
  const guards = { protectionTag: 'portcullis:protect', lastWayIn: false, firewallManager: false };

  function would(configuration: Parameters<typeof decideIfOn>[0], findings: readonly unknown[]) {
    return report({ findings, decide: decideIfOn(configuration) });
  }

  test('is counted of what is unresolved', () => {
    const { policy, rows } = would({ automatic: ['EC2.13'], decisions: [], guards }, [
      asff({ group: 'sg-1', Resources: tagged('sg-1', {}) }),
      asff({ group: 'sg-2', control: 'EC2.19', Resources: tagged('sg-2', {}) }),
      asff({ group: 'sg-3', Compliance: { ...failing, Status: 'PASSED' } }),
    ]);
    expect(policy).toEqual({ auto: 1, ask: 0, notify: 0, ignore: 1 });
    expect(rows.map((row) => row.policy)).toEqual(['auto', 'ignore', undefined]);
  });

  test('names every control where the policy says nothing yet', () => {
    const findings = [asff({ control: 'EC2.19', Resources: tagged('sg-0123456789abcdef0', {}) })];
    expect(would({ automatic: [], decisions: [], guards }, findings).policy).toMatchObject({ auto: 1 });
  });

  test('is held by what protects a group', () => {
    const findings = [asff({ Resources: tagged('sg-0123456789abcdef0', { 'portcullis:protect': 'yes' }) })];
    expect(would({ automatic: [], decisions: [], guards }, findings).policy).toMatchObject({ auto: 0, ask: 1 });
  });

  test('is not claimed where no policy was given', () => {
    expect(report({ findings: [asff()] }).policy).toBeUndefined();
  });

  function tagged(group: string, tags: Readonly<Record<string, string>>) {
    const arn = `arn:aws:ec2:eu-central-1:222222222222:security-group/${group}`;
    return [{ Type: 'AwsEc2SecurityGroup', Id: arn, Tags: tags }];
  }
});

test('what was first seen at the end of time is in the report, and is never due', () => {
  const finding = asff({ FirstObservedAt: '+275760-09-13T00:00:00Z' });
  const { rows } = report({ findings: [finding] });
  expect(rows.map(({ dueAt, isOverdue }) => [dueAt, isOverdue])).toEqual([[undefined, false]]);
});
