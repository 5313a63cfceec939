import type { Finding } from '../../../src/core/findings/finding';
import { dispatch } from '../../../src/flow/intake/dispatch';
import { ACTIONS, imported, pressed, runStarted, work } from '../events';
import { failed, findingOn, InMemoryWorld, ingress, TARGET } from '../in-memory-ports';

const SSH = findingOn(TARGET);
const CLICK = '2026-03-01T12:00:00Z';
const SETTINGS = { actionArns: ACTIONS, automaticControls: ['EC2.13'] };

function worldWith(fields: Partial<Finding> = {}): InMemoryWorld {
  const world = new InMemoryWorld();
  world.rules = [ingress('sgr-ssh')];
  world.findings = [{ ...SSH, ...fields }];
  return world;
}

const click = (action = ACTIONS.close, deliveries = 1) => ({
  id: 'click',
  body: pressed([SSH], { action, time: CLICK }),
  deliveries,
});

const NO_WORK: readonly (readonly [state: string, fields: Partial<Finding>, why: string, next: string])[] = [
  ['SUPPRESSED', { workflow: 'SUPPRESSED' }, 'the finding is suppressed', 'set its workflow status to NEW'],
  ['PASSED', { compliance: 'PASSED' }, 'the control passes', 'after Security Hub has checked it again'],
  ['ARCHIVED', { recordState: 'ARCHIVED' }, 'the finding is archived', 'on its active finding'],
];

describe.each([
  ['Close ingress', ACTIONS.close],
  ['Preview closing', ACTIONS.preview],
])('%s on a finding that needs no work is answered on it, and its status is left alone', (name, action) => {
  test.each(NO_WORK)('%s', async (_, fields, why, next) => {
    const world = worldWith(fields);
    const body = JSON.parse(pressed([SSH], { action, time: CLICK })) as { detail: object };
    const named = JSON.stringify({ ...body, detail: { ...body.detail, actionName: name } });
    await work(world, { id: 'click', body: named, deliveries: 1 });

    const update = world.updates.get(SSH.id);
    expect(update).toMatchObject({ workflow: undefined, userDefinedFields: undefined });
    for (const part of [`${name}: Portcullis did nothing`, why, next]) expect(update?.note).toContain(part);
    expect(world.starts).toEqual([]);
    expect(world.rules).toHaveLength(1);
  });

  test.each(NO_WORK)('%s, though it became so only after the click was taken', async (_, fields, why) => {
    const world = worldWith();
    await dispatch(
      [{ id: 'click', body: pressed([SSH], { action, time: CLICK }), deliveries: 1 }],
      world.ports,
      SETTINGS,
    );
    world.findings = [{ ...SSH, ...fields }];
    await runStarted(world);

    expect(world.updates.get(SSH.id)).toMatchObject({
      workflow: undefined,
      note: expect.stringContaining(why) as string,
    });
    expect(world.rules).toHaveLength(1);
    expect(world.requests).toEqual([]);
  });
});

test.each(NO_WORK)('nobody is notified of an automatic finding that is %s', async (_, fields) => {
  const world = worldWith(fields);
  await work(world, { id: 'import', body: imported(SSH), deliveries: 1 });
  expect(world.updates.size).toBe(0);
});

test.each([
  ['Undo closing', ACTIONS.undo, 'holds no closing of the finding'],
  ['Close ingress', ACTIONS.close, 'The resource does not exist any more'],
  ['Preview closing', ACTIONS.preview, 'The resource does not exist any more'],
])('%s on a finding whose target is gone is answered', async (_, action, why) => {
  const world = worldWith();
  world.gone = true;
  await work(world, click(action));
  expect(world.updates.get(SSH.id)).toMatchObject({
    workflow: undefined,
    note: expect.stringContaining(why) as string,
  });
});

test.each([
  ['NEW', 'NOTIFIED'],
  ['RESOLVED', undefined],
  ['NOTIFIED', undefined],
] as const)('a finding of another control that is %s becomes %s', async (workflow, becomes) => {
  const fields = { control: undefined, problem: 'Portcullis does not close what S3.8 reports.' };
  const world = worldWith({ ...fields, workflow });
  await work(world, click());
  expect(world.updates.get(SSH.id)).toMatchObject({
    workflow: becomes,
    note: 'Close ingress: Portcullis did nothing. Portcullis does not close what S3.8 reports. What is to be done here is to be done by hand.',
  });
});

describe('an answer that Security Hub refuses', () => {
  test('for good: dead letter with the reason, the metric with its alarm, at once', async () => {
    const world = worldWith({ workflow: 'SUPPRESSED' });
    world.whenProcessing = (keys) => keys.map((key) => ({ ...key, reason: 'FindingNotFound: gone', retryable: false }));
    expect(await dispatch([click()], world.ports, SETTINGS)).toEqual([]);
    expect(world.deadLetters).toMatchObject([{ reason: expect.stringContaining('FindingNotFound: gone') as string }]);
    expect(world.metrics).toEqual(['FindingUpdatesFailed']);
  });

  test('for now: the message comes again, and is answered then', async () => {
    const world = worldWith({ workflow: 'SUPPRESSED' });
    world.whenUpdating = () => failed('throttled', 'Too fast.', true);
    expect(await dispatch([click()], world.ports, SETTINGS)).toEqual(['click']);
    world.whenUpdating = () => undefined;
    expect(await dispatch([click(ACTIONS.close, 2)], world.ports, SETTINGS)).toEqual([]);
    expect(world.updates.get(SSH.id)?.note).toContain('the finding is suppressed');
    expect([world.deadLetters, world.metrics]).toEqual([[], []]);
  });

  test('to the last delivery: dead letter and metric', async () => {
    const world = worldWith({ workflow: 'SUPPRESSED' });
    world.whenUpdating = () => failed('access-denied', 'BatchUpdateFindings is denied.');
    expect(await dispatch([click(ACTIONS.close, 5)], world.ports, SETTINGS)).toEqual([]);
    expect(world.deadLetters).toHaveLength(1);
    expect(world.metrics).toContain('FindingUpdatesFailed');
  });
});

describe('an answer that is delivered again does not overwrite a note that was written since', () => {
  const noted = (updatedBy: string) => ({
    workflow: 'SUPPRESSED' as const,
    note: { text: 'Ticket 4711', updatedBy, updatedAt: '2026-03-01T12:00:30Z' },
  });

  test.each(['Portcullis', 'Ana'])('of %s', async (by) => {
    const world = worldWith(noted(by));
    await work(world, click(ACTIONS.close, 2));
    expect(world.updates.size).toBe(0);
  });

  test('the first answer keeps behind it what Ana wrote between the click and it', async () => {
    const world = worldWith(noted('Ana'));
    await work(world, click());
    expect(world.updates.get(SSH.id)?.note).toMatch(
      /^Close ingress: Portcullis did nothing.* Note of Ana: Ticket 4711$/,
    );
  });

  test('an older note of Ana is no reason to keep silent', async () => {
    const world = worldWith({ ...noted('Ana'), note: { ...noted('Ana').note, updatedAt: '2026-02-01T12:00:00Z' } });
    await work(world, click(ACTIONS.close, 2));
    expect(world.updates.get(SSH.id)?.note).toContain('the finding is suppressed');
  });
});
