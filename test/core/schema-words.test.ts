import { parseRemediationRecord } from '../../src/core/ledger/parse-remediation-record';
import { renderSchemaError } from '../../src/core/schema-words';
import * as z from '../../src/core/zod-mini';
import { remediation } from './reporting/report-fixtures';

const schema = z.object({
  name: z.string(),
  kind: z.enum(['a', 'b']),
  steps: z.array(z.object({ count: z.int() })),
  id: z.optional(z.string().check(z.regex(/^x/))),
  own: z.optional(z.string().check(z.regex(/^x/, 'is not an id; it begins with x'))),
});
const GOOD = { name: 'n', kind: 'a', steps: [] };

// Notes of findings are written from these: a schema's own text means nothing to whoever reads them.
test.each([
  [{ ...GOOD, name: 7 }, 'name 7 is not a text'],
  [{ ...GOOD, name: undefined }, 'name is missing'],
  [{ ...GOOD, kind: 'c' }, 'kind "c" is not a or b'],
  [{ ...GOOD, steps: [{ count: '1' }] }, 'steps[0].count "1" is not a number'],
  [{ ...GOOD, steps: {} }, 'steps {} is not a list'],
  [{ ...GOOD, id: 'y' }, 'id "y" is not of a form that is known'],
  [{ ...GOOD, own: 'y' }, 'own "y" is not an id; it begins with x'],
  ['text', 'is not an object'],
])('%j: %s', (input, expected) => {
  const parsed = schema.safeParse(input);
  if (parsed.success) throw new Error('it has a mistake');
  expect(renderSchemaError(parsed.error, input)).toBe(expected);
});

test('a record of the ledger that somebody changed is shown in one line, without the text of the schema', () => {
  const parsed = parseRemediationRecord({ ...remediation(), outcome: 'done', runs: 'none' });
  if (parsed.ok) throw new Error('it has mistakes');
  expect(parsed.error).toMatch(/^\S+ "\w+" is (not|none) /);
  expect(parsed.error).not.toMatch(/Invalid|expected|✖|→|\n/);
});
