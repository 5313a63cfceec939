import { createJsonLog } from '../../../src/aws/cloudwatch/json-log';
import { briefContext } from '../../../src/core/context/brief-context';
import { describeContext, listContext } from '../../../src/core/context/describe-context';
import { describeOwnersChange } from '../../../src/core/context/iac/describe-owners-change';
import { nameOf } from '../../../src/core/context/flow-logs/to-flow-query';
import { toUsed } from '../../../src/core/context/flow-logs/to-used';
import type { Surroundings } from '../../../src/core/context/surroundings';
import { toContext } from '../../../src/core/context/to-context';
import { trafficText } from '../../../src/core/context/trail-call';
import type { RemediationRecord } from '../../../src/core/ledger/remediation-record';
import { renderMail } from '../../../src/core/messages/email/render-mail';
import type { Notice } from '../../../src/core/messages/notice';
import { toSlackMessage } from '../../../src/core/messages/slack/to-slack-message';
import { toPlainText } from '../../../src/core/messages/tickets/to-plain-text';
import { toTicketText } from '../../../src/core/messages/tickets/ticket-text';
import { planClosing } from '../../../src/core/planning/plan-closing';
import { renderRemediationsCsv } from '../../../src/core/reporting/csv/render-remediations-csv';
import { renderReportHtml } from '../../../src/core/reporting/html/render-report-html';
import { toReport } from '../../../src/core/reporting/to-report';
import type { Resource } from '../../../src/core/resource';
import { failure, success } from '../../../src/core/result';
import { composeNote, NOTE_CHARACTERS } from '../../../src/core/updates/compose-note';
import { visibleJson } from '../../../src/core/visible-json';
import { printable, printableTexts } from '../../../src/cli/terminal';
import { readPageAssets } from '../../../src/report-files/page-assets';
import { TARGET } from '../../flow/fixtures';
import { GENERATED_AT, remediation } from '../reporting/report-fixtures';
import { CLOSED } from '../messages/notices';

/** Text of others, in every place where it enters what is known of a target, in every way in which that is shown. */

const VALUES: Readonly<Record<string, string>> = {
  'control characters': 'a\u0000\u0007\b\u007fb',
  'escape sequences of a terminal': '\u001b[31m\u001b]0;title\u0007\u009b2Jred',
  'line breaks': 'a\r\nb\nc\u2028d\u2029e\u0085f',
  'turned writing': 'abc\u202egnp.exe\u2066x\u2069\u200f',
  'markup and script': '"><script>alert(1)</script><img src=x onerror=alert(1)>\'&amp;',
  'markup of Slack': '<!channel> <@U0123ABCD> <https://evil.example|here> *bold* `code`',
  'a formula': '=HYPERLINK("https://evil.example","here")',
  'cells of a CSV': 'a,"b"\r\n=1+1;c\t@d',
  'quotes and backslashes': '"\'\\`${x}#{y}%s$(id)',
  'halves of characters': '\ud83d x \ude48\ud800',
  'what is no character': '\ufffe\uffff\ufdd0',
  'letters that nobody sees': 'a\u{e0041}\u{e0042}\u200b\ufeffb',
  'every script': 'Ünïcödé Ελληνικά Кириллица עברית العربية می‌خواهم हिन्दी ไทย 한국어 日本語 👩‍👩‍👧 𐎀',
  '100 KB': 'x'.repeat(100_000),
  '100 KB of signs of four bytes': '🙈'.repeat(25_000),
  blank: ' \t ',
};

const ENI = {
  ...{ id: 'eni-1', vpcId: 'vpc-1', subnetId: 'subnet-1', owner: TARGET.account, type: 'interface' },
  ...{ publicIpv4: ['18.0.0.7'], ipv6: [], privateIps: ['10.0.0.7'] },
};

