import { createPlace, type Place } from './place';

let place: Place;
beforeAll(() => {
  place = createPlace();
});
afterAll(() => {
  place.remove();
});

test.each([
  ['SIGINT', 'synthesizing', 130],
  ['SIGTERM', 'deploying', 143],
] as const)('leaves nothing behind when %s comes while it is %s', async (signal, phase, exitCode) => {
  const sandbox = place.start(['sandbox', '--port', '0']);
  await sandbox.says(phase);
  expect(place.leftBehind()).toHaveLength(1);
  expect(await sandbox.end(signal)).toMatchObject({ exitCode, stdout: '' });
  expect(place.leftBehind()).toEqual([]);
});

test.each(['deploying', '"ready":true'])(
  'leaves nothing behind when two SIGINTs come while it says %s',
  async (phase) => {
    const sandbox = place.start(['sandbox', '--port', '0']);
    await sandbox.says(phase);
    // The terminal sends one to everybody, and npm passes on its own.
    const first = sandbox.end('SIGINT');
    const second = sandbox.end('SIGINT');
    expect([0, 130]).toContain((await first).exitCode);
    await second;
    expect(place.leftBehind()).toEqual([]);
  },
);

test('npm start leaves nothing behind when it is interrupted', async () => {
  const played = place.start(['start', '--out', 'interrupted']);
  await played.says('SSH open to the world');
  expect(await played.end('SIGINT')).toMatchObject({ exitCode: 130, stdout: '' });
  expect(place.leftBehind()).toEqual([]);
});
