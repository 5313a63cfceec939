import { sha256 } from '../../../src/aws/sha-256';
import { verifyBeforeSealing } from '../../../src/core/certificate/verification/verify-before-sealing';
import { permissionKey } from '../../../src/core/network/rule-source';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import { REMEDIATION_TAG } from '../../../src/core/planning/undo/undo-rules';
import { dispatch } from '../../../src/flow/intake/dispatch';
import { ACTIONS } from '../events';
import { failed, findingOn, ingress, type InMemoryWorld, TARGET } from '../in-memory-ports';
import { ask, due, granted, grantOf, OFFICE, POLICY, RULE, run, worldWith } from './grant-world';

const SSH = findingOn(TARGET);
const open = (world: InMemoryWorld) => world.rules.map(permissionKey).sort();
const eventsOf = (world: InMemoryWorld) => world.events.map(({ detailType }) => detailType);
const OPENED = permissionKey(RULE);

/** Nothing was opened, for a reason that says this. */
const notAllowed = (problem: RegExp) => ({
  code: 'grant-not-allowed',
  problem: expect.stringMatching(problem) as unknown,
});

describe('A grant', () => {
  test('opens exactly its rule, under its remediation, with its end scheduled before; who and why are data', async () => {
    const world = await granted();
    const [record] = world.records.values();
    expect(record).toMatchObject({
      action: 'grant',
      outcome: 'granted',
      grant: { rule: RULE, reason: 'disk full on web-1', by: 'arn:alice', until: '2026-12-01T12:00:00.000Z' },
    });
    expect(world.rules.filter(({ CidrIpv4 }) => CidrIpv4 === RULE.CidrIpv4)).toMatchObject([
      { FromPort: 22, ToPort: 22, Tags: [{ Key: REMEDIATION_TAG, Value: record?.remediationId }] },
    ]);
    expect(world.rules).toHaveLength(2);
    const { ruleId, ...grant } = grantOf(world);
    expect(ruleId).toMatch(/^sgr-new/);
    expect(grant).toMatchObject({ reason: 'disk full on web-1', by: 'arn:alice', openedBy: record?.remediationId });
    expect([...world.schedules.values()].map(({ at }) => at.toISOString())).toEqual([
      '2026-12-01T12:00:00.000Z',
      '2026-12-01T12:10:00.000Z',
    ]);
    expect(eventsOf(world)).toEqual(['Access Granted']);
    expect(world.metrics).toEqual([]);
    expect(record?.certificate).toBeDefined();
    expect(world.certificates.at(-1)?.parts.decision).toMatchObject({ action: 'grant', grant: { by: 'arn:alice' } });
  });

  test('is taken away at its end, which is read back and certified; nothing else is touched', async () => {
    const world = await granted();
    expect(await due(world)).toEqual([]);
    expect(world.rules).toEqual([OFFICE]);
    expect([...world.records.values()].at(-1)).toMatchObject({ action: 'end-grant', outcome: 'access-ended' });
    expect(grantOf(world).ended).toMatchObject({ how: 'due' });
    expect(eventsOf(world)).toEqual(['Access Granted', 'Access Ended']);
    expect(world.metrics).toEqual([]);
    // The second attempt finds nothing to do.
    world.runs.length = 0;
    expect(await due(world, 2)).toEqual([]);
    expect(world.runs).toEqual([]);
    expect(world.metrics).toEqual([]);
  });

  test('that came too early is asked for again; one that is ended needs nothing more', async () => {
    const world = await granted();
    const [schedule] = world.schedules.values();
    const body = JSON.stringify(schedule?.message);
    const settings = { actionArns: ACTIONS, automaticControls: [] };
    expect(await dispatch([{ id: 'early', body, deliveries: 1 }], world.ports, settings)).toEqual(['early']);
    expect(open(world)).toHaveLength(2);
  });

  test.each([
    ['is not configured', {}, DEFAULT_PLAN_POLICY, { code: 'grants-not-configured' }],
    [
      'for the internet',
      { rule: { ...RULE, CidrIpv4: '0.0.0.0/0' } },
      POLICY,
      notAllowed(/is the internet, which is never/),
    ],
    [
      'for the internet of IPv6',
      { rule: { IsEgress: false, IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv6: '::/0' } },
      POLICY,
      notAllowed(/is the internet, which is never/),
    ],
    [
      'for more than sources',
      { rule: { ...RULE, CidrIpv4: '198.51.100.0/24' } },
      POLICY,
      notAllowed(/wider than \/32/),
    ],
    [
      'for another port',
      { rule: { ...RULE, FromPort: 8080, ToPort: 8080 } },
      POLICY,
      notAllowed(/not among grants.ports/),
    ],
    ['for longer', { until: '2026-12-02T10:00:00.000Z' }, POLICY, notAllowed(/longer than grants.maximum/)],
    [
      'whose time is over',
      { until: '2026-12-01T09:00:00.000Z' },
      POLICY,
      { code: 'grant-too-late', until: '2026-12-01T09:00:00.000Z' },
    ],
  ])('%s opens nothing, whoever wrote the request', async (_, fields, policy, reason) => {
    const world = worldWith();
    ask(world, fields);
    const record = await run(world, policy);
    expect(record).toMatchObject({ outcome: 'failed', reasons: [reason] });
    expect(world.rules).toEqual([OFFICE]);
    expect(world.runs).toEqual([]);
    expect(world.grants.size).toBe(0);
    expect(eventsOf(world)).toEqual([]);
  });

  test('on a group with the protection tag opens nothing', async () => {
    const world = worldWith();
    if (world.resource.kind === 'security-group')
      world.resource = { ...world.resource, tags: [{ Key: 'portcullis:protect', Value: '' }] };
    ask(world);
    const record = await run(world, { ...POLICY, guards: { protectionTag: 'portcullis:protect' } });
    expect(record).toMatchObject({
      outcome: 'failed',
      reasons: [{ code: 'grant-protected', tag: 'portcullis:protect' }],
    });
    expect(world.runs).toEqual([]);
  });

  test('on a default group, which EC2.2 wants empty, opens nothing and says which control', async () => {
    const world = worldWith([]);
    if (world.resource.kind === 'security-group') world.resource = { ...world.resource, name: 'default' };
    ask(world);
    expect(await run(world)).toMatchObject({
      outcome: 'failed',
      reasons: [{ code: 'grant-would-violate', controls: ['EC2.2'] }],
    });
    expect(world.runs).toEqual([]);
  });

  test('of what is open already adds nothing, and takes nothing away: there is no end to come', async () => {
    const world = await granted([OFFICE, ingress('sgr-theirs', { CidrIpv4: RULE.CidrIpv4 })]);
    expect([...world.records.values()]).toMatchObject([{ outcome: 'already-open' }]);
    expect(world.runs).toEqual([]);
    expect(world.grants.size).toBe(0);
    expect(world.schedules.size).toBe(0);
  });

  test('of what another grant has opened says which one and until when', async () => {
    const world = await granted();
    ask(world);
    const { grantId, until } = grantOf(world);
    expect(await run(world)).toMatchObject({
      outcome: 'failed',
      reasons: [{ code: 'granted-already', grant: grantId, until }],
    });
    expect(world.grants.size).toBe(1);
  });

  test('whose end cannot be scheduled, or be written, opens nothing', async () => {
    for (const spoil of ['whenScheduling', 'whenSavingGrant'] as const) {
      const world = worldWith();
      world[spoil] = () => failed('access-denied', 'No.');
      ask(world);
      expect(await run(world)).toMatchObject({ outcome: 'failed' });
      expect(world.runs).toEqual([]);
      expect(world.rules).toEqual([OFFICE]);
    }
  });

  test('of a group that does not exist says so', async () => {
    const world = worldWith();
    world.gone = true;
    ask(world);
    expect(await run(world)).toMatchObject({ outcome: 'failed', reasons: [{ code: 'grant-target-gone' }] });
  });

  test('that EC2 refuses has nothing to end', async () => {
    const world = worldWith();
    world.whenRunning = () => ({ kind: 'failed', code: 'UnauthorizedOperation', reason: 'No.' });
    ask(world);
    expect(await run(world)).toMatchObject({ outcome: 'failed' });
    expect(grantOf(world).ended).toMatchObject({ how: 'not-opened' });
    expect(eventsOf(world)).toEqual([]);
    await due(world);
    expect(world.rules).toEqual([OFFICE]);
  });

  test('whose opening nobody saw ends all the same: its rule is known by its tag', async () => {
    const world = worldWith();
    world.whenRunning = (one) => {
      world.carryOut(one);
      // EC2 answers from before, for as long as anybody waits.
      world.staleUntil = world.now + 30 * 60 * 1000;
      return { kind: 'failed', reason: 'The execution was stopped' };
    };
    ask(world);
    expect(await run(world)).toMatchObject({ outcome: 'could-not-tell' });
    expect(eventsOf(world)).toEqual(['Remediation Failed']);
    expect(grantOf(world)).not.toHaveProperty('ended');
    expect(open(world)).toContain(OPENED);
    world.whenRunning = () => undefined;
    await due(world);
    expect(world.rules).toEqual([OFFICE]);
    expect(eventsOf(world).at(-1)).toBe('Access Ended');
  });
});

