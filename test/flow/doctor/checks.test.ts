import { toDeploymentNames } from '../../../src/core/configuration/names/deployment-names';
import { SECURITY_HUB_CONTROLS } from '../../../src/core/controls/control-id';
import { mistakeIn } from '../../docs/command-lines';
import { failure, success } from '../../../src/core/result';
import type { Check } from '../../../src/flow/doctor/check';
import { checkAutomationRules } from '../../../src/flow/doctor/check-automation-rules';
import { checkCaller } from '../../../src/flow/doctor/check-caller';
import { checkChannels } from '../../../src/flow/doctor/check-channels';
import { checkConnector } from '../../../src/flow/doctor/check-connector';
import { checkMember } from '../../../src/flow/doctor/check-members';
import { checkReceivers } from '../../../src/flow/doctor/check-receivers';
import type { DoctorPorts } from '../../../src/flow/doctor/doctor-ports';
import { HUB_CHECKS, type HubPorts } from '../../../src/flow/doctor/hub-checks';
import { documentText } from '../../docs/command-lines';
import type {
  AutomationRuleState,
  DeploymentState,
  ProbedReceiver,
  PortFailure,
  StackInstanceState,
  StackSetState,
} from '../../../src/flow/ports';

const answers =
  <Value>(value: Value) =>
  () =>
    Promise.resolve(success(value));

const WELL: DeploymentState = {
  fetchCaller: () => Promise.resolve(success({ account: '1', arn: 'arn', clockAheadMillis: 0 })),
  fetchSecurityHub: () => Promise.resolve(success({ controlFindingGenerator: 'SECURITY_CONTROL' })),
  fetchAggregator: () => Promise.resolve(success({ aggregationRegion: 'eu-central-1' })),
  fetchMembers: () => Promise.resolve(success(['222222222222'])),
  hasCustomAction: () => Promise.resolve(success(true)),
  fetchFunction: () => Promise.resolve(success({ version: '1', state: 'Active', lastUpdate: 'Successful' })),
  fetchQueue: () => Promise.resolve(success({ waiting: 0, underWay: 0 })),
  fetchConnectors: () => Promise.resolve(success([{ id: 'a1', name: 'to Jira', status: 'CONNECTED' }])),
  fetchSecurityHubV2: () => Promise.resolve(success({ subscribedAt: '2026-01-01T00:00:00Z' })),
  fetchAutomationRules: () => Promise.resolve(success([])),
  fetchAutomationRulesV2: () => Promise.resolve(success([])),
  fetchRules: () =>
    Promise.resolve(
      success([
        { name: 'Portcullis-CloseIngress', isEnabled: true },
        { name: 'Portcullis-Automatic-EC2-13', isEnabled: true },
        { name: 'Portcullis-Automatic-EC2-13-V2', isEnabled: true },
        { name: 'Portcullis-Automatic-EC2-14-V2', isEnabled: false },
      ]),
    ),
  fetchAlarms: () => Promise.resolve(success([{ name: 'Portcullis-DeadLetters', state: 'OK', notifies: true }])),
  fetchSubscriptions: () => Promise.resolve(success([{ protocol: 'email', isConfirmed: true }])),
  fetchTable: () => Promise.resolve(success('ACTIVE')),
  fetchDisabledControls: () => Promise.resolve(success(['EC2.53'])),
  fetchQuota: () => Promise.resolve(success(1000)),
};

const TAKEN: ProbedReceiver = { channel: 'slack', secretName: 'portcullis/slack', answer: 'taken', found: 'taken' };

const UNIT = 'ou-ab12-cdef3456';
const WHERE = ['rollout.organizationalUnits[0]'];
const STACK: StackInstanceState = {
  ...{ account: '222222222222', region: 'us-east-1', unit: UNIT, stackId: 'arn:of:the-stack' },
  ...{ status: 'CURRENT', detailedStatus: 'SUCCEEDED', reason: '', isDrifted: false },
};
const SET: StackSetState = {
  ...{ status: 'ACTIVE', deploysToNewAccounts: true, driftCheckedAt: '2026-11-29T00:00:00.000Z' },
  ...{ callAs: 'DELEGATED_ADMIN', instances: [STACK] },
};

