import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readLedgerFile } from '../../../src/cli/report/read-ledger-file';

const directory = mkdtempSync(join(tmpdir(), 'portcullis-ledger-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const RECORD = { remediationId: 'rem-0123456789abcdef' };
const ITEM = { sk: { S: 'RECORD' }, document: { B: gzipSync(JSON.stringify(RECORD)).toString('base64') } };
const MORE = { LastEvaluatedKey: { pk: { S: 'target' } } };

function read(content: unknown, partial = false) {
  const file = join(directory, 'ledger.json');
  writeFileSync(file, JSON.stringify(content));
  return readLedgerFile(file, partial);
}

test.each([
  { what: 'of a scan', content: [{ Items: [ITEM], ...MORE }, { Items: [ITEM] }] },
  { what: 'of remediations', content: [{ remediations: [RECORD] }, { remediations: [RECORD] }] },
])('pages $what in a list are read like pages one behind the other', async ({ content }) => {
  expect((await read(content)).records).toEqual([RECORD, RECORD]);
});

test('a list whose last page says that there is more is a part', async () => {
  const content = [{ Items: [ITEM] }, { Items: [ITEM], ...MORE }];
  await expect(read(content)).rejects.toThrow('LastEvaluatedKey says that there are more records');
  expect(await read(content, true)).toMatchObject({ records: [RECORD, RECORD], remark: { isPart: true } });
});
