import type { RemediationRecord } from '../../../src/core/ledger/remediation-record';
import { renderGrantsCsv } from '../../../src/core/reporting/csv/render-grants-csv';
import { renderReportHtml } from '../../../src/core/reporting/html/render-report-html';
import { toReport } from '../../../src/core/reporting/to-report';
import { toReportOfAccount } from '../../../src/core/reporting/report-of-account';

const ASSETS = { styles: '', script: '', scriptHash: '' };
const GENERATED_AT = '2026-11-29T12:00:00.000Z';

interface Notified {
  readonly id: string;
  readonly until?: string;
  readonly action?: 'grant' | 'end-grant';
  readonly outcome?: string;
  readonly at?: string;
  readonly account?: string;
}

/** A record of the ledger about a grant. */
function record({
  id,
  until = '2026-11-29T10:00:00.000Z',
  action = 'grant',
  outcome = 'granted',
  ...rest
}: Notified): object {
  const { at = '2026-11-29T08:00:00.000Z', account = '222222222222' } = rest;
  return {
    remediationId: `rem-${action === 'grant' ? '0' : '1'}00000000000000${id}`,
    target: { kind: 'security-group', partition: 'aws', account, region: 'us-east-1', id: `sg-${id}` },
    action,
    trigger: 'custom-action',
    decidedBy: action === 'grant' ? 'portcullis open' : 'end of the grant',
    findings: [],
    startedAt: at,
    finishedAt: at,
    outcome,
    runs: [],
    grant: {
      grantId: `grt-000000000000000${id}`,
      rule: { IsEgress: false, IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '198.51.100.7/32' },
      reason: '<b>disk full</b>',
      by: 'arn:aws:iam::111111111111:user/alice',
      until,
      openedBy: `rem-000000000000000${id}`,
    },
  } satisfies Partial<Record<keyof RemediationRecord, unknown>>;
}

const RECORDS = [
  record({ id: '1', action: 'end-grant', outcome: 'access-ended', at: '2026-11-29T10:00:07.000Z' }),
  record({ id: '1' }),
  record({ id: '2', until: '2026-11-29T14:00:00.000Z' }),
  record({ id: '3' }),
  record({ id: '3', action: 'end-grant', outcome: 'still-open', at: '2026-11-29T10:00:07.000Z' }),
  record({ id: '4', outcome: 'failed' }),
  record({ id: '5', account: '333333333333' }),
];

const report = toReport({ generatedAt: GENERATED_AT, source: 'a test', findings: [], records: RECORDS });

test('every grant that was opened is shown with its end: what is open past it first, then what is open, then what ended', () => {
  expect(report.grants.map(({ target, state, since, ended }) => [target.id, state, since, ended?.at])).toEqual([
    ['sg-3', 'overdue', '2026-11-29T08:00:00.000Z', undefined],
    ['sg-5', 'overdue', '2026-11-29T08:00:00.000Z', undefined],
    ['sg-2', 'open', '2026-11-29T08:00:00.000Z', undefined],
    ['sg-1', 'ended', '2026-11-29T08:00:00.000Z', '2026-11-29T10:00:07.000Z'],
  ]);
  expect(toReportOfAccount(report, '333333333333').grants.map(({ target }) => target.id)).toEqual(['sg-5']);
});

test('grants.csv has a line each, with who, what, why, until and when it ended', () => {
  const lines = [...renderGrantsCsv(report)].join('').trim().split(/\r?\n/);
  expect(lines[0]).toMatch(
    /grant_id,state,account,region,resource_id,resource_arn,granted,reason,by,since,until,ended_at/,
  );
  expect(lines).toHaveLength(5);
  expect(lines[4]).toContain(
    'grt-0000000000000001,ended,222222222222,us-east-1,sg-1,arn:aws:ec2:us-east-1:222222222222:security-group/sg-1,' +
      'tcp 22 from 198.51.100.7/32,<b>disk full</b>,arn:aws:iam::111111111111:user/alice,2026-11-29T08:00:00.000Z,',
  );
});

test('the page has a table of them, with what people wrote as text, and none where nothing was granted', () => {
  const page = [...renderReportHtml(report, ASSETS)].join('');
  expect(page).toContain('Access for a while, and when it ended');
  expect(page).toContain('still open past its end');
  expect(page).toContain('&lt;b&gt;disk full&lt;/b&gt;');
  const none = toReport({ generatedAt: GENERATED_AT, source: 'a test', findings: [], records: [] });
  expect([...renderReportHtml(none, ASSETS)].join('')).not.toContain('Access for a while');
});
