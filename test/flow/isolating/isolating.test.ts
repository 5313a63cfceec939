import { failed } from '../in-memory-ports';
import { FINDING, isolating, IsolationWorld, MACHINE, POLICY } from './isolation-world';

const ISOLATED = 'eni-1: sg-iso; eni-2: sg-iso';
const BEFORE = 'eni-1: sg-1+sg-2; eni-2: sg-1';
const DAY_MILLIS = 24 * 60 * 60 * 1000;

const updateOf = ({ base }: IsolationWorld) => [...base.updates.values()].at(-1);

test('what was there is in the ledger before anything runs, and the order leaves nothing more reachable', async () => {
  const world = new IsolationWorld();
  const record = await world.do('isolate');
  const [first] = world.base.saved;
  expect(first?.isolation).toMatchObject({ before: [{ groups: ['sg-1', 'sg-2'] }, { groups: ['sg-1'] }], runs: [] });
  expect(world.runs.map(({ call }) => call)).toEqual([
    'CreateSecurityGroup',
    'RevokeSecurityGroupEgress',
    'ModifyNetworkInterfaceAttribute',
    'ModifyNetworkInterfaceAttribute',
  ]);
  expect(record).toMatchObject({ outcome: 'isolated', isolation: { isolating: [{ id: 'sg-iso', rules: [] }] } });
  expect(record?.certificate).toBeDefined();
  expect(updateOf(world)).toMatchObject({ workflow: 'NOTIFIED' });
  expect(world.base.metrics).toEqual([]);
});

test('groups that somebody gives an interface between the look and the call are noticed, and come back', async () => {
  const world = new IsolationWorld();
  world.whenRunning = (step) => {
    if (step.call === 'ModifyNetworkInterfaceAttribute' && step.interfaceId === 'eni-2') {
      world.whenRunning = () => undefined;
      world.existing = ['sg-1', 'sg-2', 'sg-7'];
      world.give('eni-2', 'sg-7');
    }
    return undefined;
  };
  expect(await world.do('isolate')).toMatchObject({
    outcome: 'isolated',
    isolation: { before: [{ groups: ['sg-1', 'sg-2'] }, { groups: ['sg-7'] }] },
  });
  expect(world.groupsNow).toBe(ISOLATED);
  await world.do('undo');
  expect(world.groupsNow).toBe('eni-1: sg-1+sg-2; eni-2: sg-7');
});

test('a group that another isolation in the VPC makes at the same moment is used, though it shows late', async () => {
  const world = new IsolationWorld();
  let shows = Infinity;
  world.whenRunning = (step) => {
    if (step.call !== 'CreateSecurityGroup') return undefined;
    shows = Math.min(shows, world.base.now + 20_000);
    return { kind: 'failed', code: 'InvalidGroup.Duplicate', reason: 'Failed: it is there' };
  };
  world.whenObserving = () => {
    if (world.base.now >= shows && world.groups.length === 0) world.groups = [isolating()];
    return undefined;
  };
  expect(await world.do('isolate')).toMatchObject({ outcome: 'isolated' });
});

test('where what was there cannot be written down nothing runs', async () => {
  const world = new IsolationWorld();
  world.base.whenSaving = ({ finishedAt }) =>
    finishedAt === undefined ? failed('unavailable', 'No ledger.') : undefined;
  expect(await world.do('isolate')).toMatchObject({ outcome: 'failed' });
  expect(world.runs).toEqual([]);
  expect(world.groupsNow).toBe(BEFORE);
});

test('what an execution that was lost in the middle recorded is taken over, and comes back', async () => {
  const world = new IsolationWorld();
  world.groups = [isolating()];
  world.give('eni-1', 'sg-iso');
  const before = [
    { interfaceId: 'eni-1', vpcId: 'vpc-1', groups: ['sg-1', 'sg-2'] },
    { interfaceId: 'eni-2', vpcId: 'vpc-1', groups: ['sg-1'] },
  ];
  world.base.records.set('rem-0000000000000001', {
    ...{ remediationId: 'rem-0000000000000001', target: MACHINE, action: 'isolate', trigger: 'custom-action' },
    ...{ decidedBy: 'somebody', findings: [], startedAt: '2026-02-28T12:00:00.000Z', outcome: 'running', runs: [] },
    isolation: { before, isolating: [], runs: [] },
  });
  expect(await world.do('isolate')).toMatchObject({ outcome: 'isolated', isolation: { before } });
  expect(await world.do('undo')).toMatchObject({ outcome: 'undone' });
  expect(world.groupsNow).toBe(BEFORE);
  // Both isolations are over: nothing is left to be undone.
  expect([...world.base.records.values()].filter(({ action, undoneBy }) => action === 'isolate' && !undoneBy)).toEqual(
    [],
  );
  expect(await world.do('undo')).toMatchObject({ outcome: 'nothing-to-undo' });
});