describe('A rule that was granted, and that somebody untags at once,', () => {
  const strip = (world: InMemoryWorld) => {
    world.rules = world.rules.map(({ Tags: _tags, ...rule }) => rule);
  };
  const untagged = async (): Promise<InMemoryWorld> => {
    const world = worldWith();
    world.whenRunning = (one) => {
      world.carryOut(one);
      strip(world);
      return { kind: 'succeeded' };
    };
    ask(world);
    expect(await run(world)).toMatchObject({ outcome: 'could-not-tell' });
    expect(open(world)).toContain(OPENED);
    expect(grantOf(world)).not.toHaveProperty('ended');
    world.whenRunning = () => undefined;
    return world;
  };

  test('is not taken for a rule that was there before: its end is looked after, and the alarm says what is open', async () => {
    const world = await untagged();
    await due(world);
    expect(eventsOf(world)).toEqual(['Remediation Failed', 'Remediation Failed']);
    expect(world.metrics).toContain('GrantsNotEnded');
  });

  test('goes in its time where the tag shows by then', async () => {
    const world = await untagged();
    const { openedBy } = grantOf(world);
    const Tags = [{ Key: REMEDIATION_TAG, Value: openedBy }];
    world.rules = world.rules.map((rule) => (permissionKey(rule) === OPENED ? { ...rule, Tags } : rule));
    await due(world);
    expect(world.rules).toHaveLength(1);
    expect(eventsOf(world).at(-1)).toBe('Access Ended');
  });
});

