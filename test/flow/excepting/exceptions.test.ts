import type { RiskException } from '../../../src/core/exceptions/risk-exception';
import type { Finding } from '../../../src/core/findings/finding';
import type { Policy } from '../../../src/core/policy/policy-entry';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import { targetKey } from '../../../src/core/target';
import { dispatch } from '../../../src/flow/intake/dispatch';
import type { AcceptRequest, EndExceptionRequest } from '../../../src/flow/ports';
import { remediate } from '../../../src/flow/remediation/remediate';
import { ACTIONS, imported } from '../events';
import { failed, findingOn, ingress, InMemoryWorld, NONCE, TARGET } from '../in-memory-ports';

const SSH = findingOn(TARGET);
const RISKY = findingOn(TARGET, { id: 'finding-of-EC2.19', control: { id: 'EC2.19', parameters: [] } });
const UNTIL = '2027-01-31T00:00:00.000Z';
const DAY_MILLIS = 24 * 60 * 60 * 1000;

let count = 0;

function worldWith(rules = [ingress('sgr-ssh')], findings: Finding[] = [SSH]): InMemoryWorld {
  const world = new InMemoryWorld();
  world.rules = rules;
  world.findings = findings;
  world.now = Date.parse('2026-12-01T00:00:00.000Z');
  return world;
}

function accept(world: InMemoryWorld, finding: Finding = SSH, fields: Partial<AcceptRequest> = {}): void {
  world.addRequest(TARGET, {
    id: `accept-${String((count += 1))}`,
    action: 'accept',
    trigger: 'custom-action',
    decidedBy: 'alice',
    findings: [{ id: finding.id, productArn: finding.productArn }],
    askedAt: new Date(world.now).toISOString(),
    reason: 'the vendor has no VPN',
    until: UNTIL,
    accepted: {},
    ...fields,
  });
}

function end(
  world: InMemoryWorld,
  exception: RiskException | undefined,
  fields: Partial<EndExceptionRequest> = {},
): void {
  world.addRequest(TARGET, {
    id: `end-${String(world.now)}`,
    action: 'end-exception',
    trigger: 'custom-action',
    decidedBy: 'bob',
    findings: [],
    how: 'by-hand',
    ...(exception === undefined ? {} : { exceptionId: exception.exceptionId }),
    ...fields,
  });
}

function run(world: InMemoryWorld, policy: Policy = DEFAULT_PLAN_POLICY) {
  const generation = [...world.claims.values()][0]?.generation ?? 1;
  return remediate({ target: TARGET, generation, nonce: NONCE }, world.ports, policy);
}

const exceptionsOf = (world: InMemoryWorld) => [...world.exceptions.values()];
const stateOf = (world: InMemoryWorld, { id }: Finding = SSH) => {
  const found = world.findings.find((each) => each.id === id);
  return { workflow: found?.workflow, outcome: found?.portcullisOutcome };
};
const eventsOf = (world: InMemoryWorld) => world.events.map(({ detailType }) => detailType);
const openPorts = (world: InMemoryWorld) => world.rules.map(({ FromPort, ToPort }) => [FromPort, ToPort]);

