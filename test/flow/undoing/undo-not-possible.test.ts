import { failed, InMemoryWorld, ingress, TARGET } from '../in-memory-ports';
import { closed, execute, OPEN, SSH, undo } from '../undo-world';

const DAY_MILLIS = 24 * 60 * 60 * 1000;

describe('an undo leaves alone', () => {
  test('what is there again already', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.rules = [ingress('sgr-by-hand')];
    const record = await undo(world, closing);

    expect(world.runs).toEqual([]);
    expect(record.outcome).toBe('nothing-to-undo');
    expect(world.updates.get(SSH.id)).toMatchObject({ workflow: undefined, userDefinedFields: undefined });
    expect(world.records.get(closing)).not.toHaveProperty('undoneBy');
  });

  test('what the closing did not get to do', async () => {
    const world = new InMemoryWorld();
    world.rules = [ingress('sgr-all', { FromPort: 0, ToPort: 65535 })];
    world.findings = [SSH];
    world.request([SSH]);
    world.whenRunning = ({ step }) =>
      step.call === 'RevokeSecurityGroupIngress'
        ? { kind: 'failed', code: 'UnauthorizedOperation', reason: 'Denied.' }
        : undefined;
    const [closing = ''] = (await execute(world)).remediationIds;
    world.whenRunning = () => undefined;
    world.runs.length = 0;
    await undo(world, closing);

    expect(world.runs.every(({ step }) => step.call === 'RevokeSecurityGroupIngress')).toBe(true);
    expect(world.rules.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId)).toEqual(['sgr-all']);
  });

  test('what a closing found closed: it changed nothing, and the undo does not say that something of it is left', async () => {
    const world = new InMemoryWorld();
    world.rules = [];
    world.findings = [SSH];
    world.request([SSH]);
    const [closing = ''] = (await execute(world)).remediationIds;
    expect(world.records.get(closing)).toMatchObject({ outcome: 'already-closed', runs: [] });
    const record = await undo(world, closing);
    expect(record).toMatchObject({ outcome: 'nothing-to-undo' });
    expect(record.reasons).toEqual([{ code: 'changed-nothing', outcome: 'already-closed' }]);
  });

  test('what cannot be distinguished by what is there: a second read is taken before it says so', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.staleReads = 1;
    expect((await undo(world, closing)).outcome).toBe('undone');
  });
});

describe('an undo that is not possible says why and touches nothing', () => {
  test('of a finding that names no closing, though its target was closed for another', async () => {
    const { world } = await closed({ rules: [OPEN] });
    const other = { ...SSH, id: 'finding-that-nobody-closed' };
    world.findings = [...world.findings, other];
    const certified = world.certificates.length;
    world.now += 60_000;
    world.requestUndo(undefined, [other]);
    await execute(world);
    expect(world.rules).toEqual([]);
    expect(world.updates.get(other.id)).toEqual({
      workflow: undefined,
      userDefinedFields: undefined,
      note: expect.stringContaining('The ledger holds no closing of the finding that could be undone') as string,
    });
    expect([world.events, world.metrics]).toEqual([[], []]);
    expect(world.certificates).toHaveLength(certified);
    expect(world.requests).toEqual([]);
  });

  test('of a finding that names a closing which never had it', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    const other = { ...SSH, id: 'finding-that-nobody-closed' };
    world.findings = [...world.findings, other];
    world.now += 60_000;
    world.requestUndo(closing, [other]);
    await execute(world);
    expect(world.rules).toEqual([]);
    expect(world.updates.get(other.id)).toMatchObject({
      workflow: undefined,
      note: expect.stringContaining(`It names ${closing}, which did not have it.`) as string,
    });
    expect([...world.records.values()].at(-1)).not.toHaveProperty('undoes');
  });

  test('of a remediation that the ledger does not hold', async () => {
    const { world } = await closed({ rules: [OPEN] });
    const record = await undo(world, 'rem-ffffffffffffffff');
    expect(record).toMatchObject({ outcome: 'failed', runs: [] });
    expect(world.updates.get(SSH.id)).toMatchObject({
      workflow: undefined,
      note: expect.stringContaining('The ledger holds no remediation rem-ffffffffffffffff') as string,
    });
  });

  test('that was asked for weeks ago and waited, because an execution was lost', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    const askedAt = new Date(world.now).toISOString();
    world.now += 20 * DAY_MILLIS;
    world.requestUndo(closing, [SSH], { askedAt });
    await execute(world);
    expect(world.rules).toEqual([]);
    expect(world.updates.get(SSH.id)).toMatchObject({
      workflow: undefined,
      note: expect.stringContaining('Choose Undo closing again.') as string,
    });
    expect(world.requests).toEqual([]);
  });

  test('of a record that cannot be read', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.whenReadingLedger = () => failed('invalid', 'Remediation is not what was written.');
    expect(await undo(world, closing)).toMatchObject({
      outcome: 'failed',
      reasons: [{ code: 'service-failed', cause: 'Remediation is not what was written.' }],
    });
    expect(world.runs).toEqual([]);
  });

  test('of a closing without its before-state', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    const { before: _, ...rest } = world.records.get(closing) ?? (await undo(world, closing));
    world.records.set(closing, rest);
    expect((await undo(world, closing)).reasons).toEqual([{ code: 'before-state-missing' }]);
    expect(world.runs).toEqual([]);
  });

  test('of a closing of another target, whatever the finding says', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    const record = world.records.get(closing);
    if (record) world.records.set(closing, { ...record, target: { ...TARGET, account: '333333333333' } });
    world.addRequest(TARGET, {
      id: 'forged',
      action: 'undo',
      trigger: 'custom-action',
      decidedBy: 'custom action "Undo closing"',
      findings: [],
      remediationId: closing,
      confirmed: true,
    });
    await execute(world);
    expect(world.runs).toEqual([]);
    expect([...world.records.values()].at(-1)).toMatchObject({ outcome: 'failed' });
  });

  test('of one that was undone before', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    const first = await undo(world, closing);
    world.rules = [];
    world.runs.length = 0;
    const second = await undo(world, closing, []);
    expect(second).toMatchObject({
      outcome: 'nothing-to-undo',
      reasons: [{ code: 'undone-already', undoneBy: first.remediationId }],
    });
    expect(world.rules).toEqual([]);
  });

  test('of a resource that is gone', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.gone = true;
    expect((await undo(world, closing)).outcome).toBe('not-needed');
  });

  test('of one that cannot be read', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.whenObserving = () => failed('access-denied', 'Role cannot be assumed.');
    expect(await undo(world, closing)).toMatchObject({
      outcome: 'failed',
      reasons: [{ code: 'service-failed', cause: 'Role cannot be assumed.' }],
    });
  });

  test('when what is there now cannot be stored', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.whenSaving = ({ outcome }) => (outcome === 'running' ? failed('too-large', 'Too large.') : undefined);
    expect(await undo(world, closing)).toMatchObject({ outcome: 'failed', runs: [] });
    expect(world.rules).toEqual([]);
  });

  test('of an old one until it is confirmed', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.now += 31 * DAY_MILLIS;
    const asked = await undo(world, closing);
    expect(asked).toMatchObject({ outcome: 'asked', runs: [] });
    expect(world.updates.get(SSH.id)?.note).toContain(`portcullis undo ${closing} --confirm`);
    expect(world.findings[0]?.workflow).toBe('RESOLVED');
    expect(world.events).toMatchObject([{ detailType: 'Decision Needed' }]);

    expect((await undo(world, closing, [], true)).outcome).toBe('undone');
    expect(world.rules).toHaveLength(1);
  });
});
