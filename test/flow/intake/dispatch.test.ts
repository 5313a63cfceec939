import type { Finding } from '../../../src/core/findings/finding';
import { dispatch } from '../../../src/flow/intake/dispatch';
import { failed, findingOn, InMemoryWorld, NONCE, TARGET } from '../in-memory-ports';

const ACTIONS = {
  close: 'arn:aws:securityhub:eu-central-1:111111111111:action/custom/PortcullisClose',
  preview: 'arn:aws:securityhub:eu-central-1:111111111111:action/custom/PortcullisPreview',
  undo: 'arn:aws:securityhub:eu-central-1:111111111111:action/custom/PortcullisUndo',
  accept: 'arn:aws:securityhub:eu-central-1:111111111111:action/custom/PortcullisAccept',
};
const SETTINGS = { actionArns: ACTIONS, automaticControls: ['EC2.13'] };
const SSH = findingOn(TARGET);
const OTHER_TARGET = { ...TARGET, id: 'sg-0fffffffffffffff0' };

function asff({ id, productArn }: Pick<Finding, 'id' | 'productArn'>): object {
  return { Id: id, ProductArn: productArn };
}

function pressed(findings: readonly Finding[], action = ACTIONS.close): string {
  return JSON.stringify({
    source: 'aws.securityhub',
    'detail-type': 'Security Hub Findings - Custom Action',
    resources: [action],
    detail: { actionName: 'Close ingress', findings: findings.map(asff) },
  });
}

function imported(finding: Finding): string {
  return JSON.stringify({
    source: 'aws.securityhub',
    'detail-type': 'Security Hub Findings - Imported',
    detail: { findings: [asff(finding)] },
  });
}

function worldWith(...findings: Finding[]): InMemoryWorld {
  const world = new InMemoryWorld();
  world.findings = findings;
  return world;
}

const send = (world: InMemoryWorld, ...bodies: string[]) => deliver(world, 1, ...bodies);

/** @param deliveries how often the queue has delivered the messages, this time included */
const deliver = (world: InMemoryWorld, deliveries: number, ...bodies: string[]) =>
  dispatch(
    bodies.map((body, i) => ({ id: `message-${String(i + 1)}`, body, deliveries })),
    world.ports,
    SETTINGS,
  );

describe('a finding that somebody selected', () => {
  test('becomes a request and starts an execution', async () => {
    const world = worldWith(SSH);
    expect(await send(world, pressed([SSH]))).toEqual([]);

    expect(world.starts).toEqual([{ target: TARGET, generation: 1, nonce: NONCE }]);
    expect(world.requests).toMatchObject([
      { request: { trigger: 'custom-action', decidedBy: 'custom action "Close ingress"', findings: [{ id: SSH.id }] } },
    ]);
  });

  test.each([
    ['a finding without a target', { target: undefined, problem: 'No resource.' }, 'No resource.'],
    ['a control of nobody', { control: undefined, problem: 'Not one of ours.' }, 'Not one of ours.'],
  ] as const)('says on the finding why it cannot be closed: %s', async (_, fields, text) => {
    const world = worldWith({ ...SSH, ...fields });
    expect(await send(world, pressed([SSH]))).toEqual([]);

    expect(world.updates.get(SSH.id)?.workflow).toBe('NOTIFIED');
    expect(world.updates.get(SSH.id)?.note).toContain(text);
    expect(world.starts).toEqual([]);
  });
});

describe('Undo closing', () => {
  const CLOSING = 'rem-0123456789abcdef';

  test('becomes a request for the closing that the hub, not the event, names', async () => {
    const world = worldWith({ ...SSH, workflow: 'RESOLVED', portcullisRemediationId: CLOSING });
    expect(await send(world, pressed([SSH], ACTIONS.undo))).toEqual([]);

    expect(world.requests).toMatchObject([
      { request: { action: 'undo', remediationId: CLOSING, confirmed: false, findings: [{ id: SSH.id }] } },
    ]);
    expect(world.starts).toEqual([{ target: TARGET, generation: 1, nonce: NONCE }]);
  });

  test('is one request a finding, and one execution a target', async () => {
    const second = { ...SSH, id: 'finding-2', portcullisRemediationId: 'rem-fedcba9876543210' };
    const third = { ...SSH, id: 'finding-3', portcullisRemediationId: CLOSING };
    const world = worldWith({ ...SSH, portcullisRemediationId: CLOSING }, second, third);
    await send(world, pressed([SSH, second, third], ACTIONS.undo));

    expect(world.requests.map(({ request }) => request.findings.length)).toEqual([1, 1, 1]);
    expect(world.starts).toHaveLength(1);
  });

  test('comes again as the message that it came in', async () => {
    const world = worldWith({ ...SSH, portcullisRemediationId: CLOSING });
    world.whenStarting = () => failed('throttled', 'Too fast.', true);
    expect(await send(world, pressed([SSH], ACTIONS.undo))).toEqual(['message-1']);
  });

  test.each([
    ['no remediation', {}],
    ['something else than a remediation', { portcullisRemediationId: 'rem-x; drop table' }],
  ])('is a request that names no closing on a finding that names %s: one may be under way', async (_, fields) => {
    const world = worldWith({ ...SSH, workflow: 'RESOLVED', ...fields });
    await send(world, pressed([SSH], ACTIONS.undo));

    expect(world.requests.map(({ request }) => request)).toEqual([
      expect.not.objectContaining({ remediationId: expect.anything() as unknown }),
    ]);
    expect(world.starts).toHaveLength(1);
  });
});

