import { createLedgerBrake } from '../../../src/aws/ledger/ledger-brake';
import { createLedgerRelease } from '../../../src/aws/ledger/ledger-release';
import type { Brake } from '../../../src/flow/ports';
import { ledgerTable, NOW, value } from './ledger-table';

const current = ledgerTable();
let brake: Brake;
beforeEach(() => {
  const { client, name } = current();
  brake = { ...createLedgerBrake(client, name), ...createLedgerRelease(client, name) };
});

const count = (minutesLater: number) => value(brake.countClosing(new Date(NOW.getTime() + minutesLater * 60_000), 60));

test('closings are counted over the latest minutes, and forgotten after them', async () => {
  expect(await count(0)).toBe(1);
  expect(await count(1)).toBe(2);
  expect(await count(30)).toBe(3);
  expect(await count(60)).toBe(4);
  // The first two are more than an hour ago, and so is the part of the hour that they were counted in.
  expect(await count(66)).toBe(3);
  expect(await count(200)).toBe(1);
});

test('of many that come at once none goes uncounted, and each has a number of its own or a later one', async () => {
  const counts = await Promise.all(Array.from({ length: 40 }, () => count(0)));
  expect(await count(0)).toBe(41);
  for (const limit of [1, 5, 20]) expect(counts.filter((each) => each <= limit).length).toBeLessThanOrEqual(limit);
});

test('a release counts anew; that of an account does not', async () => {
  await count(0);
  await value(brake.release('222222222222'));
  expect(await count(0)).toBe(2);
  await value(brake.release('*'));
  expect(await count(0)).toBe(1);
});