/** Everything that is checked from the hub is well, but for what a test breaks. */
function portsWith(broken: Partial<DeploymentState>, more: Partial<HubPorts> = {}): HubPorts {
  const deployment = { ...WELL, ...broken };
  return {
    probeReceivers: answers([TAKEN]),
    deployment,
    regions: ['eu-central-1'],
    rulesIn: () => deployment,
    endings: {
      ledger: { fetchGrants: answers([]), fetchExceptions: answers([]) },
      questions: { fetchOpenQuestions: answers([]) },
      now: new Date('2026-11-29T12:00:00Z'),
      region: 'eu-central-1',
      isBeforeRemoval: false,
    },
    units: {
      fetchNamedUnits: answers([{ id: UNIT, where: WHERE }]),
      unitExists: answers(true),
      stack: 'Portcullis-Hub',
    },
    rollout: {
      stackSets: { fetchStackSet: (name) => Promise.resolve(success(name === 'Portcullis-Member' ? SET : undefined)) },
      names: { member: 'Portcullis-Member', isolation: 'Portcullis-Isolation' },
      stack: 'Portcullis-Rollout',
    },
    prefix: 'Portcullis',
    names: toDeploymentNames('Portcullis'),
    region: 'eu-central-1',
    partition: 'aws',
    account: '111111111111',
    probeMember: () => Promise.resolve(success({ isRead: true, reason: 'sg-0 does not exist any more' })),
    ...more,
  };
}

/** Everything that doctor says from the hub account. */
async function checksWith(broken: Partial<DeploymentState>, more: Partial<HubPorts> = {}): Promise<readonly Check[]> {
  const ports = portsWith(broken, more);
  const checked = await Promise.all(HUB_CHECKS.map((check) => check(ports)));
  const caller = await ports.deployment.fetchCaller();
  return [
    ...(caller.ok ? checkCaller(caller.value, ports.region) : []),
    ...checked.flat(),
    await checkMember('222222222222', 'us-east-1', ports),
  ];
}

test('a deployment in which everything is well has nothing to mend', async () => {
  const checks = await checksWith({});
  expect(checks.filter(({ status, fix }) => status !== 'ok' || fix !== '')).toEqual([]);
});

test('a quota that Service Quotas does not say is unknown, never well', async () => {
  const checks = await checksWith({ fetchQuota: answers(undefined) });
  expect(checks.find(({ check }) => check.startsWith('quota'))).toMatchObject({
    status: 'unknown',
    found: 'Service Quotas does not say',
    fix: expect.stringMatching(/^aws service-quotas get-service-quota .*L-B99A9384/) as string,
  });
});

test('with both hubs a control is counted once', async () => {
  const rules = (await checksWith({})).find(({ check }) => check === 'event rules');
  expect(rules?.found).toBe('enabled; automatic for 1 controls');
});

test('Security Hub V2 is not checked where no rule takes findings from it', async () => {
  const rules = [{ name: 'Portcullis-Automatic-EC2-13', isEnabled: true }];
  const checks = await checksWith({ fetchRules: answers(rules), fetchSecurityHubV2: answers(undefined) });
  expect(checks.map(({ check }) => check)).not.toContain('Security Hub V2');
});

/** A queue that holds so many; all others are empty. */
const queueHolds =
  (name: string, waiting: number): DeploymentState['fetchQueue'] =>
  (asked) =>
    Promise.resolve(success({ waiting: asked === name ? waiting : 0, underWay: 0 }));

/** A past end, of something that is held on this target. */
const LATE = {
  until: '2026-11-29T10:00:00.000Z',
  target: {
    ...{ kind: 'security-group', partition: 'aws', account: '222222222222', region: 'us-east-1' },
    id: 'sg-0123456789abcdef0',
  },
};

/** Ports of what ends, with one of them. */
const ending = (kind: 'fetchGrants' | 'fetchExceptions' | 'fetchOpenQuestions', held: object): Partial<HubPorts> => {
  const { endings } = portsWith({});
  const { ledger, questions } = endings;
  const one = { [kind]: answers([{ ...LATE, ...held }]) };
  return { endings: { ...endings, ledger: { ...ledger, ...one }, questions: { ...questions, ...one } } };
};

const withStack = (changes: Partial<StackInstanceState>): Partial<HubPorts> => {
  const { rollout } = portsWith({});
  const set = { ...SET, instances: [{ ...STACK, ...changes }] };
  const fetchStackSet = (name: string) => Promise.resolve(success(name === 'Portcullis-Member' ? set : undefined));
  return { rollout: { ...rollout, stackSets: { fetchStackSet } } };
};

const SOMEBODYS_RULE: AutomationRuleState = {
  ...{ id: 'arn:aws:securityhub:eu-central-1:1:automation-rule/1', name: 'Somebody’s', isEnabled: true },
  ...{ writes: ['workflow'], criteria: { ComplianceSecurityControlId: ['EC2.13'] } },
};

