import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import type { Policy } from '../../../src/core/policy/policy-entry';
import type { ControlId, ControlParameter } from '../../../src/core/controls/control-id';
import { remediate } from '../../../src/flow/remediation/remediate';
import { onlyRecord } from '../close-world';
import { findingOn, ingress, InMemoryWorld, NONCE, TARGET } from '../in-memory-ports';

const OWN = 'arn:aws:securityhub:eu-central-1:222222222222:product/222222222222/default';
const WEB = ingress('sgr-web', { FromPort: 443, ToPort: 443 });

/** Somebody who may import findings of the account says that nothing may be public. */
function forged(id: ControlId, parameters: readonly ControlParameter[]) {
  return findingOn(TARGET, { productArn: OWN, control: { id, parameters } });
}

const NOTHING = [{ Name: 'authorizedTcpPorts', Value: [] }];
const BASELINE: Policy = { ...DEFAULT_PLAN_POLICY, baseline: { tcp: [{ from: 22, to: 22 }], udp: [] } };

async function close(finding: ReturnType<typeof forged>, trigger: 'automatic' | 'custom-action', policy: Policy) {
  const world = new InMemoryWorld();
  world.rules = [WEB, ingress('sgr-ssh')];
  world.findings = [finding];
  world.request([finding], { trigger });
  return { world, end: () => remediate({ target: TARGET, generation: 1, nonce: NONCE }, world.ports, policy) };
}

const openPorts = (world: InMemoryWorld) => world.rules.map(({ FromPort }) => FromPort);

test("EC2.18 of the account's own product is closed by itself to the ports that its Security Hub authorizes", async () => {
  const { world, end } = await close(forged('EC2.18', NOTHING), 'automatic', DEFAULT_PLAN_POLICY);
  world.authorized = [{ Name: 'authorizedTcpPorts', Value: ['443'] }];
  await end();
  expect(openPorts(world)).toEqual([443]);
  expect(onlyRecord(world).findings[0]?.parameters).toEqual(world.authorized);
});

test('as long as those cannot be read, nothing is closed by itself, and the finding says why', async () => {
  const { world, end } = await close(forged('EC2.18', NOTHING), 'automatic', DEFAULT_PLAN_POLICY);
  world.whenReadingParameters = () => ({ code: 'access-denied', retryable: false, cause: 'No such permission.' });
  await end();
  expect(openPorts(world)).toEqual([443, 22]);
  expect(onlyRecord(world)).toMatchObject({
    outcome: 'could-not-tell',
    reasons: [{ code: 'service-failed', cause: 'No such permission.' }],
  });
});

test('the baseline is closed by itself by the ports of the configuration, whatever its finding says', async () => {
  const finding = forged('baseline', [{ Name: 'forbiddenTcpPorts', Value: ['443'] }]);
  const { world, end } = await close(finding, 'automatic', BASELINE);
  await end();
  expect(openPorts(world)).toEqual([443]);
});

test('where the configuration has no baseline any more, a finding of one asks', async () => {
  const finding = forged('baseline', [{ Name: 'forbiddenTcpPorts', Value: ['443'] }]);
  const { world, end } = await close(finding, 'automatic', DEFAULT_PLAN_POLICY);
  await end();
  expect(openPorts(world)).toEqual([443, 22]);
});

test('a person has it closed by what the finding says', async () => {
  const { world, end } = await close(forged('EC2.18', NOTHING), 'custom-action', DEFAULT_PLAN_POLICY);
  world.authorized = [{ Name: 'authorizedTcpPorts', Value: ['443'] }];
  await end();
  expect(openPorts(world)).toEqual([]);
});
