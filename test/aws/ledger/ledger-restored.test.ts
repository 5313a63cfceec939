import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createHash } from 'node:crypto';
import type { Restored } from '../../../src/core/ledger/restored';
import { targetKey } from '../../../src/core/target';
import type { Ledger } from '../../../src/flow/ports';
import { entry, ingress, TARGET } from '../../flow/in-memory-ports';
import { ledgerTable, value } from './ledger-table';

const table = ledgerTable();
let ledger: Ledger;
beforeEach(() => {
  ({ ledger } = table());
});

const RESTORED: Restored = [
  { rule: ingress('sgr-1'), remediationId: 'rem-0123456789abcdef', at: '2026-03-01T12:00:00.000Z' },
  { rule: entry(100, { Protocol: '-1' }), remediationId: 'rem-0123456789abcdef', at: '2026-03-01T12:00:00.000Z' },
];

describe('what was restored on a target', () => {
  test('is nothing at first', async () => {
    expect(await value(ledger.fetchRestored(TARGET))).toEqual([]);
  });

  test('is read as it was written last, and is of that target alone', async () => {
    await value(ledger.saveRestored(TARGET, []));
    await value(ledger.saveRestored(TARGET, RESTORED));
    expect(await value(ledger.fetchRestored(TARGET))).toEqual(RESTORED);
    expect(await value(ledger.fetchRestored({ ...TARGET, id: 'sg-0e' }))).toEqual([]);
  });

  test('may be a whole group of rules with as many tags as EC2 allows', async () => {
    const Tags = Array.from({ length: 50 }, (_, i) => ({
      Key: `tag-${String(i)}`,
      Value: `team ${String(i)} `.repeat(25),
    }));
    const rules = Array.from({ length: 60 }, (_, i) => ingress(`sgr-${String(i)}`, { FromPort: i, ToPort: i, Tags }));
    const large = rules.map((rule) => ({
      rule,
      remediationId: 'rem-0123456789abcdef',
      at: '2026-03-01T12:00:00.000Z',
    }));
    expect(JSON.stringify(large).length).toBeGreaterThan(400 * 1024);
    await value(ledger.saveRestored(TARGET, large));
    expect(await value(ledger.fetchRestored(TARGET))).toEqual(large);
  });

  test('is read also as earlier versions wrote it, as text', async () => {
    const { client, name } = table();
    const key = { pk: { S: `TARGET#${targetKey(TARGET)}` }, sk: { S: 'GIVEN-BACK' } };
    const Item = { ...key, rules: { S: JSON.stringify(RESTORED) } };
    await client.send(new PutItemCommand({ TableName: name, Item }));
    expect(await value(ledger.fetchRestored(TARGET))).toEqual(RESTORED);
  });

  test('that does not fit is refused, and what was there stays', async () => {
    await value(ledger.saveRestored(TARGET, RESTORED));
    const noise = Array.from({ length: 12_000 }, (_, i) => {
      const Description = createHash('sha512').update(String(i)).digest('base64');
      return {
        rule: ingress(`sgr-${String(i)}`, { Description }),
        remediationId: 'rem-1',
        at: '2026-03-01T12:00:00.000Z',
      };
    });
    expect(await ledger.saveRestored(TARGET, noise)).toMatchObject({ ok: false, error: { code: 'too-large' } });
    expect(await value(ledger.fetchRestored(TARGET))).toEqual(RESTORED);
  });

  test.each([
    ['without rules', {}],
    ['with a document that is none', { document: { B: new Uint8Array([1, 2, 3]) } }],
    ['with rules that are no JSON', { rules: { S: 'none' } }],
    ['with rules that are none', { rules: { S: '[{"rule":{}}]' } }],
  ])('that somebody changed by hand is distinguished from what was written: %s', async (_, fields) => {
    const { client, name } = table();
    await value(ledger.saveRestored(TARGET, RESTORED));
    const key = { pk: { S: `TARGET#${targetKey(TARGET)}` }, sk: { S: 'GIVEN-BACK' } };
    await client.send(new PutItemCommand({ TableName: name, Item: { ...key, ...fields } }));
    expect(await ledger.fetchRestored(TARGET)).toMatchObject({ ok: false, error: { code: 'invalid' } });
  });
});