test('where nobody knows what an isolated interface had, the note says so, and the undo leaves it', async () => {
  const world = new IsolationWorld();
  world.groups = [isolating()];
  world.give('eni-1', 'sg-iso');
  const record = await world.do('isolate');
  expect(record?.reasons).toContainEqual({ code: 'isolation-before-unknown', interfaces: ['eni-1'] });
  await world.do('undo');
  expect(world.groupsNow).toBe('eni-1: sg-iso; eni-2: sg-1');
});

test.each([
  ['cannot be read at first', 0, 'failed', BEFORE],
  ['cannot be read once calls were made', 2, 'could-not-tell', BEFORE],
])('a target that %s is never called isolated', async (_, looks, outcome, groups) => {
  const world = new IsolationWorld();
  let seen = 0;
  world.whenObserving = () => (seen++ < looks ? undefined : failed('access-denied', 'Not allowed.'));
  const record = await world.do('isolate');
  expect(record).toMatchObject({ outcome });
  expect(record?.isolation?.after).toBeUndefined();
  expect(world.groupsNow).toBe(groups);
});

test('an interface whose call is refused is named, and the others are isolated', async () => {
  const world = new IsolationWorld();
  world.whenRunning = (step) =>
    step.call === 'ModifyNetworkInterfaceAttribute' && step.interfaceId === 'eni-1'
      ? { kind: 'failed', code: 'UnauthorizedOperation', reason: 'Failed: not authorized' }
      : undefined;
  expect(await world.do('isolate')).toMatchObject({ outcome: 'partly-isolated' });
  expect(updateOf(world)?.note).toMatch(
    /in part: take it for reachable\. Not isolated: eni-1\. Failed: not authorized/,
  );
  expect(world.base.events.map(({ detailType }) => detailType)).toEqual(['Target Isolated']);
});

test('somebody who keeps changing the groups does not keep it going for ever', async () => {
  const world = new IsolationWorld();
  world.whenRunning = (step) => {
    if (step.call === 'ModifyNetworkInterfaceAttribute')
      world.give(step.interfaceId, `sg-x${String(world.runs.length)}`);
    return undefined;
  };
  expect(await world.do('isolate')).toMatchObject({ outcome: 'failed' });
  expect(world.runs.length).toBeLessThan(30);
});

test.each<[string, object, object, string]>([
  ['isolating and then undoing', { chosenAt: '2026-03-01T11:59:00Z' }, { chosenAt: '2026-03-01T11:59:30Z' }, BEFORE],
  ['undoing and then isolating', { chosenAt: '2026-03-01T11:59:30Z' }, { chosenAt: '2026-03-01T11:59:00Z' }, ISOLATED],
  ['both in the same second', { chosenAt: '2026-03-01T11:59:00Z' }, { chosenAt: '2026-03-01T11:59:00Z' }, ISOLATED],
])('%s, asked for before either began, leaves what was wanted last', async (_, isolate, undo, expected) => {
  const world = new IsolationWorld();
  world.ask('undo', undo);
  world.ask('isolate', isolate);
  await world.run();
  expect(world.groupsNow).toBe(expected);
});

test('without isolation in the configuration nothing is isolated', async () => {
  const world = new IsolationWorld();
  const { isolation: _, ...policy } = POLICY;
  expect(await world.do('isolate', {}, policy)).toMatchObject({ outcome: 'failed' });
  expect(world.runs).toEqual([]);
  expect(world.base.events).toEqual([]);
});

test('a target that does not exist any more needs nothing', async () => {
  const world = new IsolationWorld();
  world.gone = true;
  expect(await world.do('isolate')).toMatchObject({ outcome: 'not-needed' });
  expect(updateOf(world)?.workflow).toBeUndefined();
});

test('an old isolation is undone only by who confirms it, and a stale request undoes nothing', async () => {
  const world = new IsolationWorld();
  const isolated = await world.do('isolate');
  world.base.now += 31 * DAY_MILLIS;
  expect(await world.do('undo')).toMatchObject({ outcome: 'asked' });
  expect(await world.do('undo', { askedAt: '2026-03-01T00:00:00.000Z', confirmed: true })).toMatchObject({
    outcome: 'asked',
  });
  expect(world.groupsNow).toBe(ISOLATED);
  const named = { findings: [], remediationId: isolated?.remediationId, confirmed: true };
  expect(await world.do('undo', named)).toMatchObject({ outcome: 'undone', undoes: isolated?.remediationId });
  expect(world.groupsNow).toBe(BEFORE);
});

test('a finding that somebody has resolved stays so, and is reported all the same', async () => {
  const world = new IsolationWorld();
  world.base.findings = [{ ...FINDING, workflow: 'RESOLVED' }];
  await world.do('isolate');
  expect(updateOf(world)).toMatchObject({ workflow: undefined });
  expect(updateOf(world)?.note).toContain('Portcullis isolated i-0123456789abcdef0.');
});