/** All places at once: none of them may make another one wrong. */
function recordWith(text: string, managedBy: 'stack' | 'terraform' | 'firewall-manager'): RemediationRecord {
  const tags = [
    { Key: 'owner', Value: text },
    { Key: text, Value: text },
    ...(managedBy === 'stack'
      ? [
          { Key: 'aws:cloudformation:stack-name', Value: text },
          { Key: 'aws:cloudformation:logical-id', Value: text },
        ]
      : []),
    ...(managedBy === 'terraform' ? [{ Key: 'terraform', Value: text }] : []),
  ];
  const resource: Resource = {
    ...{ kind: 'security-group', id: TARGET.id, vpcId: 'vpc-1', tags, prefixLists: {} },
    name: managedBy === 'firewall-manager' ? `FMManagedSecurityGroup${text}` : text,
    rules: [
      {
        ...{ SecurityGroupRuleId: 'sgr-1', IsEgress: false, IpProtocol: 'tcp', FromPort: 22, ToPort: 22 },
        ...{ CidrIpv4: '0.0.0.0/0', Description: text },
      },
    ],
  };
  const plan = planClosing({
    resource,
    controls: [{ id: 'EC2.13', parameters: [] }],
    policy: { strategy: 'close', publicPorts: { tcp: [], udp: [] }, ruleQuota: 60 },
    account: TARGET.account,
  });
  const around: Surroundings = {
    interfaces: success({
      seen: [
        { ...ENI, description: '', instanceId: 'i-1' },
        { ...ENI, id: 'eni-2', description: text },
        { ...ENI, id: 'eni-3', description: `ELB ${text}` },
      ],
      more: false,
    }),
    subnetIds: [],
    instances: success([
      {
        ...{ id: 'i-1', state: 'running' },
        tags: ['Name', 'environment'].map((Key) => ({ Key, Value: text })),
      },
    ]),
    agents: success([]),
    associations: success([]),
    routeTables: failure(text),
    networkAcls: failure(text),
    publicAccess: failure(text),
    fronts: failure(text),
    balancers: failure(text),
    trail: success({
      calls: [
        {
          ...{ eventId: text, call: 'AuthorizeSecurityGroupIngress', at: '2026-11-20T10:00:00Z' },
          actor: { arn: `arn:aws:sts::222222222222:assumed-role/${text}`, sourceIp: text, userAgent: text },
          sets: [{ id: 'sgr-1', traffic: trafficText({ ipProtocol: 'tcp', fromPort: 22, toPort: 22 }, '0.0.0.0/0') }],
        },
      ],
      more: false,
    }),
    account: success({ name: text, organizationalUnits: ['r-ab12'] }),
  };
  const flow = { flows: '1', bytes: '9', last: text, [nameOf('srcaddr')]: text, [nameOf('action')]: 'ACCEPT' };
  const window = { from: '2026-11-01T00:00:00Z', to: '2026-11-20T00:00:00Z' };
  const context = {
    ...toContext(TARGET, resource, plan, around),
    used: toUsed({ queryId: 'q', window, gaps: [text] }, [flow], 1),
  };
  return remediation({
    target: TARGET,
    plan,
    before: resource,
    context,
    reason: `not read: ${text}`,
    outcome: 'failed',
  });
}

function noticeOf(record: RemediationRecord): Notice {
  const { context, reason = '' } = record;
  const known = context === undefined ? '' : describeContext(context);
  return { ...CLOSED, summary: reason, known, ownerMustChange: describeOwnersChange(record) };
}

