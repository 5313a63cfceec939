import { failure, success } from '../../../src/core/result';
import { notify, type ConfiguredChannel, type NotifyPorts } from '../../../src/flow/notifying/notify';
import type { Channel, DeliveryFailure, ThreadRecord } from '../../../src/flow/ports';
import { busEvent } from '../../end-to-end/channels/bus-event';
import { rememberedThreads } from './remembered-threads';

const DOWN: DeliveryFailure = { code: 'unavailable', retryable: true, cause: 'down' };

/** A channel that takes down what it is notified, and the ledger's memory of it. */
function createStage(traits: Pick<Channel, 'keepsMatters' | 'isLog'>, filters: ConfiguredChannel['filters'] = {}) {
  const notified: string[] = [];
  const records = new Map<string, ThreadRecord>();
  const stage = { notified, isDown: false };
  const channel: Channel = {
    ...traits,
    deliveriesOf: (notice) => [
      {
        id: 'post',
        send() {
          if (stage.isDown) return Promise.resolve(failure(DOWN));
          notified.push(notice.kind);
          return Promise.resolve(success({}));
        },
      },
    ],
  };
  const ports: NotifyPorts = {
    clock: { now: () => new Date('2026-11-29T12:00:00Z') },
    deadLetters: { save: () => Promise.resolve(success(undefined)) },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    metrics: { count: () => undefined },
    threads: rememberedThreads(records),
  };
  const deliver = (kind: string, at: string, detail = {}) => {
    const body = JSON.stringify(busEvent(kind, detail, { time: `2026-11-29T${at}:00Z` }));
    return notify({ id: 'message', body, deliveries: 1 }, { name: 'channel', filters, channel }, ports);
  };
  return Object.assign(stage, { deliver });
}

const QUIET = ['Found Closed', 'Target Gone', 'Opening Excepted', 'Question Settled'];

test.each(QUIET)('%s goes to whoever was notified that it is open, and to nobody else', async (kind) => {
  const stage = createStage({ keepsMatters: false });
  await stage.deliver(kind, '11:00');
  expect(stage.notified).toEqual([]);
  await stage.deliver('Decision Needed', '12:00');
  await stage.deliver(kind, '13:00');
  await stage.deliver(kind, '14:00');
  expect(stage.notified).toEqual(['Decision Needed', kind]);
});

test.each(QUIET)('%s goes out about what a receiver that is down has not heard of yet', async (kind) => {
  const stage = createStage({ keepsMatters: false });
  stage.isDown = true;
  expect(await stage.deliver('Decision Needed', '12:00')).toMatchObject({ kind: 'again' });
  stage.isDown = false;
  await stage.deliver(kind, '13:00');
  expect(stage.notified).toEqual([kind]);
});

test.each(QUIET)('%s goes to a log in any case', async (kind) => {
  const stage = createStage({ keepsMatters: false, isLog: true });
  await stage.deliver(kind, '11:00');
  expect(stage.notified).toEqual([kind]);
});

test.each([...QUIET, 'Ingress Closed', 'Risk Accepted', 'Decision Made'])(
  '%s ends what a channel keeps open, though its filters do not name it',
  async (kind) => {
    const stage = createStage({ keepsMatters: true }, { events: ['Decision Needed'] });
    await stage.deliver(kind, '11:00');
    await stage.deliver('Decision Needed', '12:00');
    await stage.deliver(kind, '13:00');
    expect(stage.notified).toEqual(['Decision Needed', kind]);
  },
);

test.each(['Closing Undone', 'Ingress Reopened', 'Exception Ended', 'Decision Missed'])(
  'after %s a matter that was over is open again, and may end once more',
  async (kind) => {
    const stage = createStage({ keepsMatters: true }, { events: ['Decision Needed', kind] });
    const all = ['Decision Needed', 'Risk Accepted', kind, 'Found Closed'];
    for (const [index, each] of all.entries()) await stage.deliver(each, `1${String(index)}:00`);
    expect(stage.notified).toEqual(all);
  },
);

test('an event that says itself that nothing is open by it opens nothing', async () => {
  const stage = createStage({ keepsMatters: true });
  await stage.deliver('Exception Ended', '11:00', { matter: 'stays' });
  await stage.deliver('Found Closed', '12:00');
  expect(stage.notified).toEqual(['Exception Ended']);
});