describe('Accepting a risk', () => {
  test('covers what is open of the control now, in all findings of it, and nothing is touched', async () => {
    const twin = findingOn(TARGET, { id: 'the same of another standard' });
    const world = worldWith([ingress('sgr-ssh'), ingress('sgr-rdp', { FromPort: 3389, ToPort: 3389 })], [SSH, twin]);
    accept(world);
    await run(world);
    expect(exceptionsOf(world)).toMatchObject([
      {
        control: 'EC2.13',
        covers: [{ source: '0.0.0.0/0', tcp: [{ from: 22, to: 22 }], udp: [] }],
        reason: 'the vendor has no VPN',
        by: 'alice',
        until: UNTIL,
      },
    ]);
    expect(exceptionsOf(world)[0]?.findings).toHaveLength(2);
    expect(stateOf(world)).toEqual({ workflow: 'SUPPRESSED', outcome: 'excepted' });
    expect(stateOf(world, twin)).toEqual({ workflow: 'SUPPRESSED', outcome: 'excepted' });
    expect(world.runs).toEqual([]);
    expect(eventsOf(world)).toEqual(['Risk Accepted']);
  });

  test('of the ledger that cannot be written suppresses nothing', async () => {
    const world = worldWith();
    world.whenSavingException = () => failed('access-denied', 'No.');
    accept(world);
    await run(world);
    expect(stateOf(world).workflow).toBe('NEW');
    expect([...world.records.values()]).toMatchObject([{ action: 'accept', outcome: 'failed' }]);
  });

  test('comes before what closes by itself, and after what a person wants closed at the same time', async () => {
    const byItself = worldWith();
    byItself.request([SSH], { trigger: 'automatic' });
    accept(byItself);
    await run(byItself);
    expect(openPorts(byItself)).toEqual([[22, 22]]);

    const byPerson = worldWith();
    byPerson.request([SSH]);
    accept(byPerson);
    await run(byPerson);
    expect(openPorts(byPerson)).toEqual([]);
    expect(exceptionsOf(byPerson)).toEqual([]);
  });

  test('of what somebody else has suppressed is refused: their suppression stays as it is', async () => {
    const world = worldWith([ingress('sgr-ssh')], [{ ...SSH, workflow: 'SUPPRESSED' }]);
    accept(world);
    await run(world);
    expect(exceptionsOf(world)).toEqual([]);
    expect(stateOf(world)).toEqual({ workflow: 'SUPPRESSED', outcome: undefined });
  });
});

describe('A live exception is met before anything is decided', () => {
  async function excepted(fields: Partial<AcceptRequest> = {}, rules = [ingress('sgr-ssh')]): Promise<InMemoryWorld> {
    const world = worldWith(rules, [SSH, RISKY]);
    accept(world, RISKY, fields);
    await run(world);
    world.events.length = 0;
    return world;
  }

  /** Security Hub makes another finding of what is open. */
  function failsAgain(world: InMemoryWorld): Finding {
    const again = { ...RISKY, id: 'another of EC2.19' };
    world.findings = [...world.findings, again];
    return again;
  }

  test('a finding whose violations it covers is SUPPRESSED, whatever guards and policy say', async () => {
    const world = await excepted();
    const again = failsAgain(world);
    world.holds.set(TARGET.account, { account: TARGET.account, reason: '', remediationId: 'rem-0', since: UNTIL });
    world.request([again], { trigger: 'automatic' });
    await run(world, { ...DEFAULT_PLAN_POLICY, decisions: [{ do: 'notify' }] });
    expect(stateOf(world, again)).toEqual({ workflow: 'SUPPRESSED', outcome: 'excepted' });
    expect(eventsOf(world)).toEqual(['Opening Excepted']);
    expect(world.runs).toEqual([]);
    expect(exceptionsOf(world)[0]?.findings.map(({ id }) => id)).toContain(again.id);
  });

  test('what is open beyond it is closed, and the finding is SUPPRESSED, never RESOLVED', async () => {
    const world = await excepted();
    const again = failsAgain(world);
    world.rules = [...world.rules, ingress('sgr-db', { FromPort: 3306, ToPort: 3306 })];
    world.request([again]);
    await run(world);
    expect(openPorts(world)).toEqual([[22, 22]]);
    expect(stateOf(world, again)).toEqual({ workflow: 'SUPPRESSED', outcome: 'excepted' });
    expect(eventsOf(world)).toEqual(['Ingress Closed']);
    expect(world.certificates.at(-1)?.parts.controls).toMatchObject([
      { id: 'EC2.19', except: [{ source: '0.0.0.0/0', reason: 'the vendor has no VPN' }] },
    ]);
  });

  test('a finding of another control on the target is closed as ever, in a remediation of its own', async () => {
    const world = await excepted({}, [ingress('sgr-db', { FromPort: 3306, ToPort: 3306 }), ingress('sgr-ssh')]);
    const again = failsAgain(world);
    world.request([again, SSH]);
    await run(world);
    // EC2.13 forbids tcp 22, whatever was accepted of EC2.19.
    expect(openPorts(world)).toEqual([[3306, 3306]]);
    expect(stateOf(world).workflow).toBe('RESOLVED');
    expect(stateOf(world, again)).toEqual({ workflow: 'SUPPRESSED', outcome: 'excepted' });
  });

  test('what it covered and somebody has closed is RESOLVED: nothing is open any more', async () => {
    const world = await excepted();
    const again = failsAgain(world);
    world.change([]);
    world.request([again]);
    await run(world);
    expect(stateOf(world, again)).toEqual({ workflow: 'RESOLVED', outcome: 'already-closed' });
  });

  test('once its time is over it covers nothing, though nobody has updated its findings yet', async () => {
    const world = await excepted();
    const again = failsAgain(world);
    world.now = Date.parse(UNTIL);
    world.request([again]);
    await run(world);
    expect(openPorts(world)).toEqual([]);
    expect(stateOf(world, again)).toEqual({ workflow: 'RESOLVED', outcome: 'closed' });
  });

  test('exceptions that cannot be read close nothing', async () => {
    const world = await excepted();
    const again = failsAgain(world);
    world.whenReadingExceptions = () => failed('throttled', 'Busy.');
    world.request([again]);
    await run(world);
    expect(openPorts(world)).toEqual([[22, 22]]);
    expect(stateOf(world, again)).toEqual({ workflow: 'NOTIFIED', outcome: 'could-not-tell' });
  });
});

