import { answerCommand } from '../../../src/flow/commands/answer-command';
import type { CommandAnswer } from '../../../src/flow/commands/command';
import { run, SSH, worldWith } from '../close-world';
import { failed, ingress, TARGET, type InMemoryWorld } from '../in-memory-ports';
import { closed, OPEN } from '../undo-world';

const ALICE = { arn: 'arn:aws:sts::111111111111:assumed-role/Security/alice' };
const ASK_ID = '5d0a8b9e-3f0c-4c7b-9a61-6d1f0e7c2b48';
const REQUEST_ID = `cli-${ASK_ID}`;

function send(world: InMemoryWorld, body: object): Promise<CommandAnswer> {
  return answerCommand(JSON.stringify(body), ALICE, world.ports);
}

/** Nobody has asked for anything yet. */
function quietWorld(): InMemoryWorld {
  const world = worldWith([ingress('sgr-ssh')]);
  world.requests = [];
  world.claims.clear();
  return world;
}

const close = { command: 'remediate', askId: ASK_ID, findingIds: [SSH.id] };

const statusesIn = (answer: CommandAnswer) =>
  answer.kind === 'done' ? (answer.body as { requests: readonly { status: string; reason?: string }[] }).requests : [];

describe('a command', () => {
  test('becomes one request a target, decided by whom AWS names, whatever else it says of itself', async () => {
    const world = quietWorld();
    const answer = await send(world, close);
    expect(answer).toEqual({
      kind: 'done',
      body: { requests: [{ target: TARGET, requestId: REQUEST_ID, status: 'asked' }] },
    });
    expect(world.requests).toMatchObject([
      { request: { action: 'close', trigger: 'custom-action', decidedBy: `portcullis remediate by ${ALICE.arn}` } },
    ]);
    expect(world.starts).toHaveLength(1);
    const forged = await send(world, { ...close, decidedBy: 'the chief' });
    expect(forged).toMatchObject({ kind: 'refused', reason: expect.stringContaining('decidedBy') as string });
  });

  test('that is asked again because its answer was lost is asked once', async () => {
    const world = quietWorld();
    await send(world, close);
    await send(world, close);
    expect(world.requests).toHaveLength(1);
  });

  test.each<[string, string, RegExp]>([
    ['no JSON', '{', /no JSON object/],
    ['no object', '[]', /no JSON object/],
    ['nothing', '', /no JSON object/],
    [
      'no command',
      '{}',
      /^command is none of: remediate, undo, accept, end-exception, open, end-grant, context, engage, release, notify, scan, withdraw, policy, look-at-channels, approve, deny, accept-risk$/,
    ],
    [
      'a command that there is not',
      '{"command":"unlock"}',
      /^command "unlock" is none of: remediate, undo, accept, end-exception, open, end-grant, context, engage, release, notify, scan, withdraw, policy, look-at-channels, approve, deny, accept-risk$/,
    ],
    ['a command that every object has', '{"command":"toString"}', /is none of/],
    [
      'neither a finding nor a target',
      JSON.stringify({ command: 'context', askId: ASK_ID }),
      /names neither one finding, in findingId, nor one target/,
    ],
    ['no findings', JSON.stringify({ ...close, findingIds: [] }), /findingIds .*names no finding/],
    ['more findings than one command takes', JSON.stringify({ ...close, findingIds: Array(101).fill('f') }), /100/],
    ['an id of its own making', JSON.stringify({ ...close, askId: 'x' }), /^askId "x" is no UUID/],
    [
      'no remediation',
      JSON.stringify({ command: 'undo', askId: ASK_ID, remediationId: 'sg-1', confirmed: false }),
      /remediationId "sg-1" is not a remediation id/,
    ],
    [
      'a risk that is accepted for ever',
      JSON.stringify({ command: 'accept-risk', questionId: 'qst-0123456789abcdef', comment: 'the vendor' }),
      /^until: is missing/,
    ],
    [
      'a risk that is accepted for no reason',
      JSON.stringify({ command: 'accept-risk', questionId: 'qst-0123456789abcdef', until: '2027-01-31', comment: ' ' }),
      /^comment: is empty; say why/,
    ],
  ])('with %s is refused in a line that names it', async (_, text, reason) => {
    const world = quietWorld();
    const answer = await answerCommand(text, ALICE, world.ports);
    expect(answer).toMatchObject({ kind: 'refused', reason: expect.stringMatching(reason) as string });
    expect(world.requests).toEqual([]);
  });

  test('names every finding that cannot be closed, and begins nothing', async () => {
    const world = quietWorld();
    world.findings = [{ ...SSH, workflow: 'SUPPRESSED' }];
    const answer = await send(world, { ...close, findingIds: [SSH.id, 'unknown'] });
    expect(answer).toEqual({
      kind: 'refused',
      reason: `Security Hub knows no finding unknown; ${SSH.id} cannot be closed: the finding is suppressed`,
    });
    expect(world.starts).toEqual([]);
  });

  test('that is a preview or an undo is no closing to take back', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    const record = world.records.get(closing);
    if (!record) throw new Error('no record');
    const undo = { command: 'undo', askId: ASK_ID, remediationId: closing, confirmed: false };
    world.records.set(closing, { ...record, action: 'preview' });
    expect(await send(world, undo)).toMatchObject({ kind: 'refused', reason: /is a preview/ });
    world.records.set(closing, { ...record, action: 'undo', undoes: 'rem-1' });
    expect(await send(world, undo)).toMatchObject({ kind: 'refused', reason: /is the undo of rem-1/ });
    world.records.delete(closing);
    expect(await send(world, undo)).toMatchObject({ kind: 'refused', reason: /holds no remediation/ });
  });
});

