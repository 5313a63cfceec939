import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { targetKey } from '../../../src/core/target';
import { LEASE_SECONDS } from '../../../src/flow/limits';
import type { Ledger } from '../../../src/flow/ports';
import { TARGET } from '../../flow/in-memory-ports';
import { heldWork, later, ledgerTable, NOW, request, value } from './ledger-table';

const table = ledgerTable();
let ledger: Ledger;
beforeEach(() => {
  ({ ledger } = table());
});

describe('a claim', () => {
  it('lets everything that arrives while somebody holds the target join the same generation', async () => {
    expect(await value(ledger.announceArrival(TARGET, NOW))).toEqual({ generation: 1 });
    expect(await value(ledger.announceArrival(TARGET, NOW))).toEqual({ generation: 1 });
    expect((await heldWork(ledger, 1)).arrivals).toBe(2);
  });

  it('hands over the requests that were written before they were announced', async () => {
    await value(ledger.saveRequest(TARGET, request('a')));
    await value(ledger.saveRequest(TARGET, request('b')));
    await value(ledger.announceArrival(TARGET, NOW));
    expect(await heldWork(ledger, 1)).toMatchObject({ requests: [request('a'), request('b')], more: false });
  });

  it('holds a request that is written twice once', async () => {
    await value(ledger.saveRequest(TARGET, request('a')));
    await value(ledger.saveRequest(TARGET, request('a')));
    await value(ledger.announceArrival(TARGET, NOW));
    expect((await heldWork(ledger, 1)).requests).toHaveLength(1);
  });

  it('is released when nothing arrived since, and the next arrival begins a new generation', async () => {
    await value(ledger.saveRequest(TARGET, request('a')));
    await value(ledger.announceArrival(TARGET, NOW));
    const { arrivals, requests } = await heldWork(ledger, 1);
    await value(ledger.answerRequests(TARGET, requests, NOW.now));
    expect(await value(ledger.release(TARGET, 1, arrivals))).toBe(true);

    expect(await value(ledger.announceArrival(TARGET, NOW))).toEqual({ generation: 2 });
    expect((await heldWork(ledger, 2)).requests).toEqual([]);
  });

  it('is not released when something arrived since, so that nothing is lost in between', async () => {
    await value(ledger.announceArrival(TARGET, NOW));
    const { arrivals } = await heldWork(ledger, 1);
    await value(ledger.saveRequest(TARGET, request('late')));
    expect(await value(ledger.announceArrival(TARGET, NOW))).toEqual({ generation: 1 });

    expect(await value(ledger.release(TARGET, 1, arrivals))).toBe(false);
    expect((await heldWork(ledger, 1)).requests).toEqual([request('late')]);
  });

  it('is released once: the step that is repeated finds nothing of its own', async () => {
    await value(ledger.announceArrival(TARGET, NOW));
    expect(await value(ledger.release(TARGET, 1, 1))).toBe(true);
    expect(await value(ledger.release(TARGET, 1, 1))).toBe(false);
    expect(await value(ledger.openWork(TARGET, 1, NOW))).toEqual({ kind: 'superseded' });
  });

  it('is taken over when its execution must be dead, and the dead one may not go on', async () => {
    await value(ledger.announceArrival(TARGET, NOW));
    expect(await value(ledger.announceArrival(TARGET, later(LEASE_SECONDS - 1)))).toEqual({ generation: 1 });
    expect(await value(ledger.announceArrival(TARGET, later(LEASE_SECONDS + 1)))).toEqual({ generation: 2 });

    expect(await value(ledger.openWork(TARGET, 1, later(LEASE_SECONDS + 2)))).toEqual({ kind: 'superseded' });
    expect((await heldWork(ledger, 2, later(LEASE_SECONDS + 2))).arrivals).toBe(3);
  });

  it('is not taken over while its execution renews the lease', async () => {
    await value(ledger.announceArrival(TARGET, NOW));
    await heldWork(ledger, 1, later(LEASE_SECONDS - 10));
    expect(await value(ledger.announceArrival(TARGET, later(LEASE_SECONDS + 1)))).toEqual({ generation: 1 });
  });

  it('has a lease of its own in every generation', async () => {
    await value(ledger.announceArrival(TARGET, NOW));
    await value(ledger.release(TARGET, 1, 1));
    const longAfter = LEASE_SECONDS * 5;
    expect(await value(ledger.announceArrival(TARGET, later(longAfter)))).toEqual({ generation: 2 });
    expect(await value(ledger.announceArrival(TARGET, later(longAfter + 10)))).toEqual({ generation: 2 });
  });

  it('is taken over once by two that come at the same time', async () => {
    await value(ledger.announceArrival(TARGET, NOW));
    const expired = later(LEASE_SECONDS + 1);
    const both = await Promise.all([
      value(ledger.announceArrival(TARGET, expired)),
      value(ledger.announceArrival(TARGET, expired)),
    ]);
    expect(both).toEqual([{ generation: 2 }, { generation: 2 }]);
  });

  it('says that more waits than it hands over at once', async () => {
    for (let i = 0; i < 120; i++) await value(ledger.saveRequest(TARGET, request(String(i).padStart(3, '0'))));
    await value(ledger.announceArrival(TARGET, NOW));
    const first = await heldWork(ledger, 1);
    expect(first.more).toBe(true);
    await value(ledger.answerRequests(TARGET, first.requests, NOW.now));
    const rest = await heldWork(ledger, 1);
    expect(first.requests.length + rest.requests.length).toBe(120);
    expect(rest.more).toBe(false);
  });

  it('is given up by an execution that can do no more: the next arrival finds what waits', async () => {
    await value(ledger.saveRequest(TARGET, request('a')));
    await value(ledger.announceArrival(TARGET, NOW));
    await value(ledger.announceArrival(TARGET, NOW));
    await heldWork(ledger, 1);
    await value(ledger.giveUp(TARGET, 1));
    expect(await value(ledger.openWork(TARGET, 1, NOW))).toEqual({ kind: 'superseded' });
    expect(await value(ledger.announceArrival(TARGET, NOW))).toEqual({ generation: 2 });
    expect((await heldWork(ledger, 2)).requests).toEqual([request('a')]);
  });

  it('is given up by nobody who does not hold it', async () => {
    await value(ledger.announceArrival(TARGET, NOW));
    await value(ledger.release(TARGET, 1, 1));
    await value(ledger.announceArrival(TARGET, NOW));
    await value(ledger.giveUp(TARGET, 1));
    expect((await heldWork(ledger, 2)).arrivals).toBe(2);
  });

  it('that somebody changed by hand is a failure of its target, which says so, and of no other', async () => {
    const { client, name } = table();
    const key = { pk: { S: `TARGET#${targetKey(TARGET)}` }, sk: { S: 'CLAIM' } };
    await client.send(new PutItemCommand({ TableName: name, Item: { ...key, generation: { S: 'first' } } }));
    const announced = await ledger.announceArrival(TARGET, NOW);
    expect(announced).toMatchObject({ ok: false, error: { code: 'invalid', retryable: false } });
    expect(announced.ok ? '' : announced.error.cause).toMatch(
      /claim on 222222222222.* is not what was written.*generation/s,
    );
    expect(await value(ledger.announceArrival({ ...TARGET, id: 'sg-0e' }, NOW))).toEqual({ generation: 1 });
  });
});
