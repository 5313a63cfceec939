import stringWidth from 'string-width';
import { columnsOf, truncateToColumns, fitLines } from '../../src/cli/fit-lines';

const terminal = (columns: number) => ({ isTTY: true, columns });

const STEP =
  'ok           0.7 s  numbers                 Integer parameters reach EC2 as numbers: the rule was revoked by a run';

test('a line that is longer than the terminal goes on under the column that its text begins in', () => {
  expect(fitLines(STEP, terminal(80))).toBe(
    [
      'ok           0.7 s  numbers                 Integer parameters reach EC2 as',
      '                                            numbers: the rule was revoked by a',
      '                                            run',
    ].join('\n'),
  );
});

test('where that leaves no room it goes on behind an earlier column, or two columns in', () => {
  expect(fitLines(STEP, terminal(60)).split('\n')[1]).toMatch(/^ {20}\S/);
  expect(fitLines(`plain ${'word '.repeat(20)}`, terminal(40)).split('\n')[1]).toMatch(/^ {2}word/);
});

test.each([
  ['a pipe', { columns: 40 }, STEP],
  ['a terminal that says no width', { isTTY: true }, STEP],
  ['a terminal that is too narrow for columns', terminal(30), STEP],
  ['what is to be pasted', terminal(40), `          fix: ${'npx cdk deploy Portcullis-Hub '.repeat(3)}`],
])('%s gets whole lines', (_what, stream, line) => {
  expect(fitLines(line, stream)).toBe(line);
});

test('COLUMNS says the width of a terminal that does not say it itself, and of nothing else', () => {
  const before = process.env['COLUMNS'];
  process.env['COLUMNS'] = '50';
  try {
    expect([columnsOf({ isTTY: true }), columnsOf(terminal(80)), columnsOf({})]).toEqual([50, 80, undefined]);
    process.env['COLUMNS'] = 'many';
    expect(columnsOf({ isTTY: true })).toBeUndefined();
  } finally {
    if (before === undefined) delete process.env['COLUMNS'];
    else process.env['COLUMNS'] = before;
  }
});

test.each([
  ['Chinese, which has no spaces', `who  ${'安全组对互联网开放'.repeat(8)}`],
  ['emoji of several parts', `who  ${'👩🏽‍💻🇩🇪'.repeat(30)}`],
  ['accents that are written on their own', `who  ${'e\u0301te\u0301 '.repeat(30)}`],
  ['colours around a long text', `\u001b[2m${'word '.repeat(30)}\u001b[22m`],
])('%s: no line is wider than the terminal, and nothing is lost', (_what, line) => {
  const fitted = fitLines(line, terminal(40));
  const widths = fitted.split('\n').map((each) => stringWidth(each));
  expect(widths.length).toBeGreaterThan(1);
  expect(Math.max(...widths)).toBeLessThanOrEqual(40);
  const letters = (text: string) => text.replaceAll(/\s/g, '');
  expect(letters(fitted)).toBe(letters(line));
});

test('an ARN stays whole, whatever the width', () => {
  const arn = `arn:aws:securityhub:eu-central-1:111111111111:subscription/${'x'.repeat(60)}`;
  expect(fitLines(`ok  credentials: ${arn} of account 111111111111`, terminal(60)).split('\n')).toContain(`    ${arn}`);
});

test('a line is truncated by what the terminal shows of it, between whole characters', () => {
  expect(truncateToColumns('安全组', 5)).toBe('安全');
  expect(truncateToColumns('e\u0301te\u0301', 2)).toBe('e\u0301t');
  expect(truncateToColumns('short', 80)).toBe('short');
});
