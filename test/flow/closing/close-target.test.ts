import { HIGH_RISK, onlyRecord, run, SSH, worldWith } from '../close-world';
import { failed, ingress, TARGET } from '../in-memory-ports';

describe('closing a target', () => {
  test('revokes what is open, reads it back, resolves the finding and publishes to the bus', async () => {
    const world = worldWith();
    const result = await run(world);

    expect(result.kind).toBe('released');
    expect(world.rules).toEqual([]);
    expect(world.updates.get(SSH.id)?.workflow).toBe('RESOLVED');
    expect(onlyRecord(world)).toMatchObject({
      remediationId: result.remediationIds[0],
      outcome: 'closed',
      decidedBy: 'custom action "Close ingress"',
      before: { rules: [{ SecurityGroupRuleId: 'sgr-ssh' }] },
      after: [],
      runs: [{ executionId: 'execution-1', end: 'effect-seen' }],
    });
    expect(world.events.map(({ detailType }) => detailType)).toEqual(['Ingress Closed']);
    expect(world.requests).toEqual([]);
  });

  test('authorizes what stays open before it revokes the rule', async () => {
    const world = worldWith([ingress('sgr-all', { FromPort: 0, ToPort: 65535 })]);
    await run(world);

    const calls = world.runs.map(({ step }) => step.call);
    expect(calls.at(-1)).toBe('RevokeSecurityGroupIngress');
    expect(calls.slice(0, -1)).toEqual(['AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupIngress']);
    expect(world.rules.map(({ FromPort }) => FromPort)).toEqual([80, 443]);
    expect(onlyRecord(world).outcome).toBe('closed');
  });

  test('stores what is there before anything is touched', async () => {
    const world = worldWith();
    world.whenRunning = () => {
      expect(world.saved[0]).toMatchObject({ outcome: 'running', before: { rules: [{ FromPort: 22 }] } });
      return undefined;
    };
    await run(world);
    expect(world.runs).toHaveLength(1);
  });

  test('touches nothing when what is there cannot be stored', async () => {
    const world = worldWith();
    world.whenSaving = ({ outcome }) =>
      outcome === 'running' ? failed('too-large', 'The record is too large.') : undefined;
    await run(world);

    expect(world.runs).toEqual([]);
    expect(onlyRecord(world).outcome).toBe('failed');
    expect(world.updates.get(SSH.id)).toMatchObject({ workflow: 'NOTIFIED' });
    expect(world.updates.get(SSH.id)?.note).toContain('The record is too large.');
  });

  test('resolves other findings that the same read-back shows as closed, and keeps their notes', async () => {
    const note = { text: 'Ticket 4711', updatedBy: 'Ana', updatedAt: '2026-02-01T00:00:00Z' };
    const world = worldWith([ingress('sgr-ssh')], [SSH, { ...HIGH_RISK, note }]);
    await run(world);

    expect(world.updates.get(HIGH_RISK.id)?.workflow).toBe('RESOLVED');
    expect(onlyRecord(world).findings).toMatchObject([
      { control: 'EC2.13' },
      { control: 'EC2.19', previousNote: note },
    ]);
  });

  test('keeps no note of its own', async () => {
    const note = { text: 'Still open.', updatedBy: 'Portcullis', updatedAt: '2026-02-01T00:00:00Z' };
    const world = worldWith([ingress('sgr-ssh')], [{ ...SSH, note }]);
    await run(world);
    expect(onlyRecord(world).findings[0]).not.toHaveProperty('previousNote');
  });

  test('leaves other findings alone that pass by now', async () => {
    const world = worldWith([ingress('sgr-ssh')], [SSH, { ...HIGH_RISK, compliance: 'PASSED' }]);
    await run(world);
    expect(world.updates.has(HIGH_RISK.id)).toBe(false);
  });

  test('leaves other findings alone that the read-back does not show as closed', async () => {
    const world = worldWith(
      [ingress('sgr-ssh'), ingress('sgr-db', { FromPort: 3306, ToPort: 3306 })],
      [SSH, HIGH_RISK],
    );
    await run(world);

    expect(world.updates.get(SSH.id)?.workflow).toBe('RESOLVED');
    expect(world.updates.has(HIGH_RISK.id)).toBe(false);
  });
});

describe('a target that needs nothing', () => {
  test('is read twice before its finding is resolved as closed already', async () => {
    const world = worldWith([]);
    await run(world);

    expect(onlyRecord(world).outcome).toBe('already-closed');
    expect(world.steps.filter((name) => name.startsWith('observe'))).toHaveLength(2);
    expect(world.updates.get(SSH.id)?.workflow).toBe('RESOLVED');
    expect(world.events.map(({ detailType }) => detailType)).toEqual(['Found Closed']);
  });

  test('is closed after all when the first read was stale', async () => {
    const world = worldWith([]);
    world.change([ingress('sgr-ssh')]);
    world.staleReads = 1;
    await run(world);

    expect(onlyRecord(world).outcome).toBe('closed');
    expect(world.rules).toEqual([]);
  });

  test('is left alone when it is gone, and the finding keeps its workflow', async () => {
    const world = worldWith();
    world.gone = true;
    await run(world);

    expect(onlyRecord(world).outcome).toBe('not-needed');
    expect(world.updates.get(SSH.id)?.workflow).toBeUndefined();
  });

  test.each([
    ['passes', { compliance: 'PASSED' }],
    ['is archived', { recordState: 'ARCHIVED' }],
    ['is suppressed', { workflow: 'SUPPRESSED' }],
    ['is on another target than requested', { target: { ...TARGET, id: 'sg-0fffffffffffffff0' } }],
  ] as const)('is not even looked at when its finding %s by now', async (_, fields) => {
    const world = worldWith([ingress('sgr-ssh')], [SSH]);
    world.findings = [{ ...SSH, ...fields }];
    await run(world);

    expect(world.steps.some((name) => name.startsWith('observe'))).toBe(false);
    // Who chose it is answered, and nothing else of the finding changes.
    expect(world.updates.get(SSH.id)).toMatchObject({ workflow: undefined, userDefinedFields: undefined });
    expect(world.updates.get(SSH.id)?.note).toContain('Close ingress: Portcullis did nothing');
    expect(world.requests).toEqual([]);
  });
});