describe('a command whose execution could not be started', () => {
  test('takes its request back, and says so: nobody carries it out later', async () => {
    const world = quietWorld();
    world.whenStarting = () => failed('access-denied', 'The orchestrator could not be started: denied.');
    const [asked] = statusesIn(await send(world, close));
    expect(asked).toMatchObject({
      status: 'withdrawn',
      reason: 'The orchestrator could not be started: denied. The request was withdrawn: nothing will be done.',
    });
    expect(world.requests).toEqual([]);
    expect(world.answered.get(`222222222222/eu-central-1/security-group/${TARGET.id} ${REQUEST_ID}`)).toMatchObject({
      withdrawn: true,
    });
  });

  test('says that its request may stand, until when and how to withdraw it, where it could not be taken back', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.whenStarting = () => failed('throttled', 'Throttled.', true);
    world.whenWithdrawing = () => failed('unavailable', 'The ledger is down.', true);
    const undo = { command: 'undo', askId: ASK_ID, remediationId: closing, confirmed: true };
    const [asked] = statusesIn(await send(world, undo));
    expect(asked?.status).toBe('stands');
    expect(asked?.reason).toContain('until 15 minutes have passed');
    expect(asked?.reason).toContain(
      `portcullis withdraw ${REQUEST_ID} --target 222222222222/eu-central-1/${TARGET.id}`,
    );
  });

  test('is under way all the same where another execution has begun with it meanwhile', async () => {
    const world = quietWorld();
    world.whenStarting = () => {
      world.begun.add(`222222222222/eu-central-1/security-group/${TARGET.id} ${REQUEST_ID}`);
      return failed('throttled', 'Throttled.', true);
    };
    expect(statusesIn(await send(world, close))).toMatchObject([{ status: 'asked' }]);
  });
});

describe('withdraw', () => {
  const withdraw = { command: 'withdraw', target: TARGET, requestId: REQUEST_ID };

  test('takes back what waits: the execution that comes does nothing about it', async () => {
    const world = quietWorld();
    await send(world, close);
    expect(await send(world, withdraw)).toMatchObject({ kind: 'done', body: { status: 'withdrawn' } });
    await run(world);
    expect(world.runs).toEqual([]);
  });

  test('leaves alone what has ended, and refuses what nobody asked for', async () => {
    const world = quietWorld();
    expect(await send(world, withdraw)).toMatchObject({ kind: 'refused', reason: /holds no request cli-/ });
    await send(world, close);
    await run(world);
    expect(await send(world, withdraw)).toMatchObject({ kind: 'done', body: { status: 'answered' } });
  });
});

test('a scan that imports is refused where Security Hub V2 alone is read, with the key and what to write', async () => {
  const world = quietWorld();
  const body = JSON.stringify({ command: 'scan', askId: ASK_ID, imports: true });
  const answer = await answerCommand(body, ALICE, { ...world.ports, securityHub: 'v2' });
  expect(answer).toEqual({
    kind: 'refused',
    reason: expect.stringMatching(
      /^--import: true .*securityHub: v2.*scan without --import, or write securityHub: both/,
    ) as string,
  });
  for (const [securityHub, imports] of [
    ['v2', false],
    ['both', true],
  ] as const) {
    const asked = JSON.stringify({ command: 'scan', askId: ASK_ID, imports });
    expect((await answerCommand(asked, ALICE, { ...world.ports, securityHub })).kind).toBe('done');
  }
});
