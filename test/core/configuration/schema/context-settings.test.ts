import {
  LEAST_READING_SECONDS,
  MOST_READING_SECONDS,
  READING_SECONDS,
} from '../../../../src/core/context/reading-seconds';
import { parseConfiguration, renderMistake } from '../../../../src/core/configuration/parse-configuration';
import { toPolicy } from '../../../../src/core/configuration/to-policy';
import { parseOrchestratorSettings } from '../../../../src/handlers/settings/settings';
import { startTimeBudget } from '../../../../src/aws/within-time';
import { success } from '../../../../src/core/result';

function parse(context?: object) {
  return parseConfiguration({
    organizationId: 'o-a1b2c3d4e5',
    hub: { account: '111111111111', aggregationRegion: 'eu-central-1' },
    members: { primaryRegion: 'eu-central-1', regions: ['eu-central-1'] },
    ...(context === undefined ? {} : { context }),
  });
}

/** The policy as it travels in the bundle, and comes out of the orchestrator's settings. */
function travelled(context?: object): number {
  const parsed = parse(context);
  if (!parsed.ok) throw new Error(parsed.error.map(renderMistake).join());
  const environment = {
    ...{ PORTCULLIS_PREFIX: 'Portcullis', PORTCULLIS_LEDGER_TABLE: 'ledger', PORTCULLIS_SECURITY_HUB: 'cspm' },
    ...{ PORTCULLIS_BUS_NAME: 'bus', PORTCULLIS_MEMBER_ROLE: 'Member', PORTCULLIS_RUNBOOK_ROLE: 'Runbook' },
    ...{ PORTCULLIS_MEMBER_VERSION: '1', PORTCULLIS_SCHEDULE_GROUP: 'Portcullis' },
    PORTCULLIS_POLICY_MARK: '0123456789abcdef none',
    PORTCULLIS_SCHEDULER_ROLE_ARN: 'arn:aws:iam::111111111111:role/Portcullis-Scheduler',
    PORTCULLIS_QUEUE_ARN: 'arn:aws:sqs:eu-central-1:111111111111:Portcullis-Due',
    PORTCULLIS_DEAD_LETTER_QUEUE_ARN: 'arn:aws:sqs:eu-central-1:111111111111:Portcullis-DeadLetters',
  };
  const { policy } = parseOrchestratorSettings(environment, JSON.stringify(toPolicy(parsed.value)));
  return policy.readingSeconds ?? READING_SECONDS;
}

test('what is around a target is read within 20 seconds, or as many as are configured', () => {
  expect(travelled()).toBe(20);
  expect(travelled({})).toBe(20);
  expect(travelled({ seconds: 45 })).toBe(45);
});

test.each([
  [{ seconds: LEAST_READING_SECONDS - 1 }],
  [{ seconds: MOST_READING_SECONDS + 1 }],
  [{ seconds: 2.5 }],
  [{ seconds: '20s' }],
])('%j is refused with what to write', (context) => {
  const parsed = parse(context);
  expect(parsed.ok ? [] : parsed.error.map(renderMistake)).toEqual([
    expect.stringMatching(/context\.seconds.*a whole number from 2 to 90/) as string,
  ]);
});

test('it fits three times into an invocation of the orchestrator, with what it is for', () => {
  const invocationSeconds = 5 * 60;
  expect(3 * MOST_READING_SECONDS).toBeLessThan(invocationSeconds);
});

test('what comes later than a budget allows is said to be late, what came before is known', async () => {
  const budget = startTimeBudget(0.02);
  const read = await Promise.all([
    budget.read('The first', Promise.resolve(success(1))),
    budget.read('The second', new Promise(() => undefined)),
  ]);
  budget.end();
  expect(read).toEqual([
    { ok: true, value: 1 },
    { ok: false, error: 'The second could not be read within 0.02 seconds.' },
  ]);
});