describe('An exception of portcullis.yaml', () => {
  const DEMO = {
    controls: ['EC2.13' as const],
    ports: [{ from: 22, to: 22 }],
    sources: ['0.0.0.0/0'],
    reason: 'public demo',
    until: '2027-01-31',
  };
  const withEntry = (entry: object): Policy => ({ ...DEFAULT_PLAN_POLICY, exceptions: [{ ...DEMO, ...entry }] });

  async function closing(world: InMemoryWorld, policy: Policy): Promise<void> {
    world.request([SSH]);
    await run(world, policy);
  }

  test.each([
    ['its account', { account: TARGET.account }, true],
    ['another account', { account: '999999999999' }, false],
    ['its id', { target: TARGET.id }, true],
    ['a tag that it has', { tags: [{ key: 'demo' }] }, true],
    ['a tag that has another value', { tags: [{ key: 'demo', value: 'private' }] }, false],
    ['an end that is over', { account: TARGET.account, until: '2026-11-30' }, false],
    ['another port', { account: TARGET.account, ports: [{ from: 23, to: 23 }] }, false],
  ] as const)('by %s: %j leaves the target open: %s', async (_, entry, isExcepted) => {
    const world = worldWith();
    world.resource = { ...world.resource, tags: [{ Key: 'demo', Value: 'public' }] };
    await closing(world, withEntry(entry));
    expect(openPorts(world)).toEqual(isExcepted ? [[22, 22]] : []);
    expect(stateOf(world).workflow).toBe(isExcepted ? 'SUPPRESSED' : 'RESOLVED');
  });

  test('is in the ledger from when it first suppresses something, and ends like every other', async () => {
    const world = worldWith();
    await closing(world, withEntry({ account: TARGET.account }));
    expect(exceptionsOf(world)).toMatchObject([{ by: 'portcullis.yaml', until: UNTIL, findings: [{ id: SSH.id }] }]);
    expect([...world.schedules.keys()].filter((name) => name.startsWith('exception-end-'))).toHaveLength(1);
    world.now = Date.parse(UNTIL);
    end(world, exceptionsOf(world)[0], { how: 'due', trigger: 'automatic' });
    await run(world, withEntry({ account: TARGET.account }));
    expect(stateOf(world)).toEqual({ workflow: 'NEW', outcome: 'exception-ended' });
  });

  /** What was scheduled to look for it in the configuration comes, a day later. */
  async function checked(world: InMemoryWorld, policy: Policy): Promise<void> {
    const name = [...world.schedules.keys()].findLast((each) => each.startsWith('exception-check-')) ?? '';
    const schedule = world.schedules.get(name);
    world.now = schedule?.at.getTime() ?? NaN;
    const message = { id: name, body: JSON.stringify(schedule?.message), deliveries: 1 };
    expect(await dispatch([message], world.ports, { actionArns: ACTIONS, automaticControls: [] })).toEqual([]);
    await run(world, policy);
  }

  test('that is taken out of the file ends within a day, whose finding is NEW; put in again it covers again', async () => {
    const world = worldWith();
    const policy = withEntry({ account: TARGET.account });
    await closing(world, policy);
    world.events.length = 0;
    await checked(world, policy);
    expect(stateOf(world).workflow).toBe('SUPPRESSED');
    expect(world.events).toEqual([]);

    await checked(world, withEntry({ account: TARGET.account, reason: 'another' }));
    expect(stateOf(world)).toEqual({ workflow: 'NEW', outcome: 'exception-ended' });
    expect(exceptionsOf(world)).toMatchObject([{ ended: { how: 'removed' } }]);
    expect(eventsOf(world)).toEqual(['Exception Ended']);
    expect(world.events[0]?.detail.reasons).toMatchObject([{ code: 'exceptions-ended', how: 'removed' }]);

    await closing(world, policy);
    expect(stateOf(world)).toEqual({ workflow: 'SUPPRESSED', outcome: 'excepted' });
    expect(exceptionsOf(world)[0]?.ended).toBeUndefined();
  });

  test('is searched for in the file, and one of a person is not', async () => {
    const world = worldWith();
    accept(world);
    await run(world);
    expect([...world.schedules.keys()].filter((name) => name.startsWith('exception-check-'))).toEqual([]);
    const [exception] = exceptionsOf(world);
    const id = `${targetKey(TARGET)}#${exception?.exceptionId ?? ''}`;
    const body = JSON.stringify({ kind: 'due', what: 'exception-check', id });
    await dispatch([{ id: 'forged', body, deliveries: 1 }], world.ports, {
      actionArns: ACTIONS,
      automaticControls: [],
    });
    expect(world.requests).toEqual([]);
    expect(stateOf(world).workflow).toBe('SUPPRESSED');
  });

  test('that is not in the file any more, or was ended by hand, covers nothing', async () => {
    for (const later of [DEFAULT_PLAN_POLICY, withEntry({ account: TARGET.account })]) {
      const world = worldWith();
      await closing(world, withEntry({ account: TARGET.account }));
      if (later !== DEFAULT_PLAN_POLICY) {
        end(world, exceptionsOf(world)[0]);
        await run(world, later);
        expect(stateOf(world).workflow).toBe('NEW');
      }
      world.findings = [{ ...SSH, workflow: 'NEW' }];
      await closing(world, later);
      expect(openPorts(world)).toEqual([]);
    }
  });
});