/** Controls, turned writing, letters that nobody sees, halves of characters; but for what scripts are written with. */
const UNSEEN =
  /(?![\t\n\u200b-\u200f\u061c])[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/u;

interface Notified {
  readonly text: string;
  readonly most?: number;
  readonly never?: RegExp;
}

const OUTPUTS: Readonly<Record<string, (record: RemediationRecord) => Notified>> = {
  'the note of a finding': ({ context }) => ({
    text: composeNote(context === undefined ? '' : describeContext(context), 'Undo it with portcullis undo.'),
    most: NOTE_CHARACTERS,
    never: /\n/,
  }),
  'a terminal': ({ context }) => ({
    text: listContext(printableTexts(context as NonNullable<typeof context>))
      .map(printable)
      .join('\n'),
  }),
  'JSON on a terminal': ({ context }) => ({ text: visibleJson(context ?? {}), never: /[\p{Cf}\n]/u }),
  'an event of the bus': ({ context }) => ({
    text: visibleJson(briefContext(context as NonNullable<typeof context>)),
    most: 64_000,
  }),
  'the text for the owner of the source, on a terminal': (record) => ({
    text: describeOwnersChange(record).map(printable).join('\n'),
  }),
  'a line of the log': ({ context, reason = '' }) => {
    const lines: string[] = [];
    const log = createJsonLog((line) => lines.push(line));
    log.warn(reason, { known: context === undefined ? '' : listContext(context).join(' '), names: [reason] });
    return { text: lines.join(''), most: 200_000, never: /[\p{Cf}\n]/u };
  },
  'a message of Slack': (record) => ({
    text: JSON.stringify(toSlackMessage(noticeOf(record), { mayAnswer: false } as never)),
    never: /<!channel>|<@U0123ABCD>|<https:\/\/evil/,
  }),
  'a mail': (record) => {
    const { subject, text } = renderMail(noticeOf(record)) as { readonly subject: string; readonly text: string };
    return { text: `${subject}\n${text}` };
  },
  'a ticket': (record) => ({ text: toPlainText(toTicketText(noticeOf(record)), 32_000), most: 32_000 }),
};

const RECORDS = ['stack', 'terraform', 'firewall-manager'] as const;

describe.each(Object.entries(VALUES))('%s', (_, text) => {
  test.each(Object.entries(OUTPUTS))('reach %s as data', (__, render) => {
    for (const managedBy of RECORDS) {
      const rendered = render(recordWith(text, managedBy));
      expect(rendered.text.match(UNSEEN)?.[0]).toBeUndefined();
      if (rendered.most !== undefined) expect(rendered.text.length).toBeLessThanOrEqual(rendered.most);
      if (rendered.never !== undefined) expect(rendered.text).not.toMatch(rendered.never);
    }
  });

  test('reach the report as data: no markup of the page, no formula and no further cells of its CSV', () => {
    const records = RECORDS.map((managedBy, index) => ({
      ...recordWith(text, managedBy),
      remediationId: `rem-000000000000000${String(index)}`,
    }));
    const report = toReport({ generatedAt: GENERATED_AT, source: 'findings.json', findings: [], records });
    const page = [...renderReportHtml(report, readPageAssets())].join('');
    expect(page.match(/<script/g)?.length ?? 0).toBeLessThanOrEqual(2);
    expect(page).not.toMatch(/<img/);
    const lines = cellsOf([...renderRemediationsCsv(report)].join(''));
    expect(new Set(lines.map((cells) => cells.length)).size).toBe(1);
    expect(lines).toHaveLength(1 + RECORDS.length);
    expect(lines.flat().filter((cell) => /^[=+\-@\t\r\n]/.test(cell))).toEqual([]);
  });
});

/** RFC 4180, read by itself. */
function cellsOf(csv: string): readonly (readonly string[])[] {
  const lines: string[][] = [[]];
  for (const [, quoted, bare = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    lines.at(-1)?.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === '\r\n') lines.push([]);
  }
  return lines.slice(0, -1);
}

test('what is shown as JSON is the same value to whatever parses it', () => {
  for (const text of Object.values(VALUES)) expect(JSON.parse(visibleJson({ text }))).toEqual({ text });
});

test('a text of every script is shown as it was written', () => {
  const script = VALUES['every script'] ?? '';
  const record = recordWith(script, 'terraform');
  expect(OUTPUTS['a terminal']?.(record).text).toContain('می‌خواهم');
  expect(JSON.parse(OUTPUTS['a line of the log']?.(record).text ?? '')).toMatchObject({
    message: `not read: ${script}`,
  });
});
