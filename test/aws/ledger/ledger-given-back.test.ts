import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { GivenBack } from '../../../src/core/ledger/given-back';
import type { Ledger } from '../../../src/flow/ports';
import { entry, ingress, TARGET } from '../../flow/in-memory-ports';
import { ledgerTable, value } from './ledger-table';

const table = ledgerTable();
let ledger: Ledger;
beforeEach(() => {
  ({ ledger } = table());
});

const GIVEN_BACK: GivenBack = [
  { rule: ingress('sgr-1'), remediationId: 'rem-0123456789abcdef', at: '2026-03-01T12:00:00.000Z' },
  { rule: entry(100, { Protocol: '-1' }), remediationId: 'rem-0123456789abcdef', at: '2026-03-01T12:00:00.000Z' },
];

describe('what was given back on a target', () => {
  it('is nothing at first', async () => {
    expect(await value(ledger.fetchGivenBack(TARGET))).toEqual([]);
  });

  it('is read as it was written last, and is of that target alone', async () => {
    await value(ledger.saveGivenBack(TARGET, []));
    await value(ledger.saveGivenBack(TARGET, GIVEN_BACK));
    expect(await value(ledger.fetchGivenBack(TARGET))).toEqual(GIVEN_BACK);
    expect(await value(ledger.fetchGivenBack({ ...TARGET, id: 'sg-0e' }))).toEqual([]);
  });

  it.each([
    ['without rules', {}],
    ['with rules that are no JSON', { rules: { S: 'none' } }],
    ['with rules that are none', { rules: { S: '[{"rule":{}}]' } }],
  ])('that somebody changed by hand is told apart from what was written: %s', async (_, fields) => {
    const { client, name } = table();
    await value(ledger.saveGivenBack(TARGET, GIVEN_BACK));
    const key = { pk: { S: `TARGET#${[TARGET.account, TARGET.region, TARGET.kind, TARGET.id].join('/')}` } };
    await client.send(new PutItemCommand({ TableName: name, Item: { ...key, sk: { S: 'GIVEN-BACK' }, ...fields } }));
    expect(await ledger.fetchGivenBack(TARGET)).toMatchObject({ ok: false, error: { code: 'invalid' } });
  });
});
