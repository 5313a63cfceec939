import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import { remediate } from '../../../src/flow/remediation/remediate';
import { HIGH_RISK, onlyRecord, run, SSH, worldWith } from '../close-world';
import { failed, ingress, NONCE, TARGET } from '../in-memory-ports';

describe('what goes wrong', () => {
  test('asks a person and changes nothing when the plan says so', async () => {
    const world = worldWith([ingress('sgr-all', { FromPort: 0, ToPort: 65535 })]);
    await remediate({ target: TARGET, generation: 1, nonce: NONCE }, world.ports, {
      ...DEFAULT_PLAN_POLICY,
      ruleQuota: 1,
    });

    expect(world.runs).toEqual([]);
    expect(onlyRecord(world)).toMatchObject({ outcome: 'asked', before: { rules: [{ ToPort: 65535 }] } });
    expect(world.updates.get(SSH.id)?.workflow).toBe('NOTIFIED');
    expect(world.events.map(({ detailType }) => detailType)).toEqual(['Decision Needed']);
  });

  test('could not tell when the target cannot be read, and says why', async () => {
    const world = worldWith();
    world.whenObserving = () => failed('access-denied', 'Role Portcullis-Member cannot be assumed.');
    await run(world);

    expect(onlyRecord(world)).toMatchObject({ outcome: 'could-not-tell', runs: [] });
    expect(world.updates.get(SSH.id)).toMatchObject({ workflow: 'NOTIFIED' });
    expect(world.updates.get(SSH.id)?.note).toContain('Role Portcullis-Member cannot be assumed.');
    expect(world.events.map(({ detailType }) => detailType)).toEqual(['Remediation Failed']);
  });

  test('could not tell when the read-back fails, though the runbook worked', async () => {
    const world = worldWith();
    world.whenObserving = () => (world.runs.length > 0 ? failed('access-denied', 'Denied now.') : undefined);
    await run(world);

    expect(world.rules).toEqual([]);
    expect(onlyRecord(world).outcome).toBe('could-not-tell');
    expect(world.updates.get(SSH.id)?.workflow).toBe('NOTIFIED');
  });

  test('revokes nothing when authorizing failed', async () => {
    const world = worldWith([ingress('sgr-all', { FromPort: 0, ToPort: 65535 })]);
    world.whenRunning = ({ step }) =>
      step.call === 'AuthorizeSecurityGroupIngress'
        ? { kind: 'failed', code: 'InvalidParameterValue', reason: 'Failed: EC2 refused the rule' }
        : undefined;
    await run(world);

    expect(world.runs.map(({ step }) => step.call)).toEqual(['AuthorizeSecurityGroupIngress']);
    expect(onlyRecord(world)).toMatchObject({ outcome: 'failed', runs: [{ end: 'failed' }] });
    expect(world.updates.get(SSH.id)?.note).toContain('EC2 refused the rule');
  });

  test('believes the rules, not the runbook: closed is closed though the run failed', async () => {
    const world = worldWith();
    world.whenRunning = () => {
      world.change([]);
      return { kind: 'failed', reason: 'TimedOut' };
    };
    await run(world);
    expect(onlyRecord(world).outcome).toBe('closed');
  });

  test('does not resolve on the word of a runbook that succeeded without an effect', async () => {
    const world = worldWith();
    world.whenRunning = () => ({ kind: 'succeeded' });
    await run(world);

    expect(onlyRecord(world).outcome).toBe('still-open');
    expect(world.updates.get(SSH.id)?.workflow).toBe('NOTIFIED');
    expect(world.runs).toHaveLength(3);
  });

  test('gives up on a run that never ends, and says so', async () => {
    const world = worldWith();
    world.whenRunning = () => ({ kind: 'running' });
    await run(world);

    expect(world.runs).toHaveLength(1);
    expect(onlyRecord(world)).toMatchObject({ outcome: 'still-open', runs: [{ end: 'no-effect' }] });
  });

  test('plans again when the rule was changed in between, as another run', async () => {
    const world = worldWith();
    let first = true;
    world.whenRunning = () => {
      if (!first) return undefined;
      first = false;
      // Somebody widened it: the rule that the plan names is gone, another one is open. The look that would
      // see the old one gone comes later than SSM's answer.
      return { kind: 'failed', code: 'InvalidPermission.NotFound', reason: 'Failed: the rule does not exist' };
    };
    await run(world);

    expect(new Set(world.runs.map(({ runId }) => runId)).size).toBe(2);
    expect(onlyRecord(world)).toMatchObject({
      outcome: 'closed',
      runs: [{ end: 'rules-changed' }, { end: 'effect-seen' }],
    });
  });

  test('keeps the first before-state when it plans again', async () => {
    const world = worldWith();
    world.whenRunning = () => {
      if (world.runs.length > 0) return undefined;
      world.change([ingress('sgr-wider', { FromPort: 20, ToPort: 30 })]);
      return { kind: 'failed', code: 'InvalidPermission.NotFound', reason: 'Failed' };
    };
    await run(world);

    expect(onlyRecord(world)).toMatchObject({
      outcome: 'closed',
      before: { rules: [{ SecurityGroupRuleId: 'sgr-ssh' }] },
    });
    expect(world.rules).toEqual([]);
  });

  test('takes a revoked rule that shows again for a stale read, and runs nothing twice', async () => {
    const world = worldWith();
    const observe = world.ports.targets.observe;
    let reads = 0;
    // Look 1 plans, look 2 sees the effect, look 3 is stale, look 4 is true.
    world.ports.targets.observe = (target, id) => {
      reads += 1;
      if (reads === 3) world.staleReads = 1;
      return observe(target, id);
    };
    await run(world);

    expect(world.runs).toHaveLength(1);
    expect(reads).toBe(4);
    expect(onlyRecord(world).outcome).toBe('closed');
  });

  test('waits for an effect that shows late without asking SSM', async () => {
    const world = worldWith();
    world.whenRunning = () => {
      world.staleReads = 2;
      return undefined;
    };
    await run(world);

    expect(onlyRecord(world).outcome).toBe('closed');
    expect(world.steps.some((name) => name.startsWith('ask'))).toBe(false);
  });

  test('takes a start that SSM has seen before for a run that is under way', async () => {
    const world = worldWith();
    world.whenRunning = () => {
      world.change([]);
      return failed('conflict', 'The token was used.');
    };
    await run(world);

    const record = onlyRecord(world);
    expect(record).toMatchObject({ outcome: 'closed', runs: [{ end: 'effect-seen' }] });
    expect(record.runs[0]).not.toHaveProperty('executionId');
  });

  test('sends findings again that Security Hub left unprocessed for the moment, and only those', async () => {
    const world = worldWith([ingress('sgr-ssh')], [SSH, HIGH_RISK]);
    const sent: string[][] = [];
    world.whenProcessing = (keys) => {
      sent.push(keys.map(({ id }) => id));
      return sent.length > 2
        ? []
        : keys.slice(-1).map((key) => ({ ...key, reason: 'ConcurrentUpdateError: ', retryable: true }));
    };
    await run(world);

    expect(sent).toEqual([[SSH.id, HIGH_RISK.id], [HIGH_RISK.id], [HIGH_RISK.id]]);
    expect(onlyRecord(world)).not.toHaveProperty('notUpdated');
  });

  test('gives up on findings that stay unprocessed, and reports them', async () => {
    const world = worldWith();
    world.whenProcessing = (keys) =>
      keys.map((key) => ({ ...key, reason: 'ConcurrentUpdateError: ', retryable: true }));
    await run(world);
    expect(onlyRecord(world).notUpdated).toMatchObject([{ id: SSH.id, reason: 'ConcurrentUpdateError: ' }]);
  });

  test('reports findings that Security Hub did not let it update', async () => {
    const world = worldWith();
    world.whenUpdating = () => failed('access-denied', 'Findings cannot be updated.');
    await run(world);

    expect(onlyRecord(world)).toMatchObject({ outcome: 'closed', notUpdated: [{ id: SSH.id }] });
    expect(world.events[0]?.detail.findingsNotUpdated).toBe(1);
    expect(world.metrics).toContain('FindingUpdatesFailed');
  });

  test('ends in order when the bus is down', async () => {
    const world = worldWith();
    world.whenPublishing = () => failed('unavailable', 'The bus is down.', true);
    await run(world);

    expect(world.updates.get(SSH.id)?.workflow).toBe('RESOLVED');
    expect(world.metrics).toContain('DomainEventsFailed');
  });
});
