import type { Reason, ReasonDocs } from '../../../src/core/reasons/reason';

/** Reasons with the text that each has; the one place of the tests that holds texts. */
export type ReasonTable<Of extends Reason> = readonly (readonly [reason: Of, text: string])[];

/** Holds the texts of a family: each row's text, a row for every code, and examples that are text themselves. */
export function testReasonTexts<Of extends Reason>(
  table: ReasonTable<Of>,
  render: (reason: Of) => string,
  docs: ReasonDocs<Of>,
): void {
  test.each(table.map(([reason, text]) => [reason.code, reason, text] as const))('%s', (_code, reason, text) => {
    expect(render(reason)).toBe(text);
  });

  test('Every code of the family has a row', () => {
    expect([...new Set(table.map(([{ code }]) => code))].sort()).toEqual(Object.keys(docs).sort());
  });
}
