import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { ACTION_TARGET_TYPE, NO_AGGREGATION } from '../../src/core/configuration/known-regions';
import { synthesizeApp } from '../../src/cli/sandbox/synthesize-app';

interface Finding {
  readonly Rule: { readonly Id: string };
  readonly Level: string;
  readonly Message: string;
  readonly Filename: string;
  readonly Location: { readonly Path: readonly (string | number)[] };
}

/** Findings that stay, one by one: rule and resource, and why. One that no longer shows fails too. */
const JUSTIFIED: Readonly<Record<string, string>> = {
  'I1022 MemberRole': 'The CDK writes ARNs with Fn::Join, where Fn::Sub would mean the same.',
  'I1022 RunbookRole': 'As above.',
  'I1022 DetectionRole': 'As above.',
  'I1022 MemberPolicy': 'As above.',
  'I1022 RunbookPolicy': 'As above.',
  'W3005 OrchestratorBundledFunction':
    'The CDK lists the role beside its policy, on which the function must wait: with both, permissions are there first.',
  'W3005 DispatcherBundledFunction': 'As above.',
  'W3005 CommandsBundledFunction': 'As above.',
  'W3005 SweeperBundledFunction': 'As above.',
  'W3005 CustomActionsFunction': 'As above.',
  'W3005 CustomActionsCloseByFunction':
    'The function must have its permissions before it is asked; the CDK lists all that it is made of.',
  'W3005 CustomActionsPreviewByFunction': 'As above.',
  'W3005 CustomActionsUndoByFunction': 'As above.',
  'W3005 CustomActionsAcceptByFunction': 'As above.',
  'W3005 CustomActionsIsolateByFunction': 'As above.',
};

/** What only shows with everything switched on. */
const JUSTIFIED_WITH_EVERYTHING: Readonly<Record<string, string>> = {
  'I1022 ForwarderRole': 'As above.',
  'I1022 ForwarderRule': 'As above.',
  'W3005 DetectorFunction': 'As above.',
  'W3005 DigestBundledFunction': 'As above.',
  'W3005 DrillsBundledFunction': 'As above.',
  'W3005 NotificationsBundledFunction': 'As above.',
  'W3005 SlackBundledFunction': 'As above.',
  'W3005 DigestSchedule': 'It must wait on the role’s policy, which the CDK lists the role beside.',
  'W3005 DrillsSchedule333333333333eucentral1': 'As above.',
};

/** What every configuration with reports has. */
const JUSTIFIED_WITH_REPORTS: Readonly<Record<string, string>> = {
  'W3005 ReportsBundledFunction': 'As above.',
  'W3005 ReportsSchedule': 'As above.',
};