const BROKEN: readonly (readonly [string, Partial<DeploymentState>, string, RegExp, Partial<HubPorts>?])[] = [
  [
    'a clock that is ten minutes off',
    { fetchCaller: answers({ account: '1', arn: 'arn', clockAheadMillis: 600_000 }) },
    'clock',
    /timedatectl set-ntp true/,
  ],
  [
    'a custom action that is not there',
    { hasCustomAction: answers(false) },
    'custom action Close ingress',
    /cdk deploy/,
  ],
  [
    'a rule of automation that writes over ours',
    { fetchAutomationRules: answers([SOMEBODYS_RULE]) },
    'automation rules eu-central-1',
    /leave workflow out.* aws securityhub /,
  ],
  [
    'the same of V2',
    { fetchAutomationRulesV2: answers([SOMEBODYS_RULE]) },
    'automation rules V2 eu-central-1',
    /leave workflow out.* aws securityhub /,
  ],
  [
    'an alarm that has gone off',
    { fetchAlarms: answers([{ name: 'Portcullis-DeadLetters', state: 'ALARM', notifies: true }]) },
    'alarm Portcullis-DeadLetters',
    /describe-alarms --alarm-names Portcullis-DeadLetters/,
  ],
  [
    'a grant past its end',
    {},
    'grants grt-0123456789abcdef',
    /^portcullis grants end grt-0123456789abcdef --region eu-central-1$/,
    ending('fetchGrants', { grantId: 'grt-0123456789abcdef' }),
  ],
  [
    'an exception past its end',
    {},
    'exceptions exc-0123456789abcdef',
    /^portcullis exceptions end exc-0123456789abcdef --region eu-central-1$/,
    ending('fetchExceptions', { exceptionId: 'exc-0123456789abcdef' }),
  ],
  [
    'a question past its end',
    {},
    'questions qst-0123456789abcdef',
    /^portcullis deny qst-0123456789abcdef --region eu-central-1$/,
    ending('fetchOpenQuestions', { questionId: 'qst-0123456789abcdef' }),
  ],
  [
    'a hub that is too old to name its units',
    {},
    'organizational units',
    /cdk deploy Portcullis-Hub/,
    { units: { ...portsWith({}).units, fetchNamedUnits: answers(undefined) } },
  ],
  [
    'a unit that is gone',
    {},
    `organizational unit ${UNIT}`,
    /take it from rollout\.organizationalUnits\[0\] of portcullis\.yaml/,
    { units: { ...portsWith({}).units, unitExists: answers(false) } },
  ],
  [
    'a stack of the StackSet that failed',
    {},
    'StackSet Portcullis-Member 222222222222 us-east-1',
    /update-stack-instances/,
    withStack({ status: 'OUTDATED', detailedStatus: 'FAILED', reason: 'no room' }),
  ],
  [
    'a member without the role',
    {},
    'member 222222222222 us-east-1',
    /AWS_REGION=us-east-1 npx cdk deploy Portcullis-Member/,
    { probeMember: answers({ isRead: false, reason: 'Role Portcullis-Member cannot be assumed' }) },
  ],
  [
    'a secret that a receiver does not take',
    {},
    'receiver slack',
    /aws secretsmanager put-secret-value --secret-id portcullis\/slack/,
    { probeReceivers: answers([{ ...TAKEN, answer: 'unauthorized' as const, found: 'invalid_auth' }]) },
  ],
  [
    'findings of every standard apart',
    { fetchSecurityHub: answers({ controlFindingGenerator: 'STANDARD_CONTROL' }) },
    'consolidated control findings',
    /--control-finding-generator SECURITY_CONTROL/,
  ],
  [
    'no aggregation',
    { fetchAggregator: answers(undefined) },
    'aggregation Region',
    /create-finding-aggregator --region-linking-mode ALL_REGIONS/,
  ],
  ['V2 that is not enabled', { fetchSecurityHubV2: answers(undefined) }, 'Security Hub V2', /enable-security-hub-v2/],
  ['no members', { fetchMembers: answers([]) }, 'delegated administrator', /enable-organization-admin-account/],
  [
    'an automatic control that makes no findings',
    { fetchDisabledControls: answers(['EC2.13']) },
    'enabled controls',
    /list-standards-control-associations --security-control-id EC2\.13 .*SecurityControlId=EC2\.13,AssociationStatus=ENABLED/,
  ],
  [
    'no control at all',
    { fetchDisabledControls: answers([...SECURITY_HUB_CONTROLS]) },
    'enabled controls',
    /batch-update-standards-control-associations/,
  ],
  [
    'a new account that may run ten functions at once',
    { fetchQuota: answers(10) },
    'quota of Lambda executions at once eu-central-1',
    /request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000 --region eu-central-1/,
  ],
  ['a missing function', { fetchFunction: answers(undefined) }, 'function Portcullis-Orchestrator', /cdk deploy/],
  [
    'a function that failed to update',
    { fetchFunction: answers({ version: '1', state: 'Active', lastUpdate: 'Failed' }) },
    'function Portcullis-Dispatcher',
    /cdk deploy/,
  ],
  ['no rules at all', { fetchRules: answers([]) }, 'event rules', /cdk deploy/],
  ['a missing ledger', { fetchTable: answers(undefined) }, 'ledger Portcullis-Ledger', /cdk deploy/],
  [
    'a ledger that is being deleted',
    { fetchTable: answers('DELETING') },
    'ledger Portcullis-Ledger',
    /dynamodb wait table-exists/,
  ],
  ['a missing queue', { fetchQueue: answers(undefined) }, 'queue Portcullis-Findings', /cdk deploy/],
  [
    'dead letters that somebody holds',
    { fetchQueue: answers({ waiting: 0, underWay: 1 }) },
    'queue Portcullis-DeadLetters',
    /receive-message/,
  ],
  [
    'messages that a receiver did not take',
    { fetchQueue: queueHolds('Portcullis-Notify-slack-DeadLetters', 2) },
    'channel slack',
    /portcullis notify test slack --region eu-central-1/,
  ],
  ['no connector', { fetchConnectors: answers([]) }, 'Security Hub connector', /notifications.securityHub.connectorId/],
  [
    'a connector that nobody has authorized',
    { fetchConnectors: answers([{ id: 'a1', name: 'to Jira', status: 'PENDING_AUTHORIZATION' }]) },
    'Security Hub connector',
    /portcullis notify test securityhub/,
  ],
  [
    'messages that nobody takes from the queue',
    { fetchQueue: queueHolds('Portcullis-Notify-email', 101) },
    'channel email',
    /aws logs tail \/aws\/lambda\/Portcullis-Notifier --region eu-central-1/,
  ],
  ['no alarms', { fetchAlarms: answers([]) }, 'alarms', /cdk deploy/],
  [
    'alarms that are switched off',
    { fetchAlarms: answers([{ name: 'Portcullis-X', state: 'OK', notifies: false }]) },
    'alarms',
    /enable-alarm-actions --alarm-names Portcullis-X/,
  ],
  [
    'a mail that nobody has confirmed',
    { fetchSubscriptions: answers([{ protocol: 'email', isConfirmed: false }]) },
    'who hears alarms',
    /link in the mail.*aws sns subscribe --topic-arn arn:aws:sns:eu-central-1:111111111111:Portcullis-Alarms/,
  ],
  [
    'an address of the channel that nobody has confirmed',
    { fetchSubscriptions: answers([{ protocol: 'email', isConfirmed: false }]) },
    'receiver email',
    /aws sns subscribe --topic-arn arn:aws:sns:eu-central-1:111111111111:Portcullis-Notifications/,
  ],
];

