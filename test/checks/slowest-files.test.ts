import SlowestFiles from '../setup/slowest-files.cjs';

const file = (seconds: number) => ({
  testFilePath: `${process.cwd()}/test/file-${String(seconds)}.test.ts`,
  perfStats: { runtime: seconds * 1000 },
});

function printedFor(files: number): readonly string[] {
  const printed = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  new SlowestFiles().onRunComplete(undefined, { testResults: Array.from({ length: files }, (_, i) => file(i + 1)) });
  const lines = printed.mock.calls.flatMap(([text]) => String(text).split('\n'));
  printed.mockRestore();
  return lines;
}

test('a run of many files ends with its ten slowest, the slowest first, and their share', () => {
  const lines = printedFor(12);
  expect(lines[0]).toBe('The ten slowest of 12 files, 96 % of all their time:');
  expect(lines).toHaveLength(11);
  expect(lines[1]).toMatch(/^ +12\.0 s {2}test\/file-12\.test\.ts$/);
  expect(lines[10]).toMatch(/3\.0 s/);
});

test('a run of a few files prints nothing of it', () => {
  expect(printedFor(10)).toEqual([]);
});