const directory = mkdtempSync(join(tmpdir(), 'portcullis-cfn-lint-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** Each partition, and in aws one Region with CloudFormation's own type for custom actions and one without. */
const HUBS = [
  { hub: 'eu-central-1', linked: 'us-east-1' },
  { hub: 'eu-west-1', linked: 'us-east-1' },
  { hub: 'us-gov-west-1', linked: 'us-gov-east-1' },
  { hub: 'cn-north-1', linked: 'cn-northwest-1' },
] as const;

/** On top of the example: the least that makes all stacks, and what makes other templates of them. */
const ROLLOUT = "rollout: { account: '999999999999', organizationalUnits: [ou-ab12-cdef3456] }\nisolation: {}\n";

/** Everything that can be switched on, each key instead of the example's. */
const EVERYTHING = `
securityHub: both
insights: true
dashboard: true
alarmEmail: security@example.com
detection:
  cloudTrail: true
  sweep: rate(1 day)
  watch: [1h, 24h]
  baseline: { tcp: [5900] }
drill: { accounts: ['333333333333'], schedule: rate(7 days) }
flowLogs: { logGroups: ['/vpc/*'] }
reports: { schedule: rate(1 day), objectLock: true, auditors: ['444444444444'] }
notifications:
  webhook: { url: 'https://example.com/hook' }
  slack: { channel: C0123ABCD, approvers: ['slack:U0456EFGH'] }
  pagerDuty: {}
  serviceNow: { instance: 'https://example.service-now.com' }
  jira: { site: 'https://example.atlassian.net', project: SEC }
  email: { addresses: [a@example.com], digest: rate(1 day) }
grants: { maximum: 8h, ports: [22], sources: 32, approvers: ['role:SecurityLead'] }
ruleTemplates:
  raiseSeverity: [{ name: Production, order: 20, severity: CRITICAL, accounts: ['222222222222'] }]
  suppressUntil:
    - { name: Site, order: 30, controls: [S3.8], accounts: ['222222222222'], reason: public, until: 2027-01-31, securityHub: cspm }
`;

interface Linted {
  readonly name: string;
  readonly hub: string;
  readonly linked: string;
  /** The file, from the example with the Regions in it. */
  readonly file: (example: string) => string;
  /** Beside what every configuration has. */
  readonly justified: Readonly<Record<string, string>>;
}

const LINTED: readonly Linted[] = [
  ...HUBS.map((each) => ({ ...each, name: each.hub, file: (example: string) => ROLLOUT + example, justified: {} })),
  ...[
    {
      name: 'Security Hub V2 alone',
      changes: 'securityHub: v2\nreports: { schedule: rate(1 day) }\n',
      justified: JUSTIFIED_WITH_REPORTS,
    },
    {
      name: 'everything on',
      changes: EVERYTHING,
      justified: { ...JUSTIFIED_WITH_REPORTS, ...JUSTIFIED_WITH_EVERYTHING },
    },
  ].map(({ name, changes, justified }) => ({
    ...{ name, justified, hub: 'eu-central-1', linked: 'us-east-1' },
    file: (example: string) => ROLLOUT + stringify({ ...(parse(example) as object), ...(parse(changes) as object) }),
  })),
];

test.each(LINTED)(
  'cfn-lint finds nothing in the templates for a hub ($name) but what is justified',
  async ({ name, hub, linked, file, justified }) => {
    const directoryOf = join(directory, name.replaceAll(' ', '-'));
    const configuration = `${directoryOf}.yaml`;
    const example = readFileSync('portcullis.example.yaml', 'utf8');
    writeFileSync(configuration, file(example.replaceAll('eu-central-1', hub).replaceAll('us-east-1', linked)));
    await synthesizeApp(configuration, directoryOf);
    const templates = readdirSync(directoryOf).filter((each) => each.endsWith('.template.json'));
    expect(templates.length).toBeGreaterThan(2);
    const found = lint(
      templates.map((each) => join(directoryOf, each)),
      [hub, linked],
    );
    process.stdout.write(`cfn-lint, ${name}: ${templates.length} templates, ${found.length} findings, all justified\n`);
    const expected = Object.keys({ ...JUSTIFIED, ...justified }).filter(
      (key) => !key.includes('CustomActions') || hub !== 'eu-central-1',
    );
    expect([...new Set(found.map(keyOf))].sort()).toEqual(expected.sort());
  },
  180_000,
);

test("what is said of Regions is what their own schemas say, as cfn-lint's package has them", () => {
  const python = join(binDirectory(), 'python');
  const script = `
import glob, json, os, cfnlint
base = os.path.join(os.path.dirname(cfnlint.__file__), 'data', 'schemas')
types = {os.path.basename(p)[:-5]: json.load(open(p)).keys() for p in glob.glob(base + '/providers/*-*.json')}
copies = [r for r in types if types[r] == types['us-east-1'] and r != 'us-east-1']
own = {r: t for r, t in types.items() if r not in copies}
print(json.dumps({
  'date': json.load(open(base + '/version.json'))['schema_date'][:10],
  'actionTarget': sorted(r for r in own if 'AWS::SecurityHub::ActionTarget' in own[r]),
  'noAggregation': sorted(r for r in own if 'AWS::SecurityHub::FindingAggregator' not in own[r]),
}))`;
  const { stdout, stderr } = spawnSync(python, ['-c', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({
    date: ACTION_TARGET_TYPE.asOf,
    actionTarget: [...ACTION_TARGET_TYPE.regions].sort(),
    noAggregation: [...NO_AGGREGATION.regions].sort(),
  });
});

function binDirectory(): string {
  const bin = process.env['PEERS_BIN'];
  if (bin === undefined) throw new Error('PEERS_BIN is not set: start these tests with "npm run test:peers"');
  return bin;
}

function lint(files: readonly string[], regions: readonly string[]): readonly Finding[] {
  const { stdout, stderr } = spawnSync(
    join(binDirectory(), 'cfn-lint'),
    ['--format', 'json', '--include-checks', 'I', '--regions', ...regions, '--', ...files],
    {
      encoding: 'utf8',
    },
  );
  if (!stdout.startsWith('[')) throw new Error(`cfn-lint failed: ${stderr}`);
  return JSON.parse(stdout) as readonly Finding[];
}

/** Logical ids without the hash that the CDK puts behind them. */
function keyOf({ Rule, Location }: Finding): string {
  return `${Rule.Id} ${String(Location.Path[1]).replace(/[0-9A-F]{8}$/, '')}`;
}
