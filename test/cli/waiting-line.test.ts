import { showWaiting } from '../../src/cli/waiting-line';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function terminal(isTTY: boolean, columns = 80): { readonly stream: NodeJS.WriteStream; readonly written: string[] } {
  const written: string[] = [];
  const stream = { isTTY, columns, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  return { stream, written };
}

test('what takes more than two seconds says what is waited for and how long, and takes it away again', () => {
  const { stream, written } = terminal(true);
  const stop = showWaiting('close', { stream });
  jest.advanceTimersByTime(1_999);
  expect(written).toEqual([]);
  jest.advanceTimersByTime(1_001);
  stop();
  jest.advanceTimersByTime(10_000);
  expect(written).toEqual(['\r\u001b[Kclose, 2 s …', '\r\u001b[Kclose, 3 s …', '\r\u001b[K']);
});

test('what is over before says nothing, as does what is no terminal', () => {
  const quick = terminal(true);
  const stop = showWaiting('close', quick);
  jest.advanceTimersByTime(1_000);
  stop();
  expect(quick.written).toEqual([]);
  const piped = terminal(false);
  showWaiting('close', piped);
  jest.advanceTimersByTime(60_000);
  expect(piped.written).toEqual([]);
});

test('a line is no longer than the terminal', () => {
  const { stream, written } = terminal(true, 30);
  showWaiting('x'.repeat(100), { stream });
  jest.advanceTimersByTime(2_000);
  expect(written).toEqual([`\r\u001b[K${'x'.repeat(29)}`]);
});

test('nothing is said where a machine reads', () => {
  const { stream, written } = terminal(true);
  showWaiting('close', { stream, json: true });
  jest.advanceTimersByTime(60_000);
  expect(written).toEqual([]);
});

test('what is counted is said as it stands', () => {
  const { stream, written } = terminal(true);
  let read = 1;
  const stop = showWaiting(() => `${String(read)} findings`, { stream });
  jest.advanceTimersByTime(2_000);
  read = 7;
  jest.advanceTimersByTime(1_000);
  stop();
  expect(written.slice(0, 2)).toEqual(['\r\u001b[K1 findings, 2 s …', '\r\u001b[K7 findings, 3 s …']);
});
