import * as fc from 'fast-check';
import { Checks } from '../../../../src/core/reporting/checks';
import { NumberedLists, NumberedTexts } from '../../../../src/core/reporting/columns/numbered-texts';
import { PackedTexts } from '../../../../src/core/reporting/columns/packed-texts';
import { TextTable } from '../../../../src/core/reporting/columns/text-table';
import { TimeColumn } from '../../../../src/core/reporting/columns/time-column';
import { parseReportedFinding } from '../../../../src/core/reporting/reported-finding';
import { toReport } from '../../../../src/core/reporting/to-report';
import { asff, GENERATED_AT } from '../report-fixtures';

/** Texts of other languages, with halves of characters among them. */
const text = fc.string({ unit: 'binary' });

test('packed texts are those that came, however many', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 700 }), (texts) => {
      const packed = new PackedTexts();
      for (const [place, one] of texts.entries()) expect(packed.add(one)).toBe(place);
      expect(texts.map((_, place) => packed.at(place))).toEqual(texts);
    }),
    { numRuns: 30 },
  );
});

test('a table has each text of a scope once', () => {
  const entry = fc.tuple(fc.nat(3), fc.oneof(text, fc.nat(99).map(String)));
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 2_000 }), (entries) => {
      const table = new TextTable();
      const known = new Map<string, number>();
      for (const [scope, one] of entries) {
        const key = JSON.stringify([scope, one]);
        const place = known.get(key) ?? known.size;
        known.set(key, place);
        expect(table.placeOf(scope, one)).toBe(place);
        expect([table.scopeAt(place), table.textAt(place)]).toEqual([scope, one]);
      }
      expect(table.length).toBe(known.size);
    }),
    { numRuns: 30 },
  );
});

describe('a column of times', () => {
  const time = fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });
  const written = fc.oneof(
    time.map((date) => date.toISOString()),
    time.map((date) => `${date.toISOString().slice(0, 19)}Z`),
    fc.constantFrom('', 'Z', '2026-02-30T00:00:00.000Z', '2024-02-29T00:00:00.000Z', '1900-02-29T00:00:00.000Z'),
    fc.constantFrom('2026-10-01T24:00:00.000Z', '2026-10-01T00:00:60.000Z', '+012026-01-01T00:00:00Z', '2026-10-01'),
    fc.constantFrom('1969-12-31T23:59:59.999Z', '2026-10-01T00:00:00.000z', '2026-10-01T10:00:00+02:00'),
    fc.string({ minLength: 20, maxLength: 20 }),
    fc.string({ minLength: 24, maxLength: 24 }),
  );

  test('has each as it was written, and when it is as Date.parse has it', () => {
    fc.assert(
      fc.property(fc.array(fc.option(written, { nil: undefined }), { maxLength: 20 }), (texts) => {
        const column = new TimeColumn();
        for (const [place, one] of texts.entries()) column.set(place, one);
        expect(texts.map((_, place) => column.textAt(place))).toEqual(texts);
        expect(texts.map((_, place) => column.millisAt(place))).toEqual(texts.map((one) => Date.parse(one ?? '')));
      }),
      { numRuns: 500 },
    );
  });

  test('has the one that was set last', () => {
    const column = new TimeColumn();
    for (const one of ['2026-10-01', '2026-10-01T00:00:00Z', 'never', undefined]) {
      column.set(3, one);
      expect(column.textAt(3)).toBe(one);
    }
  });
});

test('numbered texts and lists are one each; nothing is number 0', () => {
  const texts = new NumberedTexts();
  expect([undefined, 'a', 'b', 'a', ''].map((one) => texts.numberOf(one))).toEqual([0, 1, 2, 1, 3]);
  expect([0, 1, 2, 3].map((number) => texts.textOf(number))).toEqual([undefined, 'a', 'b', '']);
  const lists = new NumberedLists();
  expect([[], ['a', 'b'], [''], ['b', 'a'], ['a', 'b']].map((one) => lists.numberOf(one))).toEqual([0, 1, 2, 3, 1]);
  expect([0, 1, 2, 3].map((number) => lists.listOf(number))).toEqual([[], ['a', 'b'], [''], ['b', 'a']]);
});

test('a finding with an empty requirement gives none to those that have no requirement', () => {
  const compliance = { Status: 'FAILED', SecurityControlId: 'EC2.13' };
  const findings = [
    asff({ group: 'sg-1', Compliance: { ...compliance, RelatedRequirements: [''] } }),
    asff({ group: 'sg-2', Compliance: compliance }),
  ];
  const { rows } = toReport({ generatedAt: GENERATED_AT, source: 'x', findings, records: [] });
  expect([...rows].map(({ requirements }) => requirements)).toEqual([[''], []]);
});

test('checks hold every member of a finding, whatever its ids', () => {
  const checks = new Checks();
  const ids = ['f', '/finding/', 'a/finding/b/finding/c', 'é/finding/日本', `${'x'.repeat(500)}/finding/`];
  const findings = ids.flatMap((id, i) => {
    const raw = asff({ id, group: `sg-${String(i)}`, Note: { Text: id, UpdatedBy: 'ana', UpdatedAt: 'then' } });
    const parsed = parseReportedFinding(raw, i);
    return parsed.ok ? [parsed.value] : [];
  });
  for (const finding of findings) expect(checks.addFinding(finding)).toBe(true);
  for (const finding of findings) expect(checks.addFinding(finding)).toBe(false);
  expect(checks.length).toBe(ids.length);
  for (const [check, { control, target, ...finding }] of findings.entries()) {
    const [held] = checks.findingsAt(check);
    expect([checks.controlAt(check), checks.targetAt(check)]).toEqual([control, target]);
    for (const [name, value] of Object.entries(finding))
      expect([name, Reflect.get(held ?? {}, name)]).toEqual([name, value]);
  }
});
