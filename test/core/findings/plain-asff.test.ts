import fc from 'fast-check';
import { asffFindingSchema } from '../../../src/core/findings/asff-schema';
import { asPlainAsff } from '../../../src/core/findings/plain-asff';
import { asff } from '../reporting/report-fixtures';

const FINDING = asff({
  CreatedAt: '2026-11-01T00:00:00Z',
  ProductFields: { StandardsArn: 'arn' },
  UserDefinedFields: { PortcullisOutcome: 'closed' },
  Note: { Text: 'a', UpdatedBy: 'b', UpdatedAt: '2026-11-01T00:00:00Z' },
});

/** Every place of a finding, `Resources`, `0`, `Details` and so on. */
function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, member]) => pathsOf(member, [...path, name]))];
}

function withValue(finding: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  const copy: Record<string, unknown> = structuredClone(finding) as Record<string, unknown>;
  copy[name] = withValue(copy[name], rest, value);
  return copy;
}

const READ = Object.keys(asffFindingSchema.def.shape);

/** What is read of a finding; members that are missing and undefined are the same. */
function readOf(finding: object): unknown {
  return JSON.parse(JSON.stringify(Object.fromEntries(READ.map((name) => [name, Reflect.get(finding, name)]))));
}

const odd = fc.oneof(
  fc.constantFrom(undefined, null, '', ' ', '1234', 'FAILED', 'NEW', 'x'.repeat(600), true, 7, [], {}, [[]], [{}]),
  fc.constantFrom(
    { Label: 1 },
    { Status: 'odd' },
    [{ Type: 1 }],
    { a: 'b' },
    { a: 1 },
    [null],
    '１２３４５６７８９０１２',
  ),
  fc.jsonValue(),
);

test('what is taken for a plain finding is one to the schema, which reads the same of it', () => {
  expect(asPlainAsff(FINDING)).toBe(FINDING);
  let plain = 0;
  fc.assert(
    fc.property(fc.constantFrom(...pathsOf(FINDING)), odd, (path, value) => {
      const finding = withValue(FINDING, path, value);
      const taken = asPlainAsff(finding);
      if (taken === undefined) return;
      plain++;
      const parsed = asffFindingSchema.safeParse(finding);
      expect(parsed.success && readOf(parsed.data)).toEqual(readOf(taken));
    }),
    { numRuns: 2000 },
  );
  expect(plain).toBeGreaterThan(100);
});
