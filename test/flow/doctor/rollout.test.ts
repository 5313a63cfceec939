import { failure, success } from '../../../src/core/result';
import { checkIsolation } from '../../../src/flow/doctor/check-isolation';
import { checkRollout } from '../../../src/flow/doctor/check-rollout';
import type { PortFailure, StackInstanceState, StackSetState } from '../../../src/flow/ports';

const denied: PortFailure = { code: 'access-denied', retryable: false, cause: 'not read: AccessDenied' };

const CURRENT: StackInstanceState = {
  ...{ account: '222222222222', region: 'us-east-1', unit: 'ou-ab12-cdef3456', stackId: 'arn:of:the-stack' },
  ...{ status: 'CURRENT', detailedStatus: 'SUCCEEDED', reason: '', isDrifted: false },
};
const SET: StackSetState = {
  ...{ status: 'ACTIVE', deploysToNewAccounts: true, driftCheckedAt: '2026-11-29T00:00:00.000Z' },
  ...{ callAs: 'DELEGATED_ADMIN', instances: [CURRENT] },
};

function runChecks(member: StackSetState | undefined | PortFailure, isHere = true) {
  const answer = member !== undefined && 'code' in member ? failure(member) : success(member);
  return checkRollout(
    {
      stackSets: {
        fetchStackSet: (name) => Promise.resolve(name === 'Portcullis-Member' ? answer : success(undefined)),
      },
      names: { member: 'Portcullis-Member', isolation: 'Portcullis-Isolation' },
      stack: 'Portcullis-Rollout',
    },
    isHere,
  );
}

const withInstance = (changes: Partial<StackInstanceState>): StackSetState => ({
  ...SET,
  instances: [CURRENT, { ...CURRENT, account: '333333333333', ...changes }],
});

test('a StackSet whose stacks are all current is one line, with their number', async () => {
  expect(await runChecks(SET)).toEqual([
    expect.objectContaining({
      ...{ check: 'StackSet Portcullis-Member', status: 'ok' },
      found: expect.stringContaining('1 of 1 stacks are current') as string,
    }),
  ]);
});

test.each([
  [
    'one that failed',
    { status: 'OUTDATED', detailedStatus: 'FAILED', reason: 'no room' },
    'failed',
    /mend what .*update-stack-instances .*--call-as DELEGATED_ADMIN .*us-east-1 .*333333333333/,
  ],
  [
    'a Region that is not enabled',
    { status: 'OUTDATED', detailedStatus: 'FAILED', reason: 'RegionDisabled' },
    'failed',
    /credentials of 333333333333: aws account enable-region --region-name us-east-1; then aws cloudformation update/,
  ],
  ['one of an older template', { status: 'OUTDATED', detailedStatus: 'CANCELLED' }, 'failed', /update-stack-instances/],
  [
    'one that cannot be worked with',
    { status: 'INOPERABLE', detailedStatus: 'INOPERABLE' },
    'failed',
    /^aws cloudformation delete-stack-instances/,
  ],
  [
    'one changed by hand',
    { isDrifted: true },
    'failed',
    /describe-stack-resource-drifts --stack-name arn:of:the-stack/,
  ],
  ['one under way', { status: 'OUTDATED', detailedStatus: 'RUNNING' }, 'unknown', /run doctor again/],
  ['an account that is suspended', { status: 'OUTDATED', detailedStatus: 'SKIPPED_SUSPENDED_ACCOUNT' }, 'ok', /^$/],
] as const)('%s is named by account and Region, with what mends it', async (_, changes, status, fix) => {
  expect(await runChecks(withInstance(changes))).toEqual([
    expect.objectContaining({ found: expect.stringContaining('1 of 2 stacks are current') as string }),
    {
      check: 'StackSet Portcullis-Member 333333333333 us-east-1',
      status,
      found: expect.stringMatching(/./) as string,
      fix: expect.stringMatching(fix) as string,
    },
  ]);
});

test('a set that does not deploy to new accounts, one that is not there, and one that cannot be read', async () => {
  expect(await runChecks({ ...SET, deploysToNewAccounts: false })).toMatchObject([{ status: 'failed' }]);
  expect(await runChecks(undefined)).toMatchObject([{ status: 'failed', fix: 'npx cdk deploy Portcullis-Rollout' }]);
  expect(await runChecks(denied)).toMatchObject([{ status: 'unknown', found: denied.cause }]);
});

test('from another account than the one it is made in it is said where to check', async () => {
  expect(await runChecks(undefined, false)).toMatchObject([
    { status: 'ok', found: expect.stringContaining('portcullis doctor --rollout') as string },
  ]);
});

test('hundreds of stacks that are not well are twenty lines, and how many more', async () => {
  const instances = Array.from({ length: 300 }, () => ({ ...CURRENT, status: 'OUTDATED' }));
  const checks = await runChecks({ ...SET, instances });
  expect(checks).toHaveLength(22);
  expect(checks.at(-1)).toMatchObject({ found: '280 more stacks are not well' });
});

const DOCUMENTS = ['One', 'Two'].map((name) => ({ name, content: { of: name } }));

function checkIsolationOf(there: Readonly<Record<string, readonly string[]>>) {
  return checkIsolation({
    members: Object.entries(there).map(([region, names]) => ({
      region,
      member: {
        fetchDocument: (name) => {
          const [, short = ''] = name.split('-');
          return Promise.resolve(success(names.includes(short) ? { of: short } : undefined));
        },
      },
    })),
    ...{ prefix: 'Portcullis', documents: DOCUMENTS, stack: 'Portcullis-Isolation' },
  });
}

test('runbooks that isolate are missed where another Region has them, or where one of them is missing', async () => {
  expect(await checkIsolationOf({ 'us-east-1': [] })).toMatchObject([{ status: 'ok' }]);
  expect(await checkIsolationOf({ 'us-east-1': ['One', 'Two'] })).toMatchObject([{ status: 'ok' }]);
  const fix = 'AWS_REGION=us-east-1 npx cdk deploy Portcullis-Isolation';
  const missed = [{ check: 'isolation us-east-1', status: 'failed', fix }];
  expect(await checkIsolationOf({ 'us-east-1': ['One'] })).toMatchObject(missed);
  expect(await checkIsolationOf({ 'us-east-1': [], 'eu-west-1': ['One', 'Two'] })).toMatchObject([
    ...missed,
    { status: 'ok' },
  ]);
});
