import { DEFAULT_PLAN_POLICY } from '../../src/core/planning/plan-policy';
import { remediate } from '../../src/flow/remediate';
import { failed, findingOn, InMemoryWorld, ingress, TARGET } from './in-memory-ports';

const SSH = findingOn(TARGET);
const HIGH_RISK = findingOn(TARGET, { id: 'finding-of-EC2.19', control: { id: 'EC2.19', parameters: [] } });

function run(world: InMemoryWorld, generation = 1) {
  return remediate({ target: TARGET, generation }, world.ports, DEFAULT_PLAN_POLICY);
}

function worldWith(rules = [ingress('sgr-ssh')], findings = [SSH]): InMemoryWorld {
  const world = new InMemoryWorld();
  world.rules = rules;
  world.findings = findings;
  world.request(findings.slice(0, 1));
  return world;
}

const onlyRecord = (world: InMemoryWorld) => {
  expect(world.records.size).toBe(1);
  const [record] = world.records.values();
  if (!record) throw new Error('no record');
  return record;
};

describe('closing a target', () => {
  it('revokes what is open, reads it back, resolves the finding and tells the bus', async () => {
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

  it('authorizes what stays open before it revokes the rule', async () => {
    const world = worldWith([ingress('sgr-all', { FromPort: 0, ToPort: 65535 })]);
    await run(world);

    const calls = world.runs.map(({ step }) => step.call);
    expect(calls.at(-1)).toBe('RevokeSecurityGroupIngress');
    expect(calls.slice(0, -1)).toEqual(['AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupIngress']);
    expect(world.rules.map(({ FromPort }) => FromPort)).toEqual([80, 443]);
    expect(onlyRecord(world).outcome).toBe('closed');
  });

  it('stores what is there before anything is touched', async () => {
    const world = worldWith();
    world.whenRunning = () => {
      expect(world.saved[0]).toMatchObject({ outcome: 'running', before: { rules: [{ FromPort: 22 }] } });
      return undefined;
    };
    await run(world);
    expect(world.runs).toHaveLength(1);
  });

  it('touches nothing when what is there cannot be stored', async () => {
    const world = worldWith();
    world.whenSaving = ({ outcome }) =>
      outcome === 'running' ? failed('too-large', 'The record is too large.') : undefined;
    await run(world);

    expect(world.runs).toEqual([]);
    expect(onlyRecord(world).outcome).toBe('failed');
    expect(world.updates.get(SSH.id)).toMatchObject({ workflow: 'NOTIFIED' });
    expect(world.updates.get(SSH.id)?.note).toContain('The record is too large.');
  });

  it('settles other findings that the same read-back shows as closed, and keeps their notes', async () => {
    const note = { text: 'Ticket 4711', updatedBy: 'Ana', updatedAt: '2026-02-01T00:00:00Z' };
    const world = worldWith([ingress('sgr-ssh')], [SSH, { ...HIGH_RISK, note }]);
    await run(world);

    expect(world.updates.get(HIGH_RISK.id)?.workflow).toBe('RESOLVED');
    expect(onlyRecord(world).findings).toMatchObject([
      { control: 'EC2.13' },
      { control: 'EC2.19', previousNote: note },
    ]);
  });

  it('keeps no note of its own', async () => {
    const note = { text: 'Still open.', updatedBy: 'Portcullis', updatedAt: '2026-02-01T00:00:00Z' };
    const world = worldWith([ingress('sgr-ssh')], [{ ...SSH, note }]);
    await run(world);
    expect(onlyRecord(world).findings[0]).not.toHaveProperty('previousNote');
  });

  it('leaves other findings alone that pass by now', async () => {
    const world = worldWith([ingress('sgr-ssh')], [SSH, { ...HIGH_RISK, compliance: 'PASSED' }]);
    await run(world);
    expect(world.updates.has(HIGH_RISK.id)).toBe(false);
  });

  it('leaves other findings alone that the read-back does not settle', async () => {
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
  it('is read twice before its finding is resolved as closed already', async () => {
    const world = worldWith([]);
    await run(world);

    expect(onlyRecord(world).outcome).toBe('already-closed');
    expect(world.steps.filter((name) => name.startsWith('observe'))).toHaveLength(2);
    expect(world.updates.get(SSH.id)?.workflow).toBe('RESOLVED');
    expect(world.events).toEqual([]);
  });

  it('is closed after all when the first look was stale', async () => {
    const world = worldWith([]);
    world.change([ingress('sgr-ssh')]);
    world.staleLooks = 1;
    await run(world);

    expect(onlyRecord(world).outcome).toBe('closed');
    expect(world.rules).toEqual([]);
  });

  it('is left alone when it is gone, and the finding keeps its workflow', async () => {
    const world = worldWith();
    world.gone = true;
    await run(world);

    expect(onlyRecord(world).outcome).toBe('not-needed');
    expect(world.updates.get(SSH.id)?.workflow).toBeUndefined();
  });

  it.each([
    ['passes', { compliance: 'PASSED' }],
    ['is archived', { recordState: 'ARCHIVED' }],
    ['is suppressed', { workflow: 'SUPPRESSED' }],
    ['is on another target than requested', { target: { ...TARGET, id: 'sg-0fffffffffffffff0' } }],
  ] as const)('is not even looked at when its finding %s by now', async (_, fields) => {
    const world = worldWith([ingress('sgr-ssh')], [SSH]);
    world.findings = [{ ...SSH, ...fields }];
    await run(world);

    expect(world.steps.some((name) => name.startsWith('observe'))).toBe(false);
    expect(world.updates.size).toBe(0);
    expect(world.requests).toEqual([]);
  });
});

describe('what goes wrong', () => {
  it('asks a person and changes nothing when the plan says so', async () => {
    const world = worldWith([ingress('sgr-all', { FromPort: 0, ToPort: 65535 })]);
    await remediate({ target: TARGET, generation: 1 }, world.ports, { ...DEFAULT_PLAN_POLICY, ruleQuota: 1 });

    expect(world.runs).toEqual([]);
    expect(onlyRecord(world)).toMatchObject({ outcome: 'asked', before: { rules: [{ ToPort: 65535 }] } });
    expect(world.updates.get(SSH.id)?.workflow).toBe('NOTIFIED');
    expect(world.events.map(({ detailType }) => detailType)).toEqual(['Decision Needed']);
  });

  it('could not tell when the target cannot be read, and says why', async () => {
    const world = worldWith();
    world.whenObserving = () => failed('access-denied', 'Role Portcullis-Member cannot be assumed.');
    await run(world);

    expect(onlyRecord(world)).toMatchObject({ outcome: 'could-not-tell', runs: [] });
    expect(world.updates.get(SSH.id)).toMatchObject({ workflow: 'NOTIFIED' });
    expect(world.updates.get(SSH.id)?.note).toContain('Role Portcullis-Member cannot be assumed.');
    expect(world.events.map(({ detailType }) => detailType)).toEqual(['Remediation Failed']);
  });

  it('could not tell when the read-back fails, though the runbook worked', async () => {
    const world = worldWith();
    world.whenObserving = () => (world.runs.length > 0 ? failed('access-denied', 'Denied now.') : undefined);
    await run(world);

    expect(world.rules).toEqual([]);
    expect(onlyRecord(world).outcome).toBe('could-not-tell');
    expect(world.updates.get(SSH.id)?.workflow).toBe('NOTIFIED');
  });

  it('revokes nothing when authorizing failed', async () => {
    const world = worldWith([ingress('sgr-all', { FromPort: 0, ToPort: 65535 })]);
    world.whenRunning = ({ step }) =>
      step.call === 'AuthorizeSecurityGroupIngress'
        ? { kind: 'failed', code: 'RulesPerSecurityGroupLimitExceeded', reason: 'Failed: the quota is reached' }
        : undefined;
    await run(world);

    expect(world.runs.map(({ step }) => step.call)).toEqual(['AuthorizeSecurityGroupIngress']);
    expect(onlyRecord(world)).toMatchObject({ outcome: 'failed', runs: [{ end: 'failed' }] });
    expect(world.updates.get(SSH.id)?.note).toContain('the quota is reached');
  });

  it('believes the rules, not the runbook: closed is closed though the run failed', async () => {
    const world = worldWith();
    world.whenRunning = () => {
      world.change([]);
      return { kind: 'failed', reason: 'TimedOut' };
    };
    await run(world);
    expect(onlyRecord(world).outcome).toBe('closed');
  });

  it('does not resolve on the word of a runbook that succeeded without an effect', async () => {
    const world = worldWith();
    world.whenRunning = () => ({ kind: 'succeeded' });
    await run(world);

    expect(onlyRecord(world).outcome).toBe('still-open');
    expect(world.updates.get(SSH.id)?.workflow).toBe('NOTIFIED');
    expect(world.runs).toHaveLength(3);
  });

  it('gives up on a run that never ends, and says so', async () => {
    const world = worldWith();
    world.whenRunning = () => ({ kind: 'running' });
    await run(world);

    expect(world.runs).toHaveLength(1);
    expect(onlyRecord(world)).toMatchObject({ outcome: 'still-open', runs: [{ end: 'no-effect' }] });
  });

  it('plans again when the rule was changed in between, as another run', async () => {
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

  it('keeps the first before-state when it plans again', async () => {
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

  it('takes a revoked rule that shows again for a stale look, and runs nothing twice', async () => {
    const world = worldWith();
    const observe = world.ports.targets.observe;
    let looks = 0;
    // Look 1 plans, look 2 sees the effect, look 3 is stale, look 4 is true.
    world.ports.targets.observe = (target, id) => {
      looks += 1;
      if (looks === 3) world.staleLooks = 1;
      return observe(target, id);
    };
    await run(world);

    expect(world.runs).toHaveLength(1);
    expect(looks).toBe(4);
    expect(onlyRecord(world).outcome).toBe('closed');
  });

  it('waits for an effect that shows late without asking SSM', async () => {
    const world = worldWith();
    world.whenRunning = () => {
      world.staleLooks = 2;
      return undefined;
    };
    await run(world);

    expect(onlyRecord(world).outcome).toBe('closed');
    expect(world.steps.some((name) => name.startsWith('ask'))).toBe(false);
  });

  it('takes a start that SSM has seen before for a run that is under way', async () => {
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

  it('sends findings again that Security Hub left unprocessed for the moment, and only those', async () => {
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

  it('gives up on findings that stay unprocessed, and reports them', async () => {
    const world = worldWith();
    world.whenProcessing = (keys) =>
      keys.map((key) => ({ ...key, reason: 'ConcurrentUpdateError: ', retryable: true }));
    await run(world);
    expect(onlyRecord(world).notUpdated).toMatchObject([{ id: SSH.id, reason: 'ConcurrentUpdateError: ' }]);
  });

  it('reports findings that Security Hub did not let it update', async () => {
    const world = worldWith();
    world.whenUpdating = () => failed('access-denied', 'Findings cannot be updated.');
    await run(world);

    expect(onlyRecord(world)).toMatchObject({ outcome: 'closed', notUpdated: [{ id: SSH.id }] });
    expect(world.events[0]?.detail.findingsNotUpdated).toBe(1);
    expect(world.metrics).toContain('FindingUpdatesFailed');
  });

  it('ends in order when the bus is down', async () => {
    const world = worldWith();
    world.whenPublishing = () => failed('unavailable', 'The bus is down.', true);
    await run(world);

    expect(world.updates.get(SSH.id)?.workflow).toBe('RESOLVED');
    expect(world.metrics).toContain('DomainEventsFailed');
  });
});

describe('an execution', () => {
  it('works off findings that arrive while it works, as a remediation of their own', async () => {
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

  it('does not free the target while requests wait that it has not seen', async () => {
    const world = worldWith([ingress('sgr-ssh')], [SSH, HIGH_RISK]);
    world.request([HIGH_RISK]);
    world.requestsPerLook = 1;
    const result = await run(world);

    expect(result.remediationIds).toHaveLength(2);
    expect(world.requests).toEqual([]);
  });

  it('touches nothing when another execution holds the target', async () => {
    const world = worldWith();
    const result = await run(world, 7);

    expect(result).toEqual({ kind: 'superseded', remediationIds: [] });
    expect(world.runs).toEqual([]);
    expect(world.requests).toHaveLength(1);
  });

  it('tells the findings, frees the target and fails when something unexpected happens', async () => {
    const world = worldWith();
    world.whenFetching = () => failed('access-denied', 'Findings cannot be read from Security Hub.');
    await expect(run(world)).rejects.toThrow('Findings cannot be read');

    expect(world.updates.get(SSH.id)).toMatchObject({ workflow: 'NOTIFIED' });
    expect(world.requests).toEqual([]);
    expect(world.claims.values().next().value?.generation).toBe(2);
    expect(world.events.map(({ detailType }) => detailType)).toEqual(['Remediation Failed']);
    expect(onlyRecord(world).outcome).toBe('could-not-tell');
  });

  it('keeps the before-state and the runs of a remediation that something unexpected ends', async () => {
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

  it('acts on a person’s request where automatic closing would not', async () => {
    const world = worldWith([ingress('sgr-ssh')], [{ ...SSH, workflow: 'RESOLVED' }]);
    await run(world);
    expect(onlyRecord(world)).toMatchObject({ outcome: 'closed', trigger: 'custom-action' });
  });

  it('closes automatically only what is new', async () => {
    const world = new InMemoryWorld();
    world.rules = [ingress('sgr-ssh')];
    world.findings = [{ ...SSH, workflow: 'NOTIFIED' }];
    world.request(world.findings, { trigger: 'automatic', decidedBy: 'policy: EC2.13 automatic' });
    await run(world);
    expect(world.runs).toEqual([]);
  });
});
