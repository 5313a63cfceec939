import { HIGH_RISK, onlyRecord, run, SSH, worldWith } from '../close-world';
import { failed, InMemoryWorld, ingress } from '../in-memory-ports';

describe('an execution', () => {
  test('works off findings that arrive while it works, as a remediation of their own', async () => {
    const world = worldWith();
    let once = true;
    world.whenReleasing = () => {
      if (!once) return;
      once = false;
      world.rules = [ingress('sgr-db', { FromPort: 3306, ToPort: 3306 })];
      world.findings = [...world.findings, HIGH_RISK];
      world.request([HIGH_RISK]);
    };
    const result = await run(world);

    expect(result.remediationIds).toHaveLength(2);
    expect(new Set(result.remediationIds).size).toBe(2);
    expect(world.updates.get(HIGH_RISK.id)?.workflow).toBe('RESOLVED');
    expect(world.claims.values().next().value?.generation).toBe(2);
  });

  test('does not free the target while requests wait that it has not seen', async () => {
    const world = worldWith([ingress('sgr-ssh')], [SSH, HIGH_RISK]);
    world.request([HIGH_RISK]);
    world.requestsPerRead = 1;
    const result = await run(world);

    expect(world.requests).toEqual([]);
    expect(result.remediationIds).toHaveLength(1);
  });

  test('answers what came while its finding was being closed by that closing, whose note stays', async () => {
    const world = worldWith([ingress('sgr-ssh')], [SSH, HIGH_RISK]);
    world.requestsPerRead = 1;
    world.request([HIGH_RISK], { id: 'late' });
    await run(world);

    expect(world.updates.get(HIGH_RISK.id)?.note).toMatch(/revoked/i);
    const { remediationId } = onlyRecord(world);
    expect([...world.answered]).toContainEqual([expect.stringContaining('late'), { remediationId }]);
  });

  test('looks again for what was asked for after the closing had ended', async () => {
    const world = worldWith([ingress('sgr-ssh')], [SSH, HIGH_RISK]);
    let once = true;
    world.whenReleasing = () => {
      world.now += 1000;
      if (once) world.request([HIGH_RISK]);
      once = false;
    };
    await run(world);

    expect([...world.records.values()].map(({ outcome }) => outcome)).toEqual(['closed', 'already-closed']);
  });

  test('touches nothing when another execution holds the target', async () => {
    const world = worldWith();
    const result = await run(world, 7);

    expect(result).toEqual({ kind: 'superseded', remediationIds: [] });
    expect(world.runs).toEqual([]);
    expect(world.requests).toHaveLength(1);
  });

  test('updates the findings, frees the target and fails when something unexpected happens', async () => {
    const world = worldWith();
    world.whenFetching = () => failed('access-denied', 'Findings cannot be read from Security Hub.');
    await expect(run(world)).rejects.toThrow('Findings cannot be read');

    expect(world.updates.get(SSH.id)).toMatchObject({ workflow: 'NOTIFIED' });
    expect(world.requests).toEqual([]);
    expect(world.claims.values().next().value?.generation).toBe(2);
    expect(world.events.map(({ detailType }) => detailType)).toEqual(['Remediation Failed']);
    expect(onlyRecord(world).outcome).toBe('could-not-tell');
  });

  test('keeps the before-state and the runs of a remediation that something unexpected ends', async () => {
    const world = worldWith();
    world.whenObserving = () => {
      if (world.runs.length > 0) throw new TypeError('a bug');
      return undefined;
    };
    await expect(run(world)).rejects.toThrow('a bug');

    expect(onlyRecord(world)).toMatchObject({
      outcome: 'could-not-tell',
      before: { rules: [{ FromPort: 22 }] },
      runs: [{ executionId: 'execution-1' }],
    });
  });

  test('acts on a person’s request where automatic closing would not', async () => {
    const world = worldWith([ingress('sgr-ssh')], [{ ...SSH, workflow: 'RESOLVED' }]);
    await run(world);
    expect(onlyRecord(world)).toMatchObject({ outcome: 'closed', trigger: 'custom-action' });
  });

  test('closes automatically only what is new', async () => {
    const world = new InMemoryWorld();
    world.rules = [ingress('sgr-ssh')];
    world.findings = [{ ...SSH, workflow: 'NOTIFIED' }];
    world.request(world.findings, { trigger: 'automatic', decidedBy: 'policy: EC2.13 automatic' });
    await run(world);
    expect(world.runs).toEqual([]);
  });
});
