import { countEvent } from '../../../src/aws/cloudwatch/count-event';
import type { DomainEvent, Metric, ReopenedEvent } from '../../../src/flow/ports';

const detail = { startedAt: '2026-11-29T10:00:00.000Z', finishedAt: '2026-11-29T10:01:30.500Z' };

function countsOf(detailType: string, more: object = {}): readonly (readonly [Metric, number | undefined])[] {
  const counted: [Metric, number | undefined][] = [];
  countEvent({ detailType, detail: { ...detail, ...more } } as unknown as DomainEvent | ReopenedEvent, {
    count: (metric, value) => counted.push([metric, value]),
  });
  return counted;
}

test.each([
  ['Ingress Closed', [['SecondsToClose', 90.5]]],
  ['Closing Undone', [['ClosingsUndone', undefined]]],
  ['Remediation Failed', [['RemediationFailures', undefined]]],
  ['Verification Failed', [['RemediationFailures', undefined]]],
  ['Decision Needed', [['QuestionsAsked', undefined]]],
  ['Ingress Reopened', [['IngressReopened', undefined]]],
  ['Found Closed', []],
  ['Decision Made', []],
  ['Report Ready', []],
])('%s counts %j', (detailType, counts) => {
  expect(countsOf(detailType)).toEqual(counts);
});

test('a question that is said again is counted once', () => {
  expect(countsOf('Decision Needed', { reminder: true })).toEqual([]);
});
