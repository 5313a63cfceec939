import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { targetKey } from '../../../src/core/target';
import type { Ledger, RemediationRequest } from '../../../src/flow/ports';
import { findingOn, TARGET } from '../../flow/in-memory-ports';
import { heldWork, ledgerTable, NOW, request, value } from './ledger-table';

const FIRST = { generation: 1, nonce: 'a' };
const ANSWER = { remediationId: 'rem-0123456789abcdef' };

const table = ledgerTable();
let ledger: Ledger;
beforeEach(() => {
  ({ ledger } = table());
});

describe('a request', () => {
  test.each<RemediationRequest>([
    request('1'),
    { ...request('2'), action: 'preview' },
    { ...request('4'), seen: { finding: findingOn(TARGET), at: NOW.toISOString() } },
    { ...request('3'), action: 'undo', remediationId: 'rem-0123456789abcdef', confirmed: true },
  ])('to $action is read as it was written', async (wanted) => {
    await value(ledger.saveRequest(TARGET, wanted));
    const tenure = await value(ledger.announceArrival(TARGET, 'a'));
    expect((await heldWork(ledger, tenure)).requests).toEqual([wanted]);
  });

  test('to undo something is found among all that waits, without the claim, until it is answered', async () => {
    const undo = { ...request('3'), action: 'undo', confirmed: false, chosenAt: '2026-03-01T12:00:00Z' } as const;
    await value(ledger.saveRequest(TARGET, request('1')));
    await value(ledger.saveRequest(TARGET, undo));
    expect(await value(ledger.fetchWaitingUndos(TARGET))).toEqual([undo]);
    await value(ledger.answerRequests(TARGET, [undo], {}, NOW));
    expect(await value(ledger.fetchWaitingUndos(TARGET))).toEqual([]);
  });

  test('is written once: what is written under its id before stays', async () => {
    expect(await value(ledger.saveRequest(TARGET, request('1')))).toBe('waiting');
    expect(await value(ledger.saveRequest(TARGET, { ...request('1'), decidedBy: 'somebody else' }))).toBe('waiting');
    await value(ledger.announceArrival(TARGET, 'a'));
    expect((await heldWork(ledger, FIRST)).requests).toEqual([request('1')]);
  });

  test('that was answered does not wait again, and says so', async () => {
    await value(ledger.saveRequest(TARGET, request('1')));
    await value(ledger.saveRequest(TARGET, request('2')));
    await value(ledger.announceArrival(TARGET, 'a'));
    await value(ledger.answerRequests(TARGET, [request('1')], ANSWER, NOW));
    expect(await value(ledger.saveRequest(TARGET, request('1')))).toBe('answered');
    expect(await value(ledger.fetchRequestState(TARGET, '1'))).toEqual({ status: 'answered', answer: ANSWER });
    expect(await value(ledger.fetchRequestState(TARGET, '2'))).toEqual({ status: 'waiting' });
    expect(await value(ledger.fetchRequestState(TARGET, '3'))).toEqual({ status: 'unknown' });
    expect((await heldWork(ledger, FIRST)).requests).toEqual([request('2')]);
  });

  test('is another one on another target', async () => {
    await value(ledger.saveRequest(TARGET, request('1')));
    await value(ledger.answerRequests(TARGET, [request('1')], ANSWER, NOW));
    expect(await value(ledger.saveRequest({ ...TARGET, id: 'sg-0e' }, request('1')))).toBe('waiting');
  });

  test('is kept after its answer for longer than its message may be delivered again, and not for ever', async () => {
    const { client, name } = table();
    await value(ledger.saveRequest(TARGET, request('1')));
    await value(ledger.answerRequests(TARGET, [request('1')], ANSWER, NOW));
    const { Items = [] } = await client.send(new ScanCommand({ TableName: name }));
    const [expiresAt] = Items.flatMap((item) => item['expiresAt']?.N ?? []);
    const days = (Number(expiresAt) * 1000 - NOW.getTime()) / 86_400_000;
    expect(days).toBeGreaterThan(4);
    expect(days).toBeLessThan(14);
    expect(Items[0]).not.toHaveProperty('findings');
  });

  test('is found behind any number of answered ones', async () => {
    const answered = Array.from({ length: 150 }, (_, i) => request(String(i).padStart(3, '0')));
    for (const each of answered) await value(ledger.saveRequest(TARGET, each));
    await value(ledger.answerRequests(TARGET, answered, ANSWER, NOW));
    await value(ledger.saveRequest(TARGET, request('999')));
    await value(ledger.announceArrival(TARGET, 'a'));
    expect(await heldWork(ledger, FIRST)).toMatchObject({ requests: [request('999')], more: false });
  });

  test('that asks for what this version does not know is a failure that names it', async () => {
    const { client, name } = table();
    await value(ledger.saveRequest(TARGET, request('1')));
    await value(ledger.announceArrival(TARGET, 'a'));
    const key = { pk: { S: `TARGET#${targetKey(TARGET)}` }, sk: { S: 'REQUEST#of-tomorrow' } };
    await client.send(new PutItemCommand({ TableName: name, Item: { ...key, action: { S: 'except' } } }));
    const opened = await ledger.openWork(TARGET, FIRST);
    expect(opened).toMatchObject({ ok: false, error: { code: 'invalid', retryable: false } });
    expect(opened.ok ? '' : opened.error.cause).toContain('REQUEST#of-tomorrow');
  });

  test("that was withdrawn is nobody's to begin with, and says that it was", async () => {
    await value(ledger.saveRequest(TARGET, request('1')));
    await value(ledger.saveRequest(TARGET, request('2')));
    expect(await value(ledger.withdrawRequest(TARGET, '1', NOW))).toBe('withdrawn');
    expect(await value(ledger.withdrawRequest(TARGET, '1', NOW))).toBe('answered');
    expect(await value(ledger.beginRequests(TARGET, [request('1'), request('2')], NOW))).toEqual([request('2')]);
    expect(await value(ledger.fetchRequestState(TARGET, '1'))).toMatchObject({ answer: { withdrawn: true } });
    await value(ledger.announceArrival(TARGET, 'a'));
    expect((await heldWork(ledger, FIRST)).requests).toEqual([request('2')]);
  });

  test('that has begun cannot be withdrawn, and begins again where its execution was lost', async () => {
    await value(ledger.saveRequest(TARGET, request('1')));
    expect(await value(ledger.beginRequests(TARGET, [request('1')], NOW))).toEqual([request('1')]);
    expect(await value(ledger.withdrawRequest(TARGET, '1', NOW))).toBe('begun');
    expect(await value(ledger.fetchRequestState(TARGET, '1'))).toEqual({ status: 'begun' });
    expect(await value(ledger.beginRequests(TARGET, [request('1')], NOW))).toEqual([request('1')]);
  });

  test('that nobody wrote cannot be withdrawn, and is not written by trying', async () => {
    expect(await value(ledger.withdrawRequest(TARGET, '1', NOW))).toBe('unknown');
    expect(await value(ledger.fetchRequestState(TARGET, '1'))).toEqual({ status: 'unknown' });
  });
});
