import type { Finding } from '../../src/core/findings/finding';
import { isNetworkAclStep } from '../../src/core/planning/is-network-acl-step';
import { renderEntry } from '../../src/core/network/network-acl-entry';
import { permissionKey } from '../../src/core/network/rule-source';
import type { SecurityGroup } from '../../src/core/network/security-group-rule';
import { DEFAULT_PLAN_POLICY } from '../../src/core/planning/plan-policy';
import type { Resource } from '../../src/core/resource';
import type { Target } from '../../src/core/target';
import { toVerdict } from '../../src/core/verification/to-verdict';
import { remediate } from '../../src/flow/remediate';
import type { PortFailure, RunbookStatus } from '../../src/flow/ports';
import { ACL, entry, failed, findingOn, InMemoryWorld, ingress, TARGET } from './in-memory-ports';

const SSH = findingOn(TARGET);
const HIGH_RISK = findingOn(TARGET, { id: 'finding-of-EC2.19', control: { id: 'EC2.19', parameters: [] } });
const ON_ACL = findingOn(ACL, { control: { id: 'EC2.21', parameters: [] } });
const DAY_MILLIS = 24 * 60 * 60 * 1000;

function execute(world: InMemoryWorld, target: Target = TARGET) {
  const generation = [...world.claims.values()][0]?.generation ?? 1;
  return remediate({ target, generation }, world.ports, DEFAULT_PLAN_POLICY);
}

/** A world in which the findings were closed, and the closing's id. */
async function closed(resource: Partial<SecurityGroup> | Resource, findings: Finding[] = [SSH]) {
  const world = new InMemoryWorld();
  world.resource = { ...world.resource, ...resource } as Resource;
  world.findings = findings;
  world.request(findings.slice(0, 1));
  const [closing = ''] = (await execute(world, findings[0]?.target)).remediationIds;
  world.runs.length = 0;
  world.events.length = 0;
  world.updates.clear();
  return { world, closing };
}

async function undo(world: InMemoryWorld, closing: string, findings = [SSH], confirmed = false) {
  world.requestUndo(closing, findings, { confirmed });
  const { remediationIds } = await execute(world, world.records.get(closing)?.target);
  const record = world.records.get(remediationIds.at(-1) ?? '');
  if (!record) throw new Error('The undo left no record.');
  return record;
}

function shape(resource: Resource): readonly string[] {
  return resource.kind === 'security-group'
    ? resource.rules
        .map((rule) => `${permissionKey(rule)} ${rule.Description ?? ''} ${JSON.stringify(rule.Tags ?? [])}`)
        .sort()
    : resource.entries.map((each) => `${each.Egress ? 'out' : 'in'} ${renderEntry(each)}`).sort();
}

const OPEN = ingress('sgr-ssh', { Description: 'until Friday', Tags: [{ Key: 'owner', Value: 'web' }] });