/** What a line of a shell begins with: every fix names one, to be pasted. */
const COMMAND = /(^|[\s(:;`])(aws [a-z]|npx cdk deploy|portcullis [a-z]|sudo )|alarmEmail|portcullis\.yaml/;

const CASES = BROKEN.map(([name, broken, check, fix, more = {}]) => ({ name, broken, check, fix, more }));

test.each(CASES)('$name: said with the fix', async ({ broken, check, fix, more }) => {
  const found = (await checksWith(broken, more)).find((one) => one.check === check);
  expect(found).toEqual({
    check,
    status: 'failed',
    found: expect.any(String) as string,
    fix: expect.stringMatching(fix) as string,
  });
  expect(found?.fix).toMatch(COMMAND);
  const commands = found?.fix.match(/\b(?:aws [a-z-]+ |npx cdk |portcullis [a-z])[^;]*/g) ?? [];
  expect(commands.map((each) => mistakeIn(each.split(/, or | \(/)[0] ?? each))).toEqual(commands.map(() => undefined));
});

/** What a line is about, without the one that it is: `function Portcullis-Notifier` is a function. */
const KINDS =
  /^(Security Hub V2|Security Hub connector|Security Hub|automation rules V2|automation rules|organizational unit|alarm|channel|custom action|exceptions|function|grants|ledger|member|questions|queue|quota of [a-zA-Z ]+?|receiver|StackSet)s?( |$)/;
const kindOf = (check: string): string => (KINDS.exec(check)?.[1] ?? check).replace(/ [a-z]{2}-[a-z]+-\d$/, '');
const unique = (checks: readonly string[]) => [...new Set(checks.map(kindOf))].sort();

/** Without credentials, and without Security Hub, nothing can be checked: they are unknown, and never broken. */
const NEVER_BROKEN = ['credentials', 'Security Hub'];

test('each line that doctor says of a hub where all is well is broken by a case above, with its own fix', async () => {
  const said = unique((await checksWith({})).map(({ check }) => check));
  const broken = unique(BROKEN.map(([, , check]) => check));
  expect(said.filter((kind) => !broken.includes(kind)).sort()).toEqual([...NEVER_BROKEN].sort());
  expect(broken.filter((kind) => !said.includes(kind))).toEqual([]);
});

test('docs/doctor.md has a row for each of them', async () => {
  const table = documentText('docs/doctor.md').split('## Before Portcullis')[0] ?? '';
  const rows = [...table.matchAll(/^\| ([^|`]+?) +\|/gm)].flatMap(([, name = '']) => name.split(', '));
  const named = unique(rows.map((name) => name.replace('(s)', '').replace(/ (…|REGION|ACCOUNT REGION)$/, '')));
  const said = unique((await checksWith({})).map(({ check }) => check));
  expect(said.filter((kind) => !named.includes(kind) && !named.includes(kind.replace(' V2', '')))).toEqual([]);
});

