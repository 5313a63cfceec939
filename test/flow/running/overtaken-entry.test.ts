import type { NetworkAclEntry } from '../../../src/core/network/network-acl';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import { remediate } from '../../../src/flow/remediation/remediate';
import { ACL, findingOn, InMemoryWorld, NONCE } from '../in-memory-ports';

const FINDING = findingOn(ACL, { control: { id: 'EC2.21', parameters: [] } });

const OPEN: NetworkAclEntry = {
  RuleNumber: 100,
  Egress: false,
  RuleAction: 'allow',
  Protocol: '-1',
  CidrBlock: '0.0.0.0/0',
};

/** Closes, while somebody writes into the entry as the first call of the closing is made. */
async function closeWhile(written: NetworkAclEntry): Promise<InMemoryWorld> {
  const world = new InMemoryWorld();
  world.entries = [OPEN];
  world.findings = [FINDING];
  world.request([FINDING]);
  world.whenRunning = () => {
    if (world.runs.length === 0) world.entries = [written];
    return undefined;
  };
  await remediate({ target: ACL, generation: 1, nonce: NONCE }, world.ports, DEFAULT_PLAN_POLICY);
  return world;
}

test('an entry that somebody narrowed while the others were created is left as it is', async () => {
  const narrowed = { ...OPEN, CidrBlock: '10.0.0.0/8' };
  const world = await closeWhile(narrowed);
  expect(world.entries).toContainEqual(narrowed);
  expect(world.updates.get(FINDING.id)).toMatchObject({ workflow: 'RESOLVED' });
});

test('an entry that somebody opened in another way is planned anew, and closed', async () => {
  const world = await closeWhile({ ...OPEN, Protocol: '6', PortRange: { From: 0, To: 1024 } });
  expect(world.entries.some(({ RuleAction, Protocol }) => RuleAction === 'allow' && Protocol === '-1')).toBe(false);
  const reached = world.entries.filter(({ PortRange }) => PortRange && PortRange.From <= 22 && PortRange.To >= 22);
  expect(reached).toEqual([]);
  expect(world.updates.get(FINDING.id)).toMatchObject({ workflow: 'RESOLVED' });
});
