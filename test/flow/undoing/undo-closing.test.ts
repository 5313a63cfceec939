import type { PortFailure, RunbookStatus } from '../../../src/flow/ports';
import { failed, findingOn, InMemoryWorld, ingress, TARGET } from '../in-memory-ports';
import { closed, execute, HIGH_RISK, OPEN, SSH, undo } from '../undo-world';

describe('undoing a closing', () => {
  test('puts back what was there, updates finding and ledger, and publishes to the bus', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    expect(world.rules).toEqual([]);
    const record = await undo(world, closing);

    expect(world.rules).toMatchObject([
      { FromPort: 22, CidrIpv4: '0.0.0.0/0', Description: 'until Friday', Tags: [{ Key: 'owner', Value: 'web' }] },
    ]);
    expect(record).toMatchObject({
      action: 'undo',
      undoes: closing,
      outcome: 'undone',
      decidedBy: 'custom action "Undo closing"',
      before: { rules: [] },
      after: [{ FromPort: 22 }],
      runs: [{ end: 'effect-seen' }],
    });
    expect(world.records.get(closing)).toMatchObject({ outcome: 'closed', undoneBy: record.remediationId });
    expect(world.updates.get(SSH.id)).toMatchObject({
      workflow: 'NEW',
      userDefinedFields: { PortcullisOutcome: 'undone', PortcullisRemediationId: record.remediationId },
    });
    expect(world.updates.get(SSH.id)?.note).toContain('tcp 22 from 0.0.0.0/0');
    expect(world.events).toMatchObject([{ detailType: 'Closing Undone', detail: { undoes: closing, action: 'undo' } }]);
    expect(world.metrics).not.toContain('RemediationsNotClosed');
  });

  test('passes to SSM that it is an undo, so that rules get their own tags back', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    await undo(world, closing);
    expect(world.runs.map(({ action }) => action)).toEqual(['undo']);
  });

  test('opens the old before it takes its substitute away', async () => {
    const { world, closing } = await closed({ rules: [ingress('sgr-all', { FromPort: 0, ToPort: 65535 })] });
    expect(world.rules.map(({ FromPort }) => FromPort)).toEqual([80, 443]);
    await undo(world, closing);

    expect(world.runs.map(({ step }) => step.call)[0]).toBe('AuthorizeSecurityGroupIngress');
    expect(world.rules.map(({ FromPort, ToPort }) => [FromPort, ToPort])).toEqual([[0, 65535]]);
  });

  test('is never taken back by automatic closing', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    await undo(world, closing);
    world.runs.length = 0;
    world.request(world.findings, { trigger: 'automatic', decidedBy: 'policy: EC2.13 automatic' });
    await execute(world);
    expect(world.runs).toEqual([]);
    expect(world.rules).toHaveLength(1);

    world.request(world.findings);
    await execute(world);
    expect(world.rules).toEqual([]);
    expect(world.updates.get(SSH.id)?.workflow).toBe('RESOLVED');
  });

  test('updates every finding that fails again, and nobody else', async () => {
    const silent = findingOn(TARGET, { id: 'finding-of-EC2.14', control: { id: 'EC2.14', parameters: [] } });
    const { world, closing } = await closed({ rules: [OPEN] }, [SSH, HIGH_RISK, silent]);
    world.findings = world.findings.map((each) => (each.id === silent.id ? { ...each, workflow: 'RESOLVED' } : each));
    await undo(world, closing, []);

    expect([...world.updates.keys()].sort()).toEqual([SSH.id, HIGH_RISK.id].sort());
    expect(world.updates.get(HIGH_RISK.id)?.workflow).toBe('NEW');
    expect(world.events[0]?.detail.controls).toEqual(['EC2.13', 'EC2.19']);
  });

  test('updates no suppressed and no archived finding', async () => {
    const { world, closing } = await closed({ rules: [OPEN] }, [SSH, HIGH_RISK]);
    world.findings = [
      { ...SSH, workflow: 'SUPPRESSED' },
      { ...HIGH_RISK, recordState: 'ARCHIVED' },
    ];
    const record = await undo(world, closing, []);
    expect(record.outcome).toBe('undone');
    expect(world.updates.size).toBe(0);
  });

  test('keeps the note that somebody wrote since', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    const note = { text: 'Vendor complains', updatedBy: 'Ana', updatedAt: '2026-03-02T00:00:00Z' };
    world.findings = world.findings.map((finding) => ({ ...finding, note }));
    expect((await undo(world, closing)).findings).toMatchObject([{ previousNote: note }]);
  });

  test('comes before a closing that is asked for at the same moment', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.request(world.findings);
    await undo(world, closing);
    expect([...world.records.values()].map(({ action }) => action)).toEqual(['close', 'undo', 'close']);
    expect(world.rules).toEqual([]);
  });

  test('answers two people who ask for the same with one undo', async () => {
    const { world, closing } = await closed({ rules: [OPEN] }, [SSH, HIGH_RISK]);
    world.requestUndo(closing, [HIGH_RISK]);
    await undo(world, closing);
    expect(world.records.size).toBe(2);
    expect(world.requests).toEqual([]);
  });
});

describe('a closing whose run nobody saw end', () => {
  test.each<
    [string, (world: InMemoryWorld) => RunbookStatus | undefined, (world: InMemoryWorld) => PortFailure | undefined]
  >([
    [
      'SSM timed out, and the call was made all the same',
      (world) => {
        world.change([]);
        // It shows only after SSM was asked.
        world.staleReads = 3;
        return { kind: 'failed', reason: 'TimedOut' };
      },
      () => undefined,
    ],
    [
      'the rules could not be read behind it',
      () => undefined,
      (world) => (world.runs.length > 0 ? failed('access-denied', 'Denied now.') : undefined),
    ],
  ])('is undone by what the rules show: %s', async (_, whenRunning, whenObserving) => {
    const world = new InMemoryWorld();
    world.rules = [OPEN];
    world.findings = [SSH];
    world.whenRunning = () => whenRunning(world);
    world.whenObserving = () => whenObserving(world);
    world.request([SSH]);
    const [closing = ''] = (await execute(world)).remediationIds;
    expect(world.rules).toEqual([]);

    world.whenRunning = () => undefined;
    world.whenObserving = () => undefined;
    expect((await undo(world, closing)).outcome).toBe('undone');
    expect(world.rules).toHaveLength(1);
  });
});