describe('What is due of an exception', () => {
  const due = (world: InMemoryWorld, what: string) => {
    const [schedule] = [...world.schedules.values()].filter(({ message }) => message.what === what);
    const body = JSON.stringify(schedule?.message);
    const settings = { actionArns: ACTIONS, automaticControls: [] };
    return dispatch([{ id: 'message-due', body, deliveries: 1 }], world.ports, settings);
  };

  async function accepted(): Promise<InMemoryWorld> {
    const world = worldWith();
    accept(world);
    await run(world);
    world.events.length = 0;
    return world;
  }

  test('is scheduled before it is written, and one whose end cannot be scheduled is not made', async () => {
    const world = await accepted();
    expect([...world.schedules.values()].map(({ name, at }) => [name.replace(/exc-.*/, ''), at.toISOString()])).toEqual(
      [
        ['exception-end-', UNTIL],
        ['exception-reminder-', '2027-01-24T00:00:00.000Z'],
      ],
    );
    const without = worldWith();
    without.whenScheduling = () => failed('throttled', 'Busy.');
    accept(without);
    await run(without);
    expect(exceptionsOf(without)).toEqual([]);
    expect(stateOf(without).workflow).toBe('NEW');
  });

  test('ends it at its end: the finding is NEW and people are notified', async () => {
    const world = await accepted();
    world.now = Date.parse(UNTIL);
    expect(await due(world, 'exception-end')).toEqual([]);
    await run(world);
    expect(stateOf(world)).toEqual({ workflow: 'NEW', outcome: 'exception-ended' });
    expect(eventsOf(world)).toEqual(['Exception Ended']);
    expect(world.events[0]?.detail.matter).toBeUndefined();
    expect(exceptionsOf(world)).toMatchObject([{ ended: { how: 'due' } }]);
  });

  test.each([
    ['has passed meanwhile', (world: InMemoryWorld) => (world.findings = [{ ...SSH, compliance: 'PASSED' }])],
    ['is gone', (world: InMemoryWorld) => (world.findings = [])],
  ])('ends it where its finding %s, and opens nothing that was over', async (_, resolve) => {
    const world = await accepted();
    resolve(world);
    world.now = Date.parse(UNTIL);
    await due(world, 'exception-end');
    await run(world);
    expect(world.events).toMatchObject([
      { detailType: 'Exception Ended', detail: { matter: 'stays', controls: ['EC2.13'] } },
    ]);
  });

  test('comes again where it comes too early', async () => {
    const world = await accepted();
    expect(await due(world, 'exception-end')).toEqual(['message-due']);
    expect(world.requests).toEqual([]);
  });

  test('is nothing where it has ended by hand', async () => {
    const world = await accepted();
    end(world, exceptionsOf(world)[0]);
    await run(world);
    world.events.length = 0;
    world.now = Date.parse(UNTIL);
    expect(await due(world, 'exception-end')).toEqual([]);
    expect(await due(world, 'exception-reminder')).toEqual([]);
    expect(world.requests).toEqual([]);
    expect(world.events).toEqual([]);
  });

  test('reminds people before its end, of what and of whom', async () => {
    const world = await accepted();
    expect(await due(world, 'exception-reminder')).toEqual([]);
    expect(world.events).toMatchObject([
      { detailType: 'Exception Ending', detail: { decidedBy: 'alice', exceptions: [{ until: UNTIL }] } },
    ]);
  });

  test('says on its findings that it ends soon, and that is over with the end', async () => {
    const world = await accepted();
    const fields = () => world.updates.get(SSH.id)?.userDefinedFields;
    expect(fields()?.['PortcullisEnds']).toBeUndefined();
    await due(world, 'exception-reminder');
    const { workflow, note } = world.updates.get(SSH.id) ?? {};
    expect({ workflow, note }).toEqual({
      workflow: undefined,
      note: expect.stringMatching(
        /^Ends soon, on 2027-01-31.*the vendor has no VPN.*portcullis exceptions end exc-/,
      ) as string,
    });
    expect(fields()).toMatchObject({ PortcullisOutcome: 'excepted', PortcullisUntil: UNTIL, PortcullisEnds: 'soon' });
    expect(stateOf(world)).toEqual({ workflow: 'SUPPRESSED', outcome: 'excepted' });
    world.now = Date.parse(UNTIL);
    await due(world, 'exception-end');
    await run(world);
    expect(fields()).toMatchObject({ PortcullisOutcome: 'exception-ended', PortcullisEnds: 'none' });
  });

  test('leaves a finding alone that somebody has taken out of SUPPRESSED before the reminder', async () => {
    const world = await accepted();
    world.findings = world.findings.map((each) => ({ ...each, workflow: 'NEW' as const }));
    world.updates.clear();
    await due(world, 'exception-reminder');
    expect(world.updates.size).toBe(0);
    expect(eventsOf(world)).toEqual(['Exception Ending']);
  });

  test('that names no exception goes to the dead letters', async () => {
    const world = await accepted();
    const body = JSON.stringify({ kind: 'due', what: 'exception-end', id: 'everything' });
    await dispatch([{ id: 'forged', body, deliveries: 1 }], world.ports, {
      actionArns: ACTIONS,
      automaticControls: [],
    });
    expect(world.deadLetters).toHaveLength(1);
  });
});