test.each<readonly [ProbedReceiver['answer'], Check['status'], RegExp]>([
  ['unauthorized', 'failed', /put-secret-value --secret-id portcullis\/slack --secret-string file:\/\/secret\.json/],
  ['refused', 'failed', /portcullis notify test slack --region eu-central-1/],
  ['unavailable', 'failed', /portcullis notify test slack/],
  ['not-understood', 'failed', /portcullis notify test slack/],
  ['throttled', 'unknown', /portcullis doctor --region eu-central-1/],
])('a receiver that answers %s: %s, with what it said and the fix', async (answer, status, fix) => {
  const ports = portsWith({});
  const probed: ProbedReceiver = { ...TAKEN, answer, found: 'Slack answered auth.test: something' };
  expect(await checkReceivers({ ...ports, probeReceivers: answers([probed]) })).toContainEqual({
    check: 'receiver slack',
    status,
    found: 'Slack answered auth.test: something',
    fix: expect.stringMatching(fix) as string,
  });
});

test('receivers of a deployment that cannot be asked are unknown, and there are none without channels', async () => {
  const ports = portsWith({});
  const denied = await checkReceivers({ ...ports, probeReceivers: () => Promise.resolve(failure(DENIED)) });
  expect(denied[0]).toMatchObject({ check: 'receivers', status: 'unknown', found: DENIED.cause });
  const none = portsWith({ fetchFunction: answers(undefined) });
  expect(await checkReceivers(none)).toEqual([]);
});

const DENIED: PortFailure = { code: 'access-denied', retryable: false, cause: 'not authorized to perform x:Y' };

test.each(Object.keys(WELL).filter((name) => name !== 'fetchCaller'))(
  'without the permission of %s that check is unknown and names it, and all others are made',
  async (name) => {
    const denied = { [name]: () => Promise.resolve(failure(DENIED)) };
    const [all, some] = [await checksWith({}), await checksWith(denied)];
    const unclear = some.filter(({ status }) => status === 'unknown');
    expect(unclear.length).toBeGreaterThan(0);
    for (const { found, fix } of unclear) {
      expect(found).toContain('not authorized to perform x:Y');
      expect(fix).toMatch(/docs\/doctor\.md.*\{"Effect":"Allow","Action":"x:Y","Resource":"\*"\}$/);
    }
    expect(some.filter(({ status }) => status === 'failed')).toEqual([]);
    // Security Hub is two checks when it can be read, as receivers are two where the notifier is there.
    const fewer = ['fetchSecurityHub', 'fetchFunction'].includes(name) ? 1 : 0;
    expect(some.length + fewer).toBe(all.length);
  },
);

