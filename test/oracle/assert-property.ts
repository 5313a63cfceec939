import fc from 'fast-check';

const asked = process.env['PORTCULLIS_PROPERTY_RUNS'];

/** Few in every run of the tests, many by `npm run test:properties`. */
const RUNS = Number(asked ?? 100);

/** The same cases in every run of the tests, so that a change is judged by what it changes; new ones in long runs. */
const SEED = asked === undefined ? { seed: 20_261_121 } : {};

const ran = new Map<string, number>();

afterAll(() => {
  const runs = [...ran.values()];
  const cases = runs.reduce((sum, each) => sum + each, 0);
  // Past Jest's console, which would put a stack trace under it.
  process.stdout.write(
    `${String(runs.length)} properties held in ${String(cases)} cases, at least ${String(Math.min(...runs))} each\n`,
  );
});

/** Holds a property against generated cases, and counts those that ran. */
export function assertProperty<Values>(property: fc.IProperty<Values>): void {
  fc.assert(property, {
    numRuns: RUNS,
    ...SEED,
    // oxlint-disable-next-line typescript/no-deprecated -- its successor is a plugin
    reporter: (details) => {
      if (details.failed) throw new Error(fc.defaultReportMessage(details), { cause: details.errorInstance });
      ran.set(expect.getState().currentTestName ?? '', details.numRuns);
    },
  });
}
