import { onlyRecord, run, SSH, HIGH_RISK, worldWith } from '../close-world';
import { dispatch } from '../../../src/flow/intake/dispatch';
import { ACTIONS, pressed } from '../events';
import { failed, ingress } from '../in-memory-ports';
import { closed, OPEN, undo } from '../undo-world';

const TEAM = { Team: 'payments', Ticket: 'NET-7' };
const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`Field${String(i)}`, 'theirs'] as const));

describe('fields that others keep on a finding', () => {
  test('stay when it is closed, beside ours', async () => {
    const world = worldWith([ingress('sgr-ssh')], [{ ...SSH, userDefinedFields: TEAM }, HIGH_RISK]);
    await run(world);
    const { remediationId } = onlyRecord(world);
    const ours = {
      PortcullisOutcome: 'closed',
      PortcullisRemediationId: remediationId,
      PortcullisDecidedBy: 'custom action "Close ingress"',
    };
    expect(world.updates.get(SSH.id)?.userDefinedFields).toEqual({ ...TEAM, ...ours });
    expect(world.updates.get(HIGH_RISK.id)?.userDefinedFields).toEqual(ours);
  });

  test('stay when it is undone', async () => {
    const { world, closing } = await closed({ rules: [OPEN] }, [{ ...SSH, userDefinedFields: TEAM }]);
    await undo(world, closing);
    expect(world.updates.get(SSH.id)?.userDefinedFields).toMatchObject({ ...TEAM, PortcullisOutcome: 'undone' });
  });

  test('are those that it has when it is updated, not those that it had when the remediation began', async () => {
    const world = worldWith([ingress('sgr-ssh')], [{ ...SSH, userDefinedFields: TEAM }]);
    world.whenRunning = () => {
      world.findings = world.findings.map((each) => ({ ...each, userDefinedFields: { Ticket: 'NET-8' } }));
      return undefined;
    };
    await run(world);
    expect(world.updates.get(SSH.id)?.userDefinedFields).toMatchObject({ Ticket: 'NET-8' });
    expect(world.updates.get(SSH.id)?.userDefinedFields).not.toHaveProperty('Team');
  });

  test('are read again when Security Hub leaves a finding unprocessed for the moment', async () => {
    const world = worldWith([ingress('sgr-ssh')], [{ ...SSH, userDefinedFields: TEAM }]);
    let isBusy = true;
    world.whenProcessing = (keys) => {
      if (!isBusy) return [];
      isBusy = false;
      world.findings = world.findings.map((each) => ({ ...each, userDefinedFields: { Ticket: 'NET-8' } }));
      return keys.map((key) => ({ ...key, reason: 'ConcurrentUpdateError: ', retryable: true }));
    };
    await run(world);
    expect(world.updates.get(SSH.id)?.userDefinedFields).toMatchObject({
      Ticket: 'NET-8',
      PortcullisOutcome: 'closed',
    });
    expect(world.updates.get(SSH.id)?.userDefinedFields).not.toHaveProperty('Team');
  });

  test('stay when the closing failed', async () => {
    const world = worldWith([ingress('sgr-ssh')], [{ ...SSH, userDefinedFields: TEAM }]);
    world.whenObserving = () => failed('access-denied', 'Denied.');
    await run(world);
    expect(world.updates.get(SSH.id)?.userDefinedFields).toMatchObject({
      ...TEAM,
      PortcullisOutcome: 'could-not-tell',
    });
  });

  test('and the id that an undo goes by stay when a person asks for what cannot be done', async () => {
    const earlier = { ...TEAM, PortcullisRemediationId: 'rem-0123456789abcdef', PortcullisUntil: '2026-04-01' };
    const world = worldWith([], [SSH]);
    world.findings = [
      {
        ...SSH,
        userDefinedFields: earlier,
        portcullisRemediationId: 'rem-0123456789abcdef',
        target: undefined,
        problem: 'No resource.',
      },
    ];
    const message = { id: 'm', body: pressed([SSH]), deliveries: 1 };
    await dispatch([message], world.ports, { actionArns: ACTIONS, automaticControls: [] });
    expect(world.updates.get(SSH.id)?.userDefinedFields).toEqual({
      ...TEAM,
      PortcullisOutcome: 'failed',
      PortcullisRemediationId: 'rem-0123456789abcdef',
      // Written over and not left out: should Security Hub merge the maps, the old date would stay.
      PortcullisUntil: 'none',
    });
  });

  test.each([
    [47, ['PortcullisRemediationId', 'PortcullisOutcome', 'PortcullisDecidedBy']],
    [49, ['PortcullisRemediationId']],
    [50, []],
  ])('are never given up for ours: with %i of them there is room for %j', async (count, ours) => {
    const world = worldWith([ingress('sgr-ssh')], [{ ...SSH, userDefinedFields: many(count) }]);
    await run(world);
    const fields = world.updates.get(SSH.id)?.userDefinedFields ?? {};
    expect(Object.keys(fields).filter((name) => name.startsWith('Portcullis'))).toEqual(ours);
    expect(fields).toMatchObject(many(count));
    expect(world.updates.get(SSH.id)).toMatchObject({ workflow: 'RESOLVED' });
    expect(world.updates.get(SSH.id)?.note).toContain(onlyRecord(world).remediationId);
  });

  test('are not touched when they cannot be read: the note and the status alone say what happened', async () => {
    const { world, closing } = await closed({ rules: [OPEN] }, [{ ...SSH, userDefinedFields: TEAM }]);
    world.whenRunning = () => {
      world.whenFetching = () => failed('access-denied', 'GetFindings is denied.');
      return undefined;
    };
    expect((await undo(world, closing)).outcome).toBe('undone');
    expect(world.updates.get(SSH.id)).toMatchObject({ workflow: 'NEW', userDefinedFields: undefined });
    expect(world.findings[0]?.userDefinedFields).toMatchObject(TEAM);
  });
});
