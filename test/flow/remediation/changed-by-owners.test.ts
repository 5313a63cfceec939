import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import type { SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import { remediate } from '../../../src/flow/remediation/remediate';
import { failed, findingOn, ingress, InMemoryWorld, NONCE, TARGET } from '../in-memory-ports';

const SSH = findingOn(TARGET);
const THEIRS = ingress('sgr-theirs', { FromPort: 8443, ToPort: 8443 });

function worldWith(rules: readonly SecurityGroupRule[]): InMemoryWorld {
  const world = new InMemoryWorld();
  world.rules = rules;
  world.findings = [SSH];
  return world;
}

async function work(world: InMemoryWorld) {
  const generation = [...world.claims.values()][0]?.generation ?? 1;
  const input = { target: TARGET, generation, nonce: NONCE };
  const { remediationIds } = await remediate(input, world.ports, DEFAULT_PLAN_POLICY);
  return world.records.get(remediationIds.at(-1) ?? '');
}

function without(world: InMemoryWorld, rule: SecurityGroupRule): void {
  world.rules = world.rules.filter(({ SecurityGroupRuleId: id }) => id !== rule.SecurityGroupRuleId);
}

test.each<[string, readonly SecurityGroupRule[], (world: InMemoryWorld) => void]>([
  ['opens', [ingress('sgr-ssh')], (world) => (world.rules = [...world.rules, THEIRS])],
  ['closes', [ingress('sgr-ssh'), THEIRS], (world) => without(world, THEIRS)],
])('what an owner %s meanwhile holds no account where nothing ran', async (_, rules, change) => {
  const world = worldWith(rules);
  world.whenRunning = () => {
    change(world);
    return failed('access-denied', 'Denied.');
  };
  world.request([SSH]);
  expect(await work(world)).toMatchObject({ outcome: 'failed', runs: [] });
  expect(world.holds.size).toBe(0);
});

test.each([
  ['', false],
  [', of which an earlier version did not keep what SSM shows', true],
])('what an owner took away during a closing%s is not missed by its undo', async (_, isOld) => {
  const world = worldWith([ingress('sgr-ssh'), THEIRS]);
  world.afterRunning = () => {
    without(world, THEIRS);
  };
  world.request([SSH]);
  const closing = await work(world);
  expect(closing).toMatchObject({ outcome: 'closed' });
  if (isOld) {
    const kept = world.certificates.splice(0).map(({ parts, ...rest }) => ({
      ...rest,
      parts: { ...parts, runs: parts.runs.map(({ reported: _reported, ...run }) => run) },
    }));
    world.certificates.push(...kept);
  }
  world.requestUndo(closing?.remediationId ?? '', [SSH]);
  expect(await work(world)).toMatchObject({ action: 'undo', outcome: 'undone' });
  expect(world.holds.size).toBe(0);
});

test.each<[string, (world: InMemoryWorld) => void, string]>([
  ['opens', (world) => (world.rules = [...world.rules, THEIRS]), 'failed'],
  ['closes', (world) => (world.rules = world.rules.slice(1)), 'failed'],
])('what an owner %s meanwhile holds no account where nothing of an undo ran', async (_, change, outcome) => {
  const world = worldWith([ingress('sgr-a', { FromPort: 8000, ToPort: 8000 }), ingress('sgr-ssh')]);
  world.request([SSH]);
  const closing = await work(world);
  world.whenRunning = () => {
    change(world);
    return failed('access-denied', 'Denied.');
  };
  world.requestUndo(closing?.remediationId ?? '', [SSH]);
  expect(await work(world)).toMatchObject({ action: 'undo', outcome, runs: [] });
  expect(world.holds.size).toBe(0);
});

test('an owner who closes all by themselves, and more, holds no account where nothing ran', async () => {
  const world = worldWith([ingress('sgr-ssh'), THEIRS]);
  world.whenRunning = () => {
    world.rules = [];
    return failed('access-denied', 'Denied.');
  };
  world.request([SSH]);
  expect(await work(world)).toMatchObject({ outcome: 'already-closed', runs: [] });
  expect(world.holds.size).toBe(0);
});
