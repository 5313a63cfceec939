import { createLedgerSharedReads } from '../../../src/aws/ledger/ledger-shared-reads';
import type { SharedReads } from '../../../src/flow/ports';
import { findingOn, TARGET } from '../../flow/in-memory-ports';
import { ledgerTable, NOW, value } from './ledger-table';

const table = ledgerTable();
let reads: SharedReads;
beforeEach(() => {
  const { client, name } = table();
  reads = createLedgerSharedReads(client, name);
});

const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const READ = { target: TARGET, remediationId: 'rem-0000000000000001' };
const FINDING = findingOn(TARGET, { note: { text: 'mine', updatedBy: 'somebody', updatedAt: NOW.toISOString() } });

describe('reads that executions share', () => {
  test('have one turn a second', async () => {
    expect(await value(reads.takeTurn(NOW))).toBe(true);
    expect(await value(reads.takeTurn(after(0.9)))).toBe(false);
    expect(await value(reads.takeTurn(after(1)))).toBe(true);
  });

  test('leave ten moments a second for updates, each to one', async () => {
    const taken = [];
    for (let each = 0; each < 4; each++) taken.push(await value(reads.takeUpdateSlot(NOW)));
    expect(taken).toEqual([0, 100, 200, 300]);
    expect(await value(reads.takeUpdateSlot(after(0.2)))).toBe(200);
    expect(await value(reads.takeUpdateSlot(after(60)))).toBe(0);
    const together = await Promise.all(Array.from({ length: 20 }, () => value(reads.takeUpdateSlot(after(60)))));
    expect(new Set(together).size).toBe(20);
  });

  test('are handed over to the remediation that waits, as they were read, for half a minute', async () => {
    await value(reads.announce(READ, NOW));
    const [announced] = await value(reads.fetchAnnounced(after(1)));
    expect(announced).toMatchObject(READ);
    if (announced) await value(reads.handOver(announced, [FINDING], after(1)));

    expect(await value(reads.fetchHandedOver(READ, after(31)))).toEqual([FINDING]);
    expect(await value(reads.fetchHandedOver(READ, after(32)))).toBeUndefined();
    const other = { ...READ, remediationId: 'rem-0000000000000002' };
    expect(await value(reads.fetchHandedOver(other, after(2)))).toBeUndefined();
    expect(await value(reads.fetchAnnounced(after(2)))).toEqual([]);
  });

  test('are waited for by those who said so within the last minute, the latest first', async () => {
    const later = { target: { ...TARGET, id: 'sg-later' }, remediationId: 'rem-0000000000000003' };
    await value(reads.announce(READ, NOW));
    await value(reads.announce(later, after(10)));
    expect((await value(reads.fetchAnnounced(after(20)))).map(({ target }) => target.id)).toEqual([
      'sg-later',
      TARGET.id,
    ]);
    expect((await value(reads.fetchAnnounced(after(65)))).map(({ target }) => target.id)).toEqual(['sg-later']);
  });
});
