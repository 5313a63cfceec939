import { failure, success } from '../../../src/core/result';
import type { RemediationRecord } from '../../../src/core/ledger/remediation-record';
import type { Metric, OneTimeSchedule, PortResult } from '../../../src/flow/ports';
import { scheduleWatches } from '../../../src/flow/watching/schedule-watches';
import { TARGET } from '../in-memory-ports';

const record = (outcome: RemediationRecord['outcome']): RemediationRecord => ({
  remediationId: 'rem-0123456789abcdef',
  action: 'close',
  target: TARGET,
  trigger: 'automatic',
  decidedBy: 'policy',
  findings: [],
  runs: [],
  outcome,
  startedAt: '2026-03-01T12:00:00.000Z',
  finishedAt: '2026-03-01T12:01:00.000Z',
});

async function play(outcome: RemediationRecord['outcome'], problem = false) {
  const schedules: OneTimeSchedule[] = [];
  const counted: Metric[] = [];
  const failed = failure({ code: 'throttled' as const, retryable: true, cause: 'Slow down.' });
  await scheduleWatches(record(outcome), {
    durable: {
      step: <Value>(_: string, run: (attempt: number) => PortResult<Value>) => run(1),
      sleep: () => Promise.resolve(),
    },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    metrics: {
      count(metric) {
        counted.push(metric);
      },
    },
    watches: {
      seconds: [3600, 86_400],
      scheduleOnce(schedule) {
        schedules.push(schedule);
        return Promise.resolve(problem ? failed : success(undefined));
      },
    },
  });
  return { schedules, counted };
}

test.each(['closed', 'already-closed'] as const)(
  'after %s its target is re-checked at each of the times',
  async (outcome) => {
    const { schedules } = await play(outcome);
    const message = {
      kind: 'due',
      what: 'watch',
      id: `${TARGET.account}/${TARGET.region}/${TARGET.kind}/${TARGET.id}`,
    };
    expect(schedules).toEqual([
      { name: 'watch-rem-0123456789abcdef-0', at: new Date('2026-03-01T13:01:00.000Z'), message },
      { name: 'watch-rem-0123456789abcdef-1', at: new Date('2026-03-02T12:01:00.000Z'), message },
    ]);
  },
);

test.each(['asked', 'failed', 'could-not-tell', 'excepted', 'undone'] as const)(
  'after %s nothing is',
  async (outcome) => {
    expect((await play(outcome)).schedules).toEqual([]);
  },
);

test('what cannot be scheduled is counted, and fails nothing', async () => {
  expect((await play('closed', true)).counted).toEqual(['WatchesFailed']);
});