describe('The end of an exception never leaves a finding SUPPRESSED', () => {
  async function excepted(...all: readonly Partial<AcceptRequest>[]): Promise<InMemoryWorld> {
    const world = worldWith([ingress('sgr-high', { FromPort: 20, ToPort: 25 })], [RISKY]);
    for (const fields of all) {
      accept(world, RISKY, fields);
      await run(world);
    }
    expect(stateOf(world, RISKY).workflow).toBe('SUPPRESSED');
    world.events.length = 0;
    return world;
  }

  test('ended by hand: its finding is NEW, people are notified, and the ledger says so', async () => {
    const world = await excepted({});
    end(world, exceptionsOf(world)[0]);
    await run(world);
    expect(stateOf(world, RISKY)).toEqual({ workflow: 'NEW', outcome: 'exception-ended' });
    expect(eventsOf(world)).toEqual(['Exception Ended']);
    expect(exceptionsOf(world)).toMatchObject([{ ended: { by: 'bob', how: 'by-hand' } }]);
    expect(world.metrics).not.toContain('RemediationsNotClosed');
  });

  test.each([
    ['due', 0, 'NEW'],
    ['before it is due', -DAY_MILLIS, 'SUPPRESSED'],
  ] as const)('ended by the clock: %s', async (_, offset, workflow) => {
    const world = await excepted({});
    world.now = Date.parse(UNTIL) + offset;
    end(world, exceptionsOf(world)[0], { how: 'due', trigger: 'automatic' });
    await run(world);
    expect(stateOf(world, RISKY).workflow).toBe(workflow);
  });

  test('another one that covers all that is open keeps it SUPPRESSED, under its own reason and end', async () => {
    const world = await excepted({}, { reason: 'the other one', until: '2027-02-20T00:00:00.000Z' });
    end(world, exceptionsOf(world)[0]);
    await run(world);
    expect(stateOf(world, RISKY)).toEqual({ workflow: 'SUPPRESSED', outcome: 'excepted' });
    expect(world.updates.get(RISKY.id)).toMatchObject({
      note: expect.stringContaining('the other one') as string,
      userDefinedFields: { PortcullisUntil: '2027-02-20T00:00:00.000Z' },
    });
  });

  test('another one that covers less does not', async () => {
    const world = await excepted({}, { accepted: { ports: [{ from: 22, to: 22 }] } });
    end(world, exceptionsOf(world)[0]);
    await run(world);
    expect(stateOf(world, RISKY).workflow).toBe('NEW');
  });

  test('a finding that Security Hub does not let us update keeps the exception from being called ended', async () => {
    const world = await excepted({});
    world.whenProcessing = (keys) => keys.map((key) => ({ ...key, reason: 'No.', retryable: false }));
    end(world, exceptionsOf(world)[0]);
    await run(world);
    expect(exceptionsOf(world)[0]?.ended).toBeUndefined();
    expect(world.metrics).toContain('FindingUpdatesFailed');
  });

  test('taken out of SUPPRESSED by somebody: the exception ends, and the status stays theirs', async () => {
    const world = await excepted({});
    world.findings = world.findings.map((each) => ({ ...each, workflow: 'NOTIFIED' as const }));
    const [lifted] = world.findings;
    if (lifted === undefined) throw new Error('There is no finding.');
    const settings = { actionArns: ACTIONS, automaticControls: [] };
    await dispatch([{ id: 'message-9', body: imported(lifted), deliveries: 1 }], world.ports, settings);
    await run(world);
    expect(stateOf(world, RISKY)).toEqual({ workflow: 'NOTIFIED', outcome: 'exception-ended' });
    expect(exceptionsOf(world)).toMatchObject([{ ended: { how: 'lifted' } }]);
  });

  test('a person closes what they have just taken out of SUPPRESSED: the exception does not stand in the way', async () => {
    const world = await excepted({});
    world.findings = world.findings.map((each) => ({ ...each, workflow: 'NEW' as const }));
    world.request([RISKY]);
    await run(world);
    expect(openPorts(world)).toEqual([]);
    expect(stateOf(world, RISKY)).toEqual({ workflow: 'RESOLVED', outcome: 'closed' });
    expect(exceptionsOf(world)).toMatchObject([{ ended: { how: 'lifted' } }]);
  });
});
