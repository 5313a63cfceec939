import { FairOrder } from '../../../sandbox/sqs/fair-order';
import type { QueuedMessage } from '../../../sandbox/sqs/queued-message';

const message = (id: string, group: string | undefined): QueuedMessage => ({
  id,
  group,
  body: '',
  attributes: {},
  senderId: '',
  sentMillis: 0,
  visibleMillis: 0,
  receiveCount: 0,
  firstReceivedMillis: undefined,
  receiptHandle: undefined,
  wakeUp: undefined,
});

const storm = Array.from({ length: 50 }, (_, index) => message(`storm-${String(index)}`, 'storm'));
const first = (fair: FairOrder, messages: readonly QueuedMessage[], at: number) => [...fair.order(messages, at)][0]?.id;

test('messages of a queue are received in their order as long as nobody is noisy', () => {
  expect(first(new FairOrder(), [...storm, message('quiet', 'quiet')], 0)).toBe('storm-0');
});

test('a group that has taken most of the time of the consumers waits for the others, and for those without one', () => {
  const fair = new FairOrder();
  const [one = message('', '')] = storm;
  fair.received(one, 0);
  fair.processed(one, 1000);
  expect(first(fair, [...storm, message('quiet', 'quiet')], 1000)).toBe('quiet');
  expect(first(fair, [...storm, message('click', undefined)], 1000)).toBe('click');
  expect(first(fair, storm, 1000)).toBe('storm-0');
});

test('it is as good as any other five minutes later', () => {
  const fair = new FairOrder();
  const [one = message('', '')] = storm;
  fair.received(one, 0);
  fair.processed(one, 1000);
  expect(first(fair, [...storm, message('quiet', 'quiet')], 302_000)).toBe('storm-0');
});
