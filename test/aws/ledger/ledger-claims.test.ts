import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { targetKey } from '../../../src/core/target';
import type { Ledger } from '../../../src/flow/ports';
import { TARGET } from '../../flow/in-memory-ports';
import { heldWork, ledgerTable, NOW, request, value } from './ledger-table';

const table = ledgerTable();
let ledger: Ledger;
beforeEach(() => {
  ({ ledger } = table());
});

const FIRST = { generation: 1, nonce: 'a' };

describe('a claim', () => {
  test('lets everything that arrives while somebody holds the target join the same holding', async () => {
    expect(await value(ledger.announceArrival(TARGET, 'a'))).toEqual({ ...FIRST, isNew: true });
    expect(await value(ledger.announceArrival(TARGET, 'b'))).toEqual({ ...FIRST, isNew: false });
    expect((await heldWork(ledger, FIRST)).arrivals).toBe(2);
  });

  test('is new to whoever began it, also when the answer did not reach them and they ask again', async () => {
    await value(ledger.announceArrival(TARGET, 'a'));
    expect(await value(ledger.announceArrival(TARGET, 'a'))).toEqual({ ...FIRST, isNew: true });
  });

  test('hands over the requests that were written before they were announced', async () => {
    await value(ledger.saveRequest(TARGET, request('a')));
    await value(ledger.saveRequest(TARGET, request('b')));
    await value(ledger.announceArrival(TARGET, 'a'));
    expect(await heldWork(ledger, FIRST)).toMatchObject({ requests: [request('a'), request('b')], more: false });
  });

  test('holds a request that is written twice once', async () => {
    await value(ledger.saveRequest(TARGET, request('a')));
    await value(ledger.saveRequest(TARGET, request('a')));
    await value(ledger.announceArrival(TARGET, 'a'));
    expect((await heldWork(ledger, FIRST)).requests).toHaveLength(1);
  });

  test('is released when nothing arrived since, and the next arrival begins another holding', async () => {
    await value(ledger.saveRequest(TARGET, request('a')));
    await value(ledger.announceArrival(TARGET, 'a'));
    const { arrivals, requests } = await heldWork(ledger, FIRST);
    await value(ledger.answerRequests(TARGET, requests, {}, NOW));
    expect(await value(ledger.release(TARGET, FIRST, arrivals))).toBe(true);

    const second = { generation: 2, nonce: 'b' };
    expect(await value(ledger.announceArrival(TARGET, 'b'))).toEqual({ ...second, isNew: true });
    expect((await heldWork(ledger, second)).requests).toEqual([]);
  });

  test('is not released when something arrived since, so that nothing is lost in between', async () => {
    await value(ledger.announceArrival(TARGET, 'a'));
    const { arrivals } = await heldWork(ledger, FIRST);
    await value(ledger.saveRequest(TARGET, request('late')));
    expect(await value(ledger.announceArrival(TARGET, 'b'))).toEqual({ ...FIRST, isNew: false });

    expect(await value(ledger.release(TARGET, FIRST, arrivals))).toBe(false);
    expect((await heldWork(ledger, FIRST)).requests).toEqual([request('late')]);
  });

  test('is released once: the step that is repeated finds nothing of its own', async () => {
    await value(ledger.announceArrival(TARGET, 'a'));
    expect(await value(ledger.release(TARGET, FIRST, 1))).toBe(true);
    expect(await value(ledger.release(TARGET, FIRST, 1))).toBe(false);
    expect(await value(ledger.openWork(TARGET, FIRST))).toEqual({ kind: 'superseded' });
  });

  test("is nobody else's of the same generation, as it may be counted again after a backup was restored", async () => {
    await value(ledger.announceArrival(TARGET, 'a'));
    const other = { generation: 1, nonce: 'b' };
    expect(await value(ledger.openWork(TARGET, other))).toEqual({ kind: 'superseded' });
    expect(await value(ledger.release(TARGET, other, 1))).toBe(false);
    await value(ledger.giveUp(TARGET, other));
    expect((await heldWork(ledger, FIRST)).arrivals).toBe(1);
  });

  test('says that more waits than it hands over at once', async () => {
    for (let i = 0; i < 120; i++) await value(ledger.saveRequest(TARGET, request(String(i).padStart(3, '0'))));
    await value(ledger.announceArrival(TARGET, 'a'));
    const first = await heldWork(ledger, FIRST);
    expect(first.more).toBe(true);
    await value(ledger.answerRequests(TARGET, first.requests, {}, NOW));
    const rest = await heldWork(ledger, FIRST);
    expect(first.requests.length + rest.requests.length).toBe(120);
    expect(rest.more).toBe(false);
  });

  test('is given up when its execution can do no more: the next arrival finds what waits', async () => {
    await value(ledger.saveRequest(TARGET, request('a')));
    await value(ledger.announceArrival(TARGET, 'a'));
    await value(ledger.announceArrival(TARGET, 'b'));
    await heldWork(ledger, FIRST);
    await value(ledger.giveUp(TARGET, FIRST));
    expect(await value(ledger.openWork(TARGET, FIRST))).toEqual({ kind: 'superseded' });
    const second = { generation: 2, nonce: 'c' };
    expect(await value(ledger.announceArrival(TARGET, 'c'))).toEqual({ ...second, isNew: true });
    expect((await heldWork(ledger, second)).requests).toEqual([request('a')]);
  });

  test('is given up by nobody who does not hold it', async () => {
    await value(ledger.announceArrival(TARGET, 'a'));
    await value(ledger.release(TARGET, FIRST, 1));
    await value(ledger.announceArrival(TARGET, 'b'));
    await value(ledger.giveUp(TARGET, FIRST));
    expect((await heldWork(ledger, { generation: 2, nonce: 'b' })).arrivals).toBe(2);
  });

  test('that somebody changed by hand is a failure of its target, which says so, and of no other', async () => {
    const { client, name } = table();
    const key = { pk: { S: `TARGET#${targetKey(TARGET)}` }, sk: { S: 'CLAIM' } };
    await client.send(new PutItemCommand({ TableName: name, Item: { ...key, generation: { S: 'first' } } }));
    const announced = await ledger.announceArrival(TARGET, 'a');
    expect(announced).toMatchObject({ ok: false, error: { code: 'invalid', retryable: false } });
    expect(announced.ok ? '' : announced.error.cause).toMatch(
      /claim on 222222222222.* is not what was written.*generation/s,
    );
    expect(await value(ledger.announceArrival({ ...TARGET, id: 'sg-0e' }, 'a'))).toEqual({ ...FIRST, isNew: true });
  });
});
