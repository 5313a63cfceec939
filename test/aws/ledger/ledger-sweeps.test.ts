import { createLedgerSweeps } from '../../../src/aws/ledger/ledger-sweeps';
import type { Sweeps } from '../../../src/flow/ports';
import { ledgerTable, NOW, value } from './ledger-table';

const current = ledgerTable();
let sweeps: Sweeps;
beforeEach(() => {
  const { client, name } = current();
  sweeps = createLedgerSweeps(client, name, () => NOW);
});

const sweep = (sweepId: string) => ({ sweepId, startedAt: NOW.toISOString() });
const MINE = sweep('swp-000000000000000a');
const OTHER = sweep('swp-000000000000000b');
const minutesLater = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

test('one sweep is under way at a time, and says again and again that it is', async () => {
  expect(await value(sweeps.fetchLatest())).toBeUndefined();
  expect(await value(sweeps.claim(MINE, NOW))).toBe(true);
  expect(await value(sweeps.claim(OTHER, minutesLater(1)))).toBe(false);
  expect(await value(sweeps.claim(MINE, minutesLater(29)))).toBe(true);
  expect(await value(sweeps.claim(OTHER, minutesLater(31)))).toBe(false);
  expect(await value(sweeps.fetchLatest())).toBe(MINE.sweepId);
});

test('one that has ended lets the next begin, and is the latest until then', async () => {
  await value(sweeps.claim(MINE, NOW));
  await value(sweeps.letGo(OTHER, NOW));
  expect(await value(sweeps.claim(OTHER, NOW))).toBe(false);
  await value(sweeps.letGo(MINE, NOW));
  expect(await value(sweeps.fetchLatest())).toBe(MINE.sweepId);
  expect(await value(sweeps.claim(OTHER, NOW))).toBe(true);
  expect(await value(sweeps.claim(MINE, NOW))).toBe(false);
});

test('one of which nobody has heard for half an hour is not waited for', async () => {
  await value(sweeps.claim(MINE, NOW));
  expect(await value(sweeps.claim(OTHER, minutesLater(31)))).toBe(true);
  expect(await value(sweeps.claim(MINE, minutesLater(32)))).toBe(false);
});
