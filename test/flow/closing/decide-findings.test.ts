import type { RemediationRecord } from '../../../src/core/ledger/remediation-record';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import type { Policy } from '../../../src/core/policy/policy-entry';
import { BY_SILENCE } from '../../../src/core/questions/question';
import { success } from '../../../src/core/result';
import { remediate } from '../../../src/flow/remediation/remediate';
import { HIGH_RISK, onlyRecord, SSH } from '../close-world';
import { failed, ingress, InMemoryWorld, NONCE, TARGET } from '../in-memory-ports';

/** Auto when nothing is attached, else ask. */
const UNATTACHED: Policy = {
  ...DEFAULT_PLAN_POLICY,
  decisions: [
    { name: 'unattached', when: { attachedTo: ['nothing'] }, do: 'auto' },
    { name: 'the rest', do: 'ask' },
  ],
};

/** Findings that nobody chose. */
function worldWith(rules = [ingress('sgr-ssh')], findings = [SSH]): InMemoryWorld {
  const world = new InMemoryWorld();
  world.rules = rules;
  world.findings = findings;
  world.request(findings, { trigger: 'automatic', decidedBy: 'policy' });
  return world;
}

async function decided(world: InMemoryWorld, policy: Policy): Promise<RemediationRecord> {
  await remediate({ target: TARGET, generation: 1, nonce: NONCE }, world.ports, policy);
  return onlyRecord(world);
}

const attachedToNothing = (world: InMemoryWorld) => {
  world.surroundings = { ...world.surroundings, interfaces: success({ seen: [], more: false }) };
  return world;
};
const looks = ({ steps }: InMemoryWorld) => steps.filter((name) => name.startsWith('observe'));

test('a fact that the entry asks for decides, and the target is read once before it is closed', async () => {
  const world = attachedToNothing(worldWith());
  const record = await decided(world, UNATTACHED);
  expect(record).toMatchObject({ outcome: 'closed', decision: { mode: 'auto', entry: 'policy entry "unattached"' } });
  expect(record.context?.attached).toMatchObject({ known: true, value: { count: 0 } });
  expect(looks(world)).toEqual(['observe decision.0', 'observe 1.0']);
});

test('a fact that could not be read asks, and the reason says which and why', async () => {
  const world = worldWith();
  const record = await decided(world, UNATTACHED);
  expect(record).toMatchObject({ outcome: 'asked', decision: { mode: 'ask', entry: 'policy entry "unattached"' } });
  expect(record.reasons).toMatchObject([{ code: 'entry-needs-unknown', missing: ['what is attached: not read here'] }]);
  expect(world.runs).toEqual([]);
  expect(looks(world)).toEqual(['observe decision.0']);
});

test('what is decided by the finding alone reads nothing of the target first', async () => {
  const world = worldWith();
  world.whenObserving = () => failed('access-denied', 'denied');
  await remediate({ target: TARGET, generation: 1, nonce: NONCE }, world.ports, {
    ...DEFAULT_PLAN_POLICY,
    decisions: [
      { when: { severities: ['HIGH'] }, do: 'ignore' },
      { when: { attachedTo: ['nothing'] }, do: 'auto' },
    ],
  });
  expect(looks(world)).toEqual([]);
  expect(world.records.size).toBe(0);
});

test('a read that shows the target closed, as a stale one may, is re-checked before anything is decided', async () => {
  const world = attachedToNothing(worldWith([]));
  world.change([ingress('sgr-ssh')]);
  world.staleReads = 1;
  expect(await decided(world, UNATTACHED)).toMatchObject({ outcome: 'closed', decision: { mode: 'auto' } });
});

test('what is closed already is said to be, and no entry or guard is named for it', async () => {
  const world = worldWith([]);
  const record = await decided(world, { ...UNATTACHED, guards: {} });
  expect(record).toMatchObject({ outcome: 'already-closed', decidedBy: 'policy' });
  expect(record).not.toHaveProperty('decision');
});