test('A granted rule whose tag shows some seconds later is granted', async () => {
  const world = worldWith();
  let tagged = world.rules;
  world.whenRunning = (one) => {
    const status = world.carryOut(one);
    tagged = world.rules;
    world.rules = world.rules.map(({ Tags: _tags, ...rule }) => rule);
    return status;
  };
  const { sleep } = world.ports.durable;
  Object.assign(world.ports.durable, {
    sleep: (name: string, seconds: number) => {
      if (name === 'look again 1.0') world.rules = tagged;
      return sleep(name, seconds);
    },
  });
  ask(world);
  expect(await run(world)).toMatchObject({ outcome: 'granted' });
  expect(grantOf(world)).toMatchObject({ ruleId: expect.stringMatching(/^sgr-/) as unknown });
});

describe('The end of a grant', () => {
  const changed = (world: InMemoryWorld, fields: Partial<(typeof world.rules)[number]>) => {
    world.rules = world.rules.map((rule) => (rule.CidrIpv4 === RULE.CidrIpv4 ? { ...rule, ...fields } : rule));
  };

  test('leaves a rule that somebody has changed meanwhile, says so, and raises the alarm once', async () => {
    const world = await granted();
    changed(world, { CidrIpv4: '198.51.100.0/24' });
    await due(world);
    expect(world.rules).toHaveLength(2);
    expect([...world.records.values()].at(-1)).toMatchObject({
      outcome: 'still-open',
      reasons: [{ code: 'granted-rule-changed' }],
    });
    expect(eventsOf(world)).toEqual(['Access Granted', 'Remediation Failed']);
    expect(world.metrics).toContain('GrantsNotEnded');
    expect(grantOf(world).ended).toMatchObject({ how: 'left' });
    world.metrics.length = 0;
    await due(world, 2);
    expect(world.metrics).toEqual([]);
  });

  test('takes the rule that somebody has only described anew: its id and what it lets in are the same', async () => {
    const world = await granted();
    changed(world, { Description: 'keep', Tags: [] });
    await due(world);
    expect(world.rules).toEqual([OFFICE]);
  });

  test('leaves the same rule that somebody else has made anew, and says so', async () => {
    const world = await granted();
    changed(world, { SecurityGroupRuleId: 'sgr-theirs', Tags: [] });
    await due(world);
    expect(world.rules).toHaveLength(2);
    expect([...world.records.values()].at(-1)).toMatchObject({
      outcome: 'still-open',
      reasons: [{ code: 'granted-rule-of-others' }],
    });
    expect(world.metrics).toContain('GrantsNotEnded');
  });

  test('of what somebody has taken away already is published as ended', async () => {
    const world = await granted();
    world.rules = [OFFICE];
    world.runs.length = 0;
    await due(world);
    expect(world.runs).toEqual([]);
    expect([...world.records.values()].at(-1)).toMatchObject({
      outcome: 'access-ended',
      reasons: [{ code: 'access-gone-already' }],
    });
  });

  test('on a group that is gone is over', async () => {
    const world = await granted();
    world.gone = true;
    await due(world);
    expect(grantOf(world).ended).toMatchObject({ how: 'due' });
    expect(eventsOf(world)).toEqual(['Access Granted', 'Access Ended']);
  });

  test('that cannot be carried out is tried again and again, and raises the alarm every time until it works', async () => {
    const world = await granted();
    world.whenRunning = () => ({ kind: 'failed', code: 'UnauthorizedOperation', reason: 'No.' });
    await due(world);
    expect(world.rules).toHaveLength(2);
    expect(world.metrics).toContain('GrantsNotEnded');
    expect(grantOf(world).ended).toBeUndefined();
    expect(eventsOf(world)).toEqual(['Access Granted', 'Remediation Failed']);
    for (const attempt of [2, 3, 4]) {
      world.metrics.length = 0;
      await due(world, attempt);
      expect(world.metrics).toContain('GrantsNotEnded');
    }
    world.whenRunning = () => undefined;
    await due(world, 5);
    expect(world.rules).toEqual([OFFICE]);
    expect(grantOf(world).ended).toMatchObject({ how: 'due' });
    expect(eventsOf(world).at(-1)).toBe('Access Ended');
  });

  test('that an execution lost in the middle is made by the attempt behind it, with an alarm', async () => {
    const world = await granted();
    world.whenOpeningWork = () => failed('access-denied', 'The execution is lost.');
    await expect(due(world)).rejects.toThrow('lost');
    world.whenOpeningWork = () => undefined;
    world.requests = [];
    await due(world, 2);
    expect(world.rules).toEqual([OFFICE]);
    expect(world.metrics).toContain('GrantsNotEnded');
  });

  test('by hand comes at once, and what is due then finds nothing to do', async () => {
    const world = await granted();
    world.addRequest(TARGET, {
      id: 'cli-end',
      action: 'end-grant',
      trigger: 'custom-action',
      decidedBy: 'portcullis grants end by bob',
      findings: [],
      grantId: grantOf(world).grantId,
      how: 'by-hand',
    });
    await run(world);
    expect(world.rules).toEqual([OFFICE]);
    expect(grantOf(world).ended).toMatchObject({ how: 'by-hand', by: 'portcullis grants end by bob' });
    await due(world);
    expect(world.metrics).toEqual([]);
  });

  test('is not held by the brake, nor by an account that is held: it closes', async () => {
    const world = await granted();
    world.holds.set('*', { account: '*', reason: '', by: 'alice', since: '2026-12-01T00:00:00.000Z' });
    await due(world);
    expect(world.rules).toEqual([OFFICE]);
  });

  test('is not mistaken for a closing by hand: an undo of an earlier closing puts back what that took', async () => {
    const world = worldWith([ingress('sgr-ssh')]);
    world.findings = [SSH];
    world.request([SSH]);
    const closing = await run(world);
    expect(closing).toMatchObject({ outcome: 'closed' });
    ask(world);
    await run(world);
    await due(world);
    expect(open(world)).toEqual([]);
    world.requestUndo(closing?.remediationId, [SSH]);
    expect(await run(world)).toMatchObject({ action: 'undo', outcome: 'undone' });
    expect(open(world)).toEqual([permissionKey(ingress('sgr-back'))]);
  });

  test.each([
    ['by its time', (world: InMemoryWorld) => due(world).then(() => undefined)],
    [
      'by hand',
      async (world: InMemoryWorld) => {
        const { grantId } = grantOf(world);
        const request = { id: 'cli-end', action: 'end-grant', trigger: 'custom-action', decidedBy: 'alice' } as const;
        world.addRequest(TARGET, { ...request, findings: [], grantId, how: 'by-hand' });
        await run(world);
      },
    ],
  ])(
    'that came %s while a closing had its rule is the end: an undo of the closing opens it no more',
    async (_, end) => {
      const { world, closing } = await grantedAndClosed();
      await end(world);
      const { grantId, ended } = grantOf(world);
      expect(ended).toBeDefined();
      world.requestUndo(closing?.remediationId, [SSH]);
      const undo = await run(world, WIDE);
      expect(undo).toMatchObject({
        outcome: 'partly-undone',
        reasons: expect.arrayContaining([
          { code: 'grant-is-over', rule: 'tcp 22 from 8.0.0.0/8', grant: grantId },
        ]) as unknown,
      });
      expect(open(world)).toEqual(REST.map(permissionKey).sort());
    },
  );

  test('is the end also where somebody had untagged the rule before the closing took it: it is known by its id', async () => {
    const { world, closing } = await grantedAndClosed((rules) => rules.map(({ Tags: _tags, ...rule }) => rule));
    await due(world);
    world.requestUndo(closing?.remediationId, [SSH]);
    expect(await run(world, WIDE)).toMatchObject({ outcome: 'partly-undone' });
    expect(open(world)).toEqual(REST.map(permissionKey).sort());
  });

  test('comes as well for what an undo of a closing has opened again before', async () => {
    const { world, closing } = await grantedAndClosed();
    world.requestUndo(closing?.remediationId, [SSH]);
    expect(await run(world, WIDE)).toMatchObject({ outcome: 'undone' });
    expect(open(world)).toHaveLength(REST.length + 1);
    await due(world);
    expect(open(world)).toEqual(REST.map(permissionKey).sort());
  });

  test('and the grant verify by themselves, as an auditor does it', async () => {
    const world = await granted();
    await due(world);
    const chain: unknown[] = [];
    for (const contents of world.certificates) {
      const { broken, unclear } = verifyBeforeSealing(contents, chain, sha256);
      expect({ broken, unclear }).toEqual({ broken: [], unclear: [] });
    }
    expect(world.certificates.map(({ parts }) => parts.outcome.outcome)).toEqual(['granted', 'access-ended']);
  });
});

/** All of the internet but 8.0.0.0/8, which is granted: together they are what EC2.13 forbids. */
const REST = [
  '0.0.0.0/5',
  '9.0.0.0/8',
  '10.0.0.0/7',
  '12.0.0.0/6',
  '16.0.0.0/4',
  '32.0.0.0/3',
  '64.0.0.0/2',
  '128.0.0.0/1',
].map((CidrIpv4, index) => ingress(`sgr-rest-${String(index)}`, { CidrIpv4 }));
const WIDE = { ...POLICY, ...(POLICY.grants && { grants: { ...POLICY.grants, ipv4: 8 } }) };

async function grantedAndClosed(meanwhile = (rules: InMemoryWorld['rules']) => rules) {
  const world = worldWith([]);
  ask(world, { rule: { ...RULE, CidrIpv4: '8.0.0.0/8' } });
  await run(world, WIDE);
  world.rules = [...meanwhile(world.rules), ...REST];
  world.findings = [SSH];
  world.request([SSH]);
  const closing = await run(world, WIDE);
  expect(closing).toMatchObject({ outcome: 'closed' });
  expect(open(world)).toEqual([]);
  return { world, closing };
}