describe('Preview closing', () => {
  test('becomes a request of its own kind', async () => {
    const world = worldWith(SSH);
    await send(world, pressed([SSH], ACTIONS.preview));
    expect(world.requests).toMatchObject([{ request: { action: 'preview', findings: [{ id: SSH.id }] } }]);
  });

  test('leaves the status of a finding alone that cannot be closed', async () => {
    const world = worldWith({ ...SSH, target: undefined, problem: 'No resource.' });
    await send(world, pressed([SSH], ACTIONS.preview));
    expect(world.updates.get(SSH.id)).toMatchObject({ workflow: undefined, userDefinedFields: undefined });
  });
});

describe('findings of one batch', () => {
  test('are one execution a target, whatever messages they came in', async () => {
    const second = { ...SSH, id: 'finding-2', control: { id: 'EC2.19', parameters: [] } } as const;
    const elsewhere = { ...SSH, id: 'finding-3', target: OTHER_TARGET };
    const world = worldWith(SSH, second, elsewhere);
    await send(world, pressed([SSH]), pressed([second, elsewhere]));

    expect(world.starts.map(({ target }) => target.id)).toEqual([TARGET.id, OTHER_TARGET.id]);
    expect(world.requests.map(({ request }) => request.findings.length)).toEqual([1, 1, 1]);
  });

  test('are handed on as they were read only when a batch is full, so that nobody has to read them again', async () => {
    const all = Array.from({ length: 20 }, (_, index) => findingOn(TARGET, { id: `finding-${String(index)}` }));
    const one = worldWith(...all);
    await send(one, ...all.slice(1).map((finding) => imported(finding)));
    expect(one.requests.filter(({ request }) => request.seen !== undefined)).toEqual([]);

    const many = worldWith(...all);
    await send(many, ...all.map((finding) => imported(finding)));
    expect(many.requests.map(({ request }) => request.seen?.finding)).toEqual(all);
  });

  test('come again alone when something they need does not work', async () => {
    const elsewhere = { ...SSH, id: 'finding-2', target: OTHER_TARGET };
    const world = worldWith(SSH, elsewhere);
    const save = world.ports.ledger.saveRequest;
    world.ports.ledger.saveRequest = (target, request) =>
      target.id === OTHER_TARGET.id
        ? Promise.resolve({ ok: false, error: failed('throttled', 'Too fast.', true) })
        : save(target, request);

    expect(await send(world, pressed([SSH]), pressed([elsewhere]))).toEqual(['message-2']);
    expect(world.starts).toHaveLength(1);
  });

  test('all come again when Security Hub cannot be read', async () => {
    const world = worldWith(SSH);
    world.whenFetching = () => failed('throttled', 'Too fast.', true);
    expect(await send(world, pressed([SSH]), imported(SSH))).toEqual(['message-1', 'message-2']);
    expect(world.deadLetters).toEqual([]);
  });

  test('come again when the execution cannot be started, and then start it', async () => {
    const world = worldWith(SSH);
    world.whenStarting = () => failed('throttled', 'Too fast.', true);
    expect(await send(world, pressed([SSH]))).toEqual(['message-1']);
    world.whenStarting = () => undefined;
    expect(await send(world, pressed([SSH]))).toEqual([]);
    expect(world.requests).toHaveLength(1);
  });
});