describe('the last way in', () => {
  const behindAnInstance = (world: InMemoryWorld, agents: readonly string[] = []) => {
    const instance = { id: 'i-1', state: 'running', tags: [] };
    const seen = [
      {
        id: 'eni-1',
        vpcId: 'vpc-1',
        subnetId: 'subnet-1',
        owner: TARGET.account,
        type: 'interface',
        description: '',
        instanceId: 'i-1',
        publicIpv4: [],
        ipv6: [],
        privateIps: [],
      },
    ];
    world.surroundings = {
      ...world.surroundings,
      interfaces: success({ seen, more: false }),
      instances: success([instance]),
      agents: success(agents),
    };
    return world;
  };
  const GUARDED: Policy = { ...DEFAULT_PLAN_POLICY, guards: {} };

  test('asks about what is automatic', async () => {
    const world = behindAnInstance(worldWith());
    const record = await decided(world, GUARDED);
    expect(record).toMatchObject({ outcome: 'asked', decidedBy: 'guard lastWayIn', decision: { mode: 'ask' } });
    expect(record.reasons).toEqual([
      { code: 'last-way-in', evidence: ['no agent of Systems Manager is online on i-1, and no rule stays'] },
      { code: 'closed-when-chosen-again' },
    ]);
    expect(world.runs).toEqual([]);
  });

  test('asks nobody where Session Manager is one', async () => {
    expect(await decided(behindAnInstance(worldWith(), ['i-1']), GUARDED)).toMatchObject({ outcome: 'closed' });
  });

  test('asks where it could not be read, and closes for a person all the same', async () => {
    expect(await decided(worldWith(), GUARDED)).toMatchObject({ outcome: 'asked', decidedBy: 'guard lastWayIn' });
    const chosen = new InMemoryWorld();
    chosen.rules = [ingress('sgr-ssh')];
    chosen.findings = [SSH];
    chosen.request([SSH]);
    expect(await decided(chosen, GUARDED)).toMatchObject({ outcome: 'closed' });
  });
});

describe('silence', () => {
  const CLOSES = { within: '24h', onSilence: 'close' } as const;

  test('closes nothing where it is not known that the entry is the one that matches', async () => {
    const decisions: Policy['decisions'] = [
      { when: { used: ['none-seen'] }, do: 'ask', ask: CLOSES },
      { do: 'notify' },
    ];
    const record = await decided(worldWith(), { ...DEFAULT_PLAN_POLICY, decisions });
    expect(record).toMatchObject({ outcome: 'asked', question: { onSilence: 'leave' } });
    const asked = await decided(worldWith(), { ...DEFAULT_PLAN_POLICY, decisions: [{ do: 'ask', ask: CLOSES }] });
    expect(asked).toMatchObject({ outcome: 'asked', question: { onSilence: 'close' } });
  });

  test('is nobody who could override a guard', async () => {
    const world = new InMemoryWorld();
    world.rules = [ingress('sgr-ssh')];
    world.findings = [SSH];
    const answers = {
      questionId: 'q-0123456789abcdef',
      answer: 'close' as const,
      by: BY_SILENCE,
      at: '2026-11-29T00:00:00Z',
      asked: 'rem-0123456789abcdef',
    };
    world.request([SSH], { answers });
    const record = await decided(world, { ...DEFAULT_PLAN_POLICY, guards: {} });
    expect(record).toMatchObject({ outcome: 'asked', decision: { entry: 'guard lastWayIn' } });
    expect(world.runs).toEqual([]);
  });
});

test('findings of one target that are decided differently share one look at it', async () => {
  const world = attachedToNothing(worldWith([ingress('sgr-ssh')], [SSH, HIGH_RISK]));
  await remediate({ target: TARGET, generation: 1, nonce: NONCE }, world.ports, {
    ...DEFAULT_PLAN_POLICY,
    decisions: [
      { when: { controls: ['EC2.19'], attachedTo: ['nothing'] }, do: 'notify' },
      { when: { attachedTo: ['nothing'] }, do: 'auto' },
    ],
  });
  expect(looks(world).filter((name) => name === 'observe decision.0')).toHaveLength(1);
});
