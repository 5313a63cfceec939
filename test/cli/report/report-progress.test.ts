import { createReportProgress } from '../../../src/cli/report/report-progress';

function watched(options: { readonly isTTY?: boolean; readonly isQuiet?: boolean }) {
  const written: string[] = [];
  let millis = 0;
  const stream = { isTTY: options.isTTY ?? true, write: (text: string) => written.push(text) > 0 };
  const progress = createReportProgress(stream, options.isQuiet ?? false, () => millis);
  return { progress, written, at: (to: number) => (millis = to) };
}

test('a report says how far it is once it takes two seconds, four times a second at most, and takes the line away', () => {
  const { progress, written, at } = watched({});
  progress.show('1,000 findings');
  at(1_999);
  progress.show('2,000 findings');
  expect(written).toEqual([]);
  at(2_000);
  progress.show('3,000 findings');
  at(2_249);
  progress.show('4,000 findings');
  at(2_250);
  progress.show('writing findings.csv');
  progress.clear();
  expect(written).toEqual(['\r\u001b[K3,000 findings …', '\r\u001b[Kwriting findings.csv …', '\r\u001b[K']);
});

test('a report that is quick says nothing', () => {
  const { progress, written } = watched({});
  progress.show('1 finding');
  progress.clear();
  expect(written).toEqual([]);
});

test.each([
  ['nobody watches', { isTTY: false }],
  ['its answer is for a program', { isQuiet: true }],
])('a report says nothing where %s', (_why, options) => {
  const { progress, written, at } = watched(options);
  at(5_000);
  progress.show('1 finding');
  progress.clear();
  expect(written).toEqual([]);
});
