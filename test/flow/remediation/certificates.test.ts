import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import { remediate } from '../../../src/flow/remediation/remediate';
import { failed, findingOn, ingress, InMemoryWorld, NONCE, TARGET } from '../in-memory-ports';

const PARAMETERS = [{ Name: 'authorizedTcpPorts', Value: ['443'] }];
const EC2_18 = findingOn(TARGET, { id: 'finding-18', control: { id: 'EC2.18', parameters: PARAMETERS } });
const EC2_14 = findingOn(TARGET, { id: 'finding-14', control: { id: 'EC2.14', parameters: [] } });

function worldWith(rules = [ingress('sgr-ssh')]): InMemoryWorld {
  const world = new InMemoryWorld();
  world.rules = rules;
  world.findings = [EC2_18, EC2_14];
  world.request([EC2_18]);
  return world;
}

function run(world: InMemoryWorld) {
  return remediate({ target: TARGET, generation: 1, nonce: NONCE }, world.ports, DEFAULT_PLAN_POLICY);
}

function onlyCertificate(world: InMemoryWorld) {
  expect(world.certificates).toHaveLength(1);
  const [certificate] = world.certificates;
  if (certificate === undefined) throw new Error('no certificate');
  return certificate;
}

test('a closing is certified with its controls and their parameters, its plan, its runs, and both states', async () => {
  const world = worldWith();
  await run(world);
  const { remediationId, parts } = onlyCertificate(world);
  const [record] = world.records.values();
  expect(remediationId).toBe(record?.remediationId);
  expect(parts).toMatchObject({
    target: TARGET,
    controls: [{ id: 'EC2.18', parameters: PARAMETERS }],
    decision: { action: 'close', trigger: 'custom-action', decidedBy: 'custom action "Close ingress"' },
    before: { kind: 'security-group', rules: [ingress('sgr-ssh')] },
    beforeLatestPlan: null,
    plan: { steps: record?.plan?.steps },
    runs: [{ executionId: 'execution-1', end: 'effect-seen', step: record?.runs[0]?.step }],
    after: { kind: 'security-group', rules: [] },
    outcome: { outcome: 'closed', reason: record?.reason },
    times: { startedAt: record?.startedAt, finishedAt: record?.finishedAt },
  });
});

test('certificates have the texts of a plan and not their codes, as every version that verifies them knows', async () => {
  const world = worldWith();
  await run(world);
  const { plan } = onlyCertificate(world).parts;
  const [record] = world.records.values();
  expect(record?.plan?.violations[0]?.reasons).toMatchObject([{ code: 'open-ports' }]);
  expect(plan?.violations).toEqual(record?.plan?.violations.map(({ reasons: _, ...violation }) => violation));
  expect(Object.keys(plan ?? {}).sort()).toEqual(['ask', 'remarks', 'steps', 'violations']);
});

test('a finding that was resolved along with it has its control beside it, and is not what the plan was made for', async () => {
  const world = worldWith();
  await run(world);
  const { findings, controls } = onlyCertificate(world).parts;
  expect(findings).toEqual([
    { id: 'finding-18', productArn: EC2_18.productArn, control: EC2_18.control },
    { id: 'finding-14', productArn: EC2_14.productArn, control: EC2_14.control, alongside: true },
  ]);
  expect(controls).toEqual([EC2_18.control]);
});

test('what was closed already is certified with what was read', async () => {
  const world = worldWith([ingress('sgr-web', { FromPort: 443, ToPort: 443 })]);
  await run(world);
  expect(onlyCertificate(world).parts).toMatchObject({
    before: null,
    plan: null,
    runs: [],
    after: { rules: [{ FromPort: 443 }] },
    outcome: { outcome: 'already-closed' },
  });
});

test('what failed is certified with what is still there', async () => {
  const world = worldWith();
  world.whenRunning = () => ({ kind: 'failed', code: 'UnauthorizedOperation', reason: 'Denied.' });
  await run(world);
  expect(onlyCertificate(world).parts).toMatchObject({
    after: { rules: [ingress('sgr-ssh')] },
    outcome: { outcome: 'failed' },
  });
});

test('an undo is certified with its own plan, and says what it takes back', async () => {
  const world = worldWith();
  await run(world);
  const [closing] = world.records.values();
  world.requestUndo(closing?.remediationId ?? '', [EC2_18]);
  await remediate({ target: TARGET, generation: 2, nonce: NONCE }, world.ports, DEFAULT_PLAN_POLICY);
  expect(world.certificates.map(({ parts }) => parts.outcome.outcome)).toEqual(['closed', 'undone']);
  expect(world.certificates[1]?.parts).toMatchObject({
    decision: { action: 'undo', undoes: closing?.remediationId },
    before: { rules: [] },
    plan: { steps: [{ call: 'AuthorizeSecurityGroupIngress' }], violations: [] },
    runs: [{ step: { call: 'AuthorizeSecurityGroupIngress' } }],
    after: { rules: [{ FromPort: 22 }] },
  });
});

test('a preview leaves none', async () => {
  const world = new InMemoryWorld();
  world.rules = [ingress('sgr-ssh')];
  world.findings = [EC2_18];
  world.requestPreview([EC2_18]);
  await run(world);
  expect(world.records.size).toBe(1);
  expect(world.certificates).toEqual([]);
});

test('without a certificate nothing is RESOLVED: closed it may be, but nobody could prove it', async () => {
  const world = worldWith();
  world.whenCertifying = () => failed('invalid', 'The latest certificate is not what was written.');
  await expect(run(world)).rejects.toThrow('The latest certificate is not what was written.');
  expect(world.rules).toEqual([]);
  expect(world.updates.get('finding-18')).toMatchObject({ workflow: 'NOTIFIED' });
  const [record] = world.records.values();
  expect(record).toMatchObject({ outcome: 'could-not-tell', reason: expect.stringContaining('latest certificate') });
});

test('a certificate is there before the record says that it is over', async () => {
  const world = worldWith();
  const certified: number[] = [];
  world.whenSaving = (record) => {
    if (record.finishedAt !== undefined) certified.push(world.certificates.length);
    return undefined;
  };
  await run(world);
  expect(certified).toEqual([1]);
});
