import { known } from '../../../src/core/context/fact';
import type { Used } from '../../../src/core/context/context';
import { observeUse } from '../../../src/flow/running/observe-use';
import { toContext } from '../../../src/core/context/to-context';
import { planClosing } from '../../../src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import type { Policy } from '../../../src/core/policy/policy-entry';
import { ingress, InMemoryWorld, TARGET } from '../in-memory-ports';

const window = { from: '2026-02-01T00:00:00Z', to: '2026-03-01T00:00:00Z' };
const asked = { queryId: 'q', window, gaps: [] };
const none: Used = { ...window, answer: 'none-seen', flows: 0, sources: 0, bytes: 0, peers: [], rejected: 0 };

async function use(world: InMemoryWorld, policy: Pick<Policy, 'flowLogs'> = { flowLogs: { days: 30, gigabytes: 10 } }) {
  world.rules = [ingress('sgr-1')];
  const { resource } = world;
  const plan = planClosing({
    resource,
    controls: [{ id: 'EC2.13', parameters: [] }],
    policy: DEFAULT_PLAN_POLICY,
    account: TARGET.account,
  });
  const context = toContext(TARGET, resource, plan, world.surroundings);
  const about = { target: TARGET, remediationId: 'rem-1', resource, plan, context };
  return (await observeUse(about, policy, world.ports)).used;
}

test('the answer of the query is waited for, and no longer than two minutes', async () => {
  const world = new InMemoryWorld();
  world.asked = { asked };
  world.usedAnswers.push(undefined, undefined, known(none));
  expect(await use(world)).toEqual(known(none));
  expect(world.steps).toEqual(['ask flow logs', 'read flow logs 0', 'read flow logs 1', 'read flow logs 2']);
  const slow = new InMemoryWorld();
  slow.asked = { asked };
  expect(await use(slow)).toEqual({
    known: false,
    reason: 'cannot tell: flow logs were not searched through within 120 seconds',
  });
});

test('where there is nothing to ask, it costs one step', async () => {
  const world = new InMemoryWorld();
  world.asked = { cannotTell: 'cannot tell: flow logs are in S3' };
  expect(await use(world)).toEqual({ known: false, reason: 'cannot tell: flow logs are in S3' });
  expect(world.steps).toEqual(['ask flow logs']);
});

test('without flowLogs in the configuration, it costs nothing', async () => {
  const world = new InMemoryWorld();
  expect(await use(world, {})).toEqual({ known: false, reason: 'portcullis.yaml names no flowLogs' });
  expect(world.steps).toEqual([]);
});
