import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import type { SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import type { RunbookReport } from '../../../src/flow/ports';
import { remediate } from '../../../src/flow/remediation/remediate';
import { ACL, entry, failed, findingOn, ingress, InMemoryWorld, NONCE, TARGET } from '../in-memory-ports';

const SSH = findingOn(TARGET);
const RDP = findingOn(TARGET, { id: 'finding-rdp', control: { id: 'EC2.14', parameters: [] } });
const OPENED = ingress('sgr-other', { FromPort: 8443, ToPort: 8443 });

function worldWith(rules: readonly SecurityGroupRule[] = [ingress('sgr-ssh')]): InMemoryWorld {
  const world = new InMemoryWorld();
  world.rules = rules;
  world.findings = [SSH];
  return world;
}

async function close(world: InMemoryWorld, target = TARGET) {
  const generation = [...world.claims.values()][0]?.generation ?? 1;
  const { remediationIds } = await remediate({ target, generation, nonce: NONCE }, world.ports, DEFAULT_PLAN_POLICY);
  return remediationIds.map((id) => world.records.get(id));
}

/** While the runbook works, a rule appears. */
function openMeanwhile(world: InMemoryWorld): void {
  world.afterRunning = () => {
    if (!world.rules.includes(OPENED)) world.rules = [...world.rules, OPENED];
  };
}

const DID_MORE: RunbookReport = {
  kind: 'known',
  calls: [
    { call: 'AuthorizeSecurityGroupIngress', rules: [OPENED] },
    { call: 'RevokeSecurityGroupIngress', rules: [ingress('sgr-ssh')] },
  ],
};

describe('a rule that appears while a runbook works', () => {
  test('is somebody else’s where SSM shows the planned call alone: closed, and the certificate says how it is known', async () => {
    const world = worldWith();
    openMeanwhile(world);
    world.request([SSH]);
    const [record] = await close(world);
    expect(record).toMatchObject({ outcome: 'closed' });
    expect(world.updates.get(SSH.id)).toMatchObject({ workflow: 'RESOLVED' });
    expect(world.holds.size).toBe(0);
    expect(world.certificates[0]?.parts.runs).toMatchObject([{ reported: [{ call: 'RevokeSecurityGroupIngress' }] }]);
  });

  test.each<[string, RunbookReport]>([
    ['the runbook’s, where SSM shows another call', DID_MORE],
    ['nobody can tell whose, where SSM does not show all', { kind: 'unknown', reason: 'a script' }],
    ['nobody can tell whose, where the run does not come to its end', { kind: 'running', reason: 'InProgress' }],
  ])('is %s: NOTIFIED with the rule, an alarm, an event, and the account is held', async (_, report) => {
    const world = worldWith();
    openMeanwhile(world);
    world.whenReporting = () => report;
    world.request([SSH]);
    const [record] = await close(world);
    expect(record).toMatchObject({ outcome: 'not-verified' });
    const { workflow, note, userDefinedFields } = world.updates.get(SSH.id) ?? {};
    expect(workflow).toBe('NOTIFIED');
    expect(userDefinedFields).toMatchObject({ PortcullisOutcome: 'not-verified' });
    expect(note).toContain('There, and in no plan: ingress tcp 8443 from 0.0.0.0/0 (sgr-other).');
    expect(world.metrics).toContain('RemediationsNotVerified');
    expect(world.events.map(({ detailType }) => detailType)).toEqual(['Verification Failed']);
    expect(world.holds.get(TARGET.account)).toMatchObject({ remediationId: record?.remediationId });
  });

  test('is nobody can tell whose, where SSM gave no execution id', async () => {
    const world = worldWith();
    openMeanwhile(world);
    world.whenRunning = (run) => {
      world.whenRunning = () => undefined;
      world.carryOut(run);
      world.afterRunning(run);
      return failed('conflict', 'The token was used.');
    };
    world.request([SSH]);
    const [record] = await close(world);
    expect(record).toMatchObject({ outcome: 'not-verified' });
  });
});

test('a rule that a runbook adds and a later plan takes away again is reported all the same', async () => {
  const world = worldWith([ingress('sgr-wide', { FromPort: 0, ToPort: 1024 })]);
  const everything = ingress('sgr-all', { IpProtocol: '-1' });
  world.afterRunning = ({ step }) => {
    if (step.call.startsWith('Authorize')) world.rules = [...world.rules, everything];
  };
  world.whenReporting = () => DID_MORE;
  world.request([SSH]);
  const [record] = await close(world);
  expect(record).toMatchObject({ outcome: 'not-verified' });
});

test('what nobody asked for is not resolved along with a closing that is not verified', async () => {
  const world = worldWith();
  world.findings = [SSH, RDP];
  openMeanwhile(world);
  world.whenReporting = () => DID_MORE;
  world.request([SSH]);
  await close(world);
  expect(world.updates.get(RDP.id)).toBeUndefined();
});

test('an undo that is not verified leaves no finding RESOLVED, and none NEW', async () => {
  const world = worldWith();
  world.request([SSH]);
  const [closing] = await close(world);
  world.updates.clear();
  openMeanwhile(world);
  world.whenReporting = () => DID_MORE;
  world.requestUndo(closing?.remediationId ?? '', [SSH]);
  const [undo] = await close(world);
  expect(undo).toMatchObject({ action: 'undo', outcome: 'not-verified' });
  expect(world.updates.get(SSH.id)).toMatchObject({ workflow: 'NOTIFIED' });
});

test('a certificate before it that was tampered with keeps the next one from being said', async () => {
  const world = worldWith();
  world.request([SSH]);
  await close(world);
  const { fetchChainEnd } = world.ports.ledger;
  world.ports.ledger.fetchChainEnd = async (...of) => {
    const chain = await fetchChainEnd(...of);
    return chain.ok ? { ...chain, value: chain.value.map((each) => ({ ...(each as object), sequence: 7 })) } : chain;
  };
  world.request([SSH]);
  const [record] = await close(world);
  expect(record).toMatchObject({ outcome: 'not-verified' });
  expect(record?.reason).toContain('hash');
});

describe('while an account is held', () => {
  const held = (): InMemoryWorld => {
    const world = worldWith();
    const hold = { account: TARGET.account, remediationId: 'rem-0000000000000001', reason: 'tcp 3389' };
    world.holds.set(TARGET.account, { ...hold, since: '2026-02-28T12:00:00.000Z' });
    return world;
  };

  test('what nobody chose asks, and says how to release it', async () => {
    const world = held();
    world.request([SSH], { trigger: 'automatic' });
    const [record] = await close(world);
    expect(record).toMatchObject({ outcome: 'asked', runs: [] });
    expect(world.updates.get(SSH.id)?.note).toContain(`portcullis brake release --account ${TARGET.account}`);
  });

  test('what a person chose is closed, beside what asks', async () => {
    const world = held();
    world.findings = [SSH, RDP];
    world.rules = [ingress('sgr-ssh'), ingress('sgr-rdp', { FromPort: 3389, ToPort: 3389 })];
    world.request([SSH]);
    world.request([RDP], { trigger: 'automatic' });
    await close(world);
    expect(world.updates.get(SSH.id)).toMatchObject({ workflow: 'RESOLVED' });
    expect(world.updates.get(RDP.id)).toMatchObject({ workflow: 'NOTIFIED' });
    expect(world.rules.map(({ FromPort }) => FromPort)).toEqual([3389]);
  });

  test('or nobody can tell whether it is, what nobody chose asks', async () => {
    const world = worldWith();
    world.whenHolding = () => failed('access-denied', 'Denied.');
    world.request([SSH], { trigger: 'automatic' });
    expect(await close(world)).toMatchObject([
      { outcome: 'asked', reasons: [{ code: 'service-failed', cause: 'Denied.' }] },
    ]);
  });
});

test('an account that cannot be held is said, and nothing is called closed', async () => {
  const world = worldWith();
  openMeanwhile(world);
  world.whenReporting = () => DID_MORE;
  world.whenHolding = () => failed('access-denied', 'Denied.');
  world.request([SSH]);
  const [record] = await close(world);
  expect(record).toMatchObject({ outcome: 'not-verified' });
  expect(record?.reasons).toMatchObject([{ code: 'not-verified' }, { code: 'account-not-held', cause: 'Denied.' }]);
});

test('an entry of a network ACL that appears in the middle is reported as well', async () => {
  const world = new InMemoryWorld();
  const finding = findingOn(ACL, { control: { id: 'EC2.21', parameters: [] } });
  world.entries = [entry(100, { PortRange: { From: 22, To: 22 } })];
  world.findings = [finding];
  world.afterRunning = () => {
    if (world.entries.some(({ RuleNumber }) => RuleNumber === 50)) return;
    world.entries = [...world.entries, entry(50, { Protocol: '17', PortRange: { From: 161, To: 161 } })];
  };
  world.whenReporting = () => ({ kind: 'unknown', reason: 'a script' });
  world.request([finding]);
  const [record] = await close(world, ACL);
  expect(record).toMatchObject({ outcome: 'not-verified' });
  expect(record?.reasons).toMatchObject([
    { code: 'not-verified', added: [expect.stringContaining('ingress entry 50 allow udp 161 from 0.0.0.0/0')] },
  ]);
});