describe('undoing a closing', () => {
  it('puts back what was there, and tells finding, ledger and bus', async () => {
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

  it('tells SSM that it is an undo, so that rules get their own tags back', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    await undo(world, closing);
    expect(world.runs.map(({ action }) => action)).toEqual(['undo']);
  });

  it('opens the old before it takes its substitute away', async () => {
    const { world, closing } = await closed({ rules: [ingress('sgr-all', { FromPort: 0, ToPort: 65535 })] });
    expect(world.rules.map(({ FromPort }) => FromPort)).toEqual([80, 443]);
    await undo(world, closing);

    expect(world.runs.map(({ step }) => step.call)[0]).toBe('AuthorizeSecurityGroupIngress');
    expect(world.rules.map(({ FromPort, ToPort }) => [FromPort, ToPort])).toEqual([[0, 65535]]);
  });

  it('is never taken back by automatic closing', async () => {
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

  it('tells every finding that fails again, and nobody else', async () => {
    const silent = findingOn(TARGET, { id: 'finding-of-EC2.14', control: { id: 'EC2.14', parameters: [] } });
    const { world, closing } = await closed({ rules: [OPEN] }, [SSH, HIGH_RISK, silent]);
    world.findings = world.findings.map((each) => (each.id === silent.id ? { ...each, workflow: 'RESOLVED' } : each));
    await undo(world, closing, []);

    expect([...world.updates.keys()].sort()).toEqual([SSH.id, HIGH_RISK.id].sort());
    expect(world.updates.get(HIGH_RISK.id)?.workflow).toBe('NEW');
  });

  it('tells no suppressed and no archived finding', async () => {
    const { world, closing } = await closed({ rules: [OPEN] }, [SSH, HIGH_RISK]);
    world.findings = [
      { ...SSH, workflow: 'SUPPRESSED' },
      { ...HIGH_RISK, recordState: 'ARCHIVED' },
    ];
    const record = await undo(world, closing, []);
    expect(record.outcome).toBe('undone');
    expect(world.updates.size).toBe(0);
  });

  it('keeps the note that somebody wrote since', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    const note = { text: 'Vendor complains', updatedBy: 'Ana', updatedAt: '2026-03-02T00:00:00Z' };
    world.findings = world.findings.map((finding) => ({ ...finding, note }));
    expect((await undo(world, closing)).findings).toMatchObject([{ previousNote: note }]);
  });

  it('comes before a closing that is asked for at the same moment', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.request(world.findings);
    await undo(world, closing);
    expect([...world.records.values()].map(({ action }) => action)).toEqual(['close', 'undo', 'close']);
    expect(world.rules).toEqual([]);
  });

  it('answers two people who ask for the same with one undo', async () => {
    const { world, closing } = await closed({ rules: [OPEN] }, [SSH, HIGH_RISK]);
    world.requestUndo(closing, [HIGH_RISK]);
    await undo(world, closing);
    expect(world.records.size).toBe(2);
    expect(world.requests).toEqual([]);
  });
});

describe('a closing whose run nobody saw end', () => {
  it.each<
    [string, (world: InMemoryWorld) => RunbookStatus | undefined, (world: InMemoryWorld) => PortFailure | undefined]
  >([
    [
      'SSM timed out, and the call was made all the same',
      (world) => {
        world.change([]);
        // It shows only after SSM was asked.
        world.staleLooks = 3;
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

describe('an undo leaves alone', () => {
  it('what is there again already', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.rules = [ingress('sgr-by-hand')];
    const record = await undo(world, closing);

    expect(world.runs).toEqual([]);
    expect(record.outcome).toBe('nothing-to-undo');
    expect(world.updates.get(SSH.id)).toMatchObject({ workflow: undefined, userDefinedFields: undefined });
    expect(world.records.get(closing)).not.toHaveProperty('undoneBy');
  });

  it('what the closing did not get to do', async () => {
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

  it('what cannot be told from what is there: a second look is taken before it says so', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.staleLooks = 1;
    expect((await undo(world, closing)).outcome).toBe('undone');
  });
});

describe('an undo that is not possible says why and touches nothing', () => {
  it('of a remediation that the ledger does not hold', async () => {
    const { world } = await closed({ rules: [OPEN] });
    const record = await undo(world, 'rem-ffffffffffffffff');
    expect(record).toMatchObject({ outcome: 'failed', runs: [] });
    expect(world.updates.get(SSH.id)).toMatchObject({
      workflow: undefined,
      note: expect.stringContaining('The ledger holds no remediation rem-ffffffffffffffff') as string,
    });
  });

  it('of a record that cannot be read', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.whenReadingLedger = () => failed('invalid', 'Remediation is not what was written.');
    expect(await undo(world, closing)).toMatchObject({
      outcome: 'failed',
      reason: 'Remediation is not what was written.',
    });
    expect(world.runs).toEqual([]);
  });

  it('of a closing without its before-state', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    const { before: _, ...rest } = world.records.get(closing) ?? (await undo(world, closing));
    world.records.set(closing, rest);
    expect((await undo(world, closing)).reason).toContain('not in the ledger');
    expect(world.runs).toEqual([]);
  });

  it('of a closing of another target, whatever the finding says', async () => {
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

  it('of one that was undone before', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    const first = await undo(world, closing);
    world.rules = [];
    world.runs.length = 0;
    const second = await undo(world, closing);
    expect(second).toMatchObject({
      outcome: 'nothing-to-undo',
      reason: expect.stringContaining(first.remediationId) as string,
    });
    expect(world.rules).toEqual([]);
  });

  it('of a resource that is gone', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.gone = true;
    expect((await undo(world, closing)).outcome).toBe('not-needed');
  });

  it('of one that cannot be read', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.whenObserving = () => failed('access-denied', 'Role cannot be assumed.');
    expect(await undo(world, closing)).toMatchObject({ outcome: 'failed', reason: 'Role cannot be assumed.' });
  });

  it('when what is there now cannot be stored', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.whenSaving = ({ outcome }) => (outcome === 'running' ? failed('too-large', 'Too large.') : undefined);
    expect(await undo(world, closing)).toMatchObject({ outcome: 'failed', runs: [] });
    expect(world.rules).toEqual([]);
  });

  it('of an old one until it is confirmed', async () => {
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

describe('an undo that breaks off', () => {
  const TWO = [ingress('sgr-ssh'), ingress('sgr-rdp', { FromPort: 23, ToPort: 23 })];

  it('says so, leaves no RESOLVED finding behind, and can be asked for again', async () => {
    const { world, closing } = await closed({ rules: TWO }, [HIGH_RISK]);
    let started = 0;
    world.whenRunning = () =>
      ++started === 2 ? { kind: 'failed', code: 'UnauthorizedOperation', reason: 'Failed: access denied' } : undefined;
    const first = await undo(world, closing, [HIGH_RISK]);

    expect(first).toMatchObject({ outcome: 'partly-undone', runs: [{ end: 'effect-seen' }, { end: 'failed' }] });
    expect(first.reason).toContain('access denied');
    expect(world.updates.get(HIGH_RISK.id)?.workflow).toBe('NEW');
    expect(world.records.get(closing)).not.toHaveProperty('undoneBy');

    world.whenRunning = () => undefined;
    expect((await undo(world, closing, [])).outcome).toBe('undone');
    expect(world.rules).toHaveLength(2);
  });

  it('does not put back a second time what somebody has closed in between', async () => {
    const { world, closing } = await closed({ rules: TWO }, [HIGH_RISK]);
    let started = 0;
    world.whenRunning = () =>
      ++started === 2 ? { kind: 'failed', code: 'UnauthorizedOperation', reason: 'Failed: access denied' } : undefined;
    await undo(world, closing, [HIGH_RISK]);
    world.whenRunning = () => undefined;
    const [putBack] = world.rules;
    world.rules = [];
    await undo(world, closing, []);
    expect(world.rules.map(({ FromPort }) => FromPort)).not.toContain(putBack?.FromPort);
  });

  it('fails, and leaves the findings as they are, when not even the first call works', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.whenRunning = () => failed('access-denied', 'The runbook cannot be started.');
    const record = await undo(world, closing);
    expect(record).toMatchObject({ outcome: 'failed', runs: [] });
    expect(world.findings[0]?.workflow).toBe('RESOLVED');
    expect(world.events).toMatchObject([{ detailType: 'Remediation Failed' }]);
  });

  it('believes the rules, not the runbook', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.whenRunning = () => {
      world.change([ingress('sgr-back')]);
      return { kind: 'failed', reason: 'TimedOut' };
    };
    expect((await undo(world, closing)).outcome).toBe('undone');
  });

  it('cannot tell when the rules cannot be read back, and takes the finding for open', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.whenObserving = () => (world.runs.length > 0 ? failed('access-denied', 'Denied now.') : undefined);
    expect((await undo(world, closing)).outcome).toBe('could-not-tell');
    expect(world.findings[0]?.workflow).toBe('NOTIFIED');
  });

  it('tells the findings of the closing when something unexpected ends it', async () => {
    const { world, closing } = await closed({ rules: [OPEN] });
    world.whenObserving = () => {
      if (world.runs.length > 0) throw new TypeError('a bug');
      return undefined;
    };
    await expect(undo(world, closing, [])).rejects.toThrow('a bug');
    expect(world.findings[0]?.workflow).toBe('NOTIFIED');
    expect(world.requests).toEqual([]);
  });

  it('plans again when the rules change under it', async () => {
    const { world, closing } = await closed({ rules: TWO }, [HIGH_RISK]);
    let first = true;
    world.whenRunning = () => {
      if (!first) return undefined;
      first = false;
      // Somebody puts one back by hand between our look and the call.
      world.rules = [...world.rules, ingress('sgr-by-hand')];
      return { kind: 'failed', code: 'InvalidPermission.Duplicate', reason: 'Failed: duplicate' };
    };
    await undo(world, closing, []);
    expect(world.rules.map(({ FromPort }) => FromPort).sort()).toEqual([22, 23]);
  });
});

const RESOURCES: readonly (readonly [string, Resource, Finding])[] = [
  [
    'a group that keeps its web ports',
    {
      kind: 'security-group',
      id: TARGET.id,
      name: 'web',
      tags: [],
      prefixLists: {},
      rules: [
        ingress('sgr-1', { FromPort: 0, ToPort: 65535, Description: 'all', Tags: [{ Key: 'a', Value: '1' }] }),
        ingress('sgr-2', { FromPort: 20, ToPort: 25, CidrIpv6: '::/0' }),
        ingress('sgr-3', { IpProtocol: '-1', FromPort: -1, ToPort: -1 }),
        ingress('sgr-4', { CidrIpv4: '10.0.0.0/8', Description: 'office' }),
      ],
    },
    SSH,
  ],
  [
    'a default group',
    {
      kind: 'security-group',
      id: TARGET.id,
      name: 'default',
      tags: [],
      prefixLists: {},
      attachedInterfaceIds: [],
      rules: [
        ingress('sgr-1', { CidrIpv4: '10.0.0.0/8' }),
        ingress('sgr-2', { IsEgress: true, IpProtocol: '-1', FromPort: -1, ToPort: -1, Description: 'out' }),
      ],
    },
    { ...SSH, control: { id: 'EC2.2', parameters: [] } },
  ],
  [
    'a network ACL',
    {
      kind: 'network-acl',
      id: ACL.id,
      isDefault: false,
      tags: [],
      entries: [
        entry(100, { PortRange: { From: 0, To: 65535 } }),
        entry(200, { Protocol: '-1' }),
        entry(300, { Ipv6CidrBlock: '::/0', PortRange: { From: 22, To: 22 } }),
        entry(100, { Egress: true, Protocol: '-1' }),
        { ...entry(32767, { Protocol: '-1' }), RuleAction: 'deny' },
      ],
    },
    ON_ACL,
  ],
];

describe.each(RESOURCES)('%s', (_, resource, finding) => {
  it('is as it was before after close and undo', async () => {
    const { world, closing } = await closed(resource, [finding]);
    expect(world.records.get(closing)?.outcome).toBe('closed');
    expect(shape(world.resource)).not.toEqual(shape(resource));
    expect((await undo(world, closing, [finding])).outcome).toBe('undone');
    expect(shape(world.resource)).toEqual(shape(resource));
  });

  it('is as it was before after a closing that stopped anywhere, and its undo', async () => {
    const whole = await closed(resource, [finding]);
    const calls = whole.world.records.get(whole.closing)?.runs.length ?? 0;
    expect(calls).toBeGreaterThan(1);
    for (let stop = 0; stop < calls; stop++) {
      const world = new InMemoryWorld();
      world.resource = resource;
      world.findings = [finding];
      world.request([finding]);
      let started = 0;
      world.whenRunning = () =>
        started++ >= stop ? { kind: 'failed', code: 'UnauthorizedOperation', reason: 'Stopped.' } : undefined;
      const [closing = ''] = (await execute(world, finding.target)).remediationIds;
      expect(world.records.get(closing)).toMatchObject({ outcome: 'failed', runs: { length: stop + 1 } });
      expect(world.findings[0]?.workflow).toBe('NOTIFIED');

      world.whenRunning = () => undefined;
      await undo(world, closing, [finding]);
      expect(shape(world.resource)).toEqual(shape(resource));
    }
  });

  it('ends undone however often its undo breaks off', async () => {
    const whole = await closed(resource, [finding]);
    await undo(whole.world, whole.closing, [finding]);
    const calls = whole.world.runs.length;
    for (let stop = 0; stop < calls; stop++) {
      const { world, closing } = await closed(resource, [finding]);
      let started = 0;
      world.whenRunning = () =>
        started++ >= stop ? { kind: 'failed', code: 'UnauthorizedOperation', reason: 'Stopped.' } : undefined;
      const broken = await undo(world, closing, [finding]);
      expect(broken.outcome).toBe(stop === 0 ? 'failed' : 'partly-undone');
      const verdict = toVerdict({ kind: 'found', resource: world.resource }, finding.control ? [finding.control] : []);
      expect(world.findings[0]?.workflow === 'RESOLVED').toBe(verdict.kind === 'closed');

      world.whenRunning = () => undefined;
      await undo(world, closing, [finding]);
      expect(shape(world.resource)).toEqual(shape(resource));
    }
  });

  it('is changed by calls of its own kind only', async () => {
    const { world, closing } = await closed(resource, [finding]);
    const steps = world.records.get(closing)?.runs.map(({ step }) => step) ?? [];
    expect(steps.every((step) => isNetworkAclStep(step) === (resource.kind === 'network-acl'))).toBe(true);
  });
});