describe('the dead-letter queue gets, with the reason', () => {
  test.each([
    ['what is not JSON', 'hello', 'not JSON'],
    ['what is no event', '{}', 'source'],
    [
      'events that hold no findings',
      JSON.stringify({ source: 'aws.securityhub', 'detail-type': 'Security Hub Insight Results' }),
      'Insight',
    ],
    [
      'other custom actions',
      pressed([SSH], 'arn:aws:securityhub:eu-central-1:111111111111:action/custom/Other'),
      'action/custom/Other',
    ],
  ])('%s', async (_, body, reason) => {
    const world = worldWith(SSH);
    expect(await send(world, body)).toEqual([]);

    expect(world.deadLetters).toEqual([{ body, reason: expect.stringContaining(reason) as string }]);
    expect(world.metrics).toEqual(['EventsRejected']);
    expect(world.starts).toEqual([]);
  });

  test.each([
    ['findings that Security Hub does not know', pressed([{ ...SSH, id: 'forged' }]), 'forged'],
    [
      'findings of another product with the same id',
      pressed([{ ...SSH, productArn: 'arn:aws:securityhub:eu-central-1::product/other/other' }]),
      'product/other',
    ],
  ])('%s, once they have come again and are still not there', async (_, body, reason) => {
    const world = worldWith(SSH);
    expect(await deliver(world, 1, body)).toEqual(['message-1']);
    expect([world.deadLetters, world.metrics]).toEqual([[], []]);

    expect(await deliver(world, 2, body)).toEqual([]);
    expect(world.deadLetters).toEqual([{ body, reason: expect.stringContaining(reason) as string }]);
    expect(world.metrics).toEqual(['EventsRejected']);
    expect(world.starts).toEqual([]);
  });

  test('a message that never worked, with what kept it, in its last delivery', async () => {
    const world = worldWith(SSH);
    world.whenFetching = () => failed('throttled', 'Too fast.', true);
    expect(await deliver(world, 4, pressed([SSH]))).toEqual(['message-1']);
    expect(await deliver(world, 5, pressed([SSH]))).toEqual([]);
    expect(world.deadLetters[0]?.reason).toBe('Given up after 5 deliveries. Too fast.');
    expect(world.metrics).toEqual([]);
  });

  test('at once a message that Security Hub calls invalid, and only that one of the batch', async () => {
    const world = worldWith(SSH);
    const odd = { ...SSH, id: 'odd' };
    world.whenFetching = (keys) =>
      keys.some(({ id }) => id === odd.id) ? failed('invalid', 'Id is not valid.') : undefined;
    expect(await send(world, pressed([odd]), pressed([SSH]))).toEqual([]);
    expect(world.deadLetters.map(({ reason }) => reason)).toEqual(['Id is not valid.']);
    expect(world.metrics).toEqual(['EventsRejected']);
    expect(world.starts).toHaveLength(1);
  });

  test('nothing of a batch but what was read together with what could not be read', async () => {
    const findings = Array.from({ length: 45 }, (_, i) =>
      findingOn({ ...TARGET, id: `sg-${String(i).padStart(17, '0')}` }, { id: `finding-${String(i)}` }),
    );
    const world = worldWith(...findings);
    const reads: number[] = [];
    world.whenFetching = (keys) => {
      reads.push(keys.length);
      return keys.some(({ id }) => id === 'finding-25') ? failed('throttled', 'Too fast.', true) : undefined;
    };
    const comingAgain = await send(world, ...findings.map((finding) => pressed([finding])));
    expect(reads).toEqual([20, 20, 5]);
    expect(comingAgain).toEqual(Array.from({ length: 20 }, (_, i) => `message-${String(i + 21)}`));
    expect(world.starts).toHaveLength(25);
  });

  test('nothing that is denied before its last delivery, and an alarm rings the first time', async () => {
    const world = worldWith(SSH);
    world.whenFetching = () => failed('access-denied', 'GetFindings is denied.');
    expect(await send(world, pressed([SSH]))).toEqual(['message-1']);
    expect([world.deadLetters, world.metrics]).toEqual([[], ['DispatcherDenied']]);

    expect(await deliver(world, 5, pressed([SSH]))).toEqual([]);
    expect(world.deadLetters[0]?.reason).toBe('Given up after 5 deliveries. GetFindings is denied.');
  });

  test('nothing of a message before all of it is done: what is known is worked on meanwhile, once', async () => {
    const late = { ...SSH, id: 'late' };
    const world = worldWith(SSH);
    expect(await deliver(world, 1, pressed([SSH, late]))).toEqual(['message-1']);
    expect(world.requests.map(({ request }) => request.findings[0]?.id)).toEqual([SSH.id]);

    world.findings = [SSH, late];
    expect(await deliver(world, 2, pressed([SSH, late]))).toEqual([]);
    expect(world.requests.map(({ request }) => request.findings[0]?.id)).toEqual([SSH.id, late.id]);
    expect(world.deadLetters).toEqual([]);
  });

  test('automatic findings that nobody could be notified about', async () => {
    const world = worldWith({ ...SSH, target: undefined, problem: 'No resource.' });
    await send(world, imported(SSH));
    expect(world.deadLetters[0]?.reason).toContain('No resource.');
    expect(world.updates.size).toBe(0);
  });

  test('nothing that comes again because the dead-letter queue is out of reach', async () => {
    const world = worldWith();
    world.ports.deadLetters.save = () => Promise.resolve({ ok: false, error: failed('unavailable', 'Down.', true) });
    expect(await send(world, 'hello')).toEqual(['message-1']);
    expect(world.metrics).toEqual([]);
  });
});