test('a channel that is not configured is no check, and one with room is well', async () => {
  const none = portsWith({ fetchQueue: () => Promise.resolve(success(undefined)) });
  expect([...(await checkChannels(none)), ...(await checkConnector(none))]).toEqual([]);
  expect(await checkChannels(portsWith({}))).toContainEqual({
    check: 'channel pagerduty',
    status: 'ok',
    found: '0 waiting, none given up',
    fix: '',
  });
});

test('a member whose role cannot be taken on has failed; one that nobody could ask about is unknown', async () => {
  const ports = portsWith({});
  const runChecks = (probeMember: DoctorPorts['probeMember']) =>
    checkMember('222222222222', 'us-east-1', { ...ports, probeMember });
  expect(await runChecks(answers({ isRead: false, reason: 'Role Portcullis-Member cannot be assumed' }))).toMatchObject(
    {
      status: 'failed',
      fix: expect.stringContaining('AWS_REGION=us-east-1 npx cdk deploy Portcullis-Member') as string,
    },
  );
  expect(await runChecks(() => Promise.resolve(failure(DENIED)))).toMatchObject({ status: 'unknown' });
  expect(
    await runChecks(answers({ isRead: false, isRegionDisabled: true, reason: 'us-east-1 is not enabled' })),
  ).toMatchObject({
    status: 'failed',
    fix: expect.stringContaining('enable-region --region-name us-east-1; or take it out of members.regions') as string,
  });
});

test.each([
  [undefined, 'unknown', /no date/],
  [0, 'ok', /as at AWS/],
  [-60_000, 'ok', /60 s ahead of AWS/],
  [10 * 60_000, 'failed', /600 s behind AWS/],
  [-10 * 60_000, 'failed', /600 s ahead of AWS/],
])('a clock that AWS is ahead of by %s ms: %s', (clockAheadMillis, status, found) => {
  const checks = checkCaller({ account: '111111111111', arn: 'arn', clockAheadMillis }, 'eu-central-1');
  const clock = checks.find(({ check }) => check === 'clock');
  expect(clock).toMatchObject({ status, found: expect.stringMatching(found) as string });
});

describe('automation rules that are there, whoever made them', () => {
  const rule = (writes: AutomationRuleState['writes'], criteria: unknown, isEnabled = true) => ({
    ...{ id: 'arn:aws:securityhub:eu-central-1:1:automation-rule/1', name: 'Somebody’s', isEnabled, writes, criteria },
  });
  const OURS = { ComplianceSecurityControlId: ['EC2.13'] };
  const statusOf = async (broken: Partial<DeploymentState>, in_ = 'eu-central-1') => {
    const ports = portsWith(broken);
    const checks = await checkAutomationRules({ ...ports, rulesOf: ports.deployment, in: in_ });
    return checks.map(({ check, status, found }) => `${status} ${check}: ${found}`);
  };

  test.each([
    [
      'sets the status of ours',
      rule(['workflow'], OURS),
      /^failed automation rules eu-central-1: rule "Somebody’s" sets/,
    ],
    ['replaces notes of ours', rule(['note'], { ResourceType: ['AwsEc2NetworkAcl'] }), /^failed .* replaces notes/],
    [
      'suppresses whatever it finds',
      rule(['workflow'], { AwsAccountId: ['2'] }),
      /^unknown .* its criteria do not say/,
    ],
    ['has criteria that are not read', rule(['workflow'], undefined), /^unknown /],
    ['is about other controls', rule(['workflow'], { ComplianceSecurityControlId: ['S3.8'] }), /^ok .*: 1, and none/],
    ['raises severities alone', rule([], OURS), /^ok /],
    ['is disabled', rule(['workflow'], OURS, false), /^ok /],
  ])('one that %s', async (_, found, line) => {
    const [cspm, v2] = await statusOf({ fetchAutomationRules: answers([found]) });
    expect(cspm).toMatch(line);
    expect(v2).toMatch(/^ok automation rules V2 eu-central-1: 0/);
    const [, ofV2] = await statusOf({ fetchAutomationRulesV2: answers([found]) });
    expect(ofV2).toMatch(new RegExp(line.source.replace('rules eu', 'rules V2 eu')));
  });

  test('those of V2 are checked in its home Region, and only where findings are taken from it', async () => {
    expect(await statusOf({}, 'us-east-1')).toEqual([expect.stringMatching(/^ok automation rules us-east-1/)]);
    const fetchRules = answers([{ name: 'Portcullis-Automatic-EC2-13', isEnabled: true }]);
    expect(await statusOf({ fetchRules })).toHaveLength(1);
  });
});
