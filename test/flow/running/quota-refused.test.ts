import type { NetworkAclEntry } from '../../../src/core/network/network-acl';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import { remediate } from '../../../src/flow/remediation/remediate';
import { isViolating } from '../../oracle/network-acl';
import { onlyRecord, run, SSH, worldWith } from '../close-world';
import { ACL, findingOn, ingress, InMemoryWorld, NONCE } from '../in-memory-ports';

const FINDING = findingOn(ACL, { control: { id: 'EC2.21', parameters: [] } });

const OPEN: NetworkAclEntry = { RuleNumber: 100, Egress: false, RuleAction: 'allow', Protocol: '-1' };

const BOTH_FAMILIES = [
  { ...OPEN, CidrBlock: '0.0.0.0/0' },
  { ...OPEN, RuleNumber: 101, Ipv6CidrBlock: '::/0' },
];

/** Closes a network ACL in an account where EC2 takes no more than so many inbound entries, whatever their family. */
async function closeWithin(most: number): Promise<InMemoryWorld> {
  const world = new InMemoryWorld();
  world.entries = BOTH_FAMILIES;
  world.findings = [FINDING];
  world.request([FINDING]);
  world.whenRunning = ({ step }) =>
    step.call === 'CreateNetworkAclEntry' && world.entries.length >= most
      ? { kind: 'failed', code: 'NetworkAclEntryLimitExceeded', reason: 'Failed: NetworkAclEntryLimitExceeded' }
      : undefined;
  await remediate({ target: ACL, generation: 1, nonce: NONCE }, world.ports, DEFAULT_PLAN_POLICY);
  return world;
}

describe('EC2 refuses an entry that the plan had counted on', () => {
  test('what the policy keeps is given up, the note says so, and it is closed', async () => {
    const world = await closeWithin(18);
    expect(world.entries.filter(isViolating)).toEqual([]);
    expect(world.updates.get(FINDING.id)?.workflow).toBe('RESOLVED');
    expect(world.updates.get(FINDING.id)?.note).toContain(
      'Given up for want of room, as policy.keepProtocols lists them last: protocol 51 from ::/0, protocol 47 from ::/0.',
    );
    expect(onlyRecord(world).runs.map(({ end }) => end)).toContain('failed');
  });

  test('without what the policy keeps it does not fit either: a person is asked, and nothing is lost', async () => {
    const world = await closeWithin(12);
    expect(world.entries).toEqual(expect.arrayContaining([BOTH_FAMILIES[1]]));
    expect(world.updates.get(FINDING.id)).toMatchObject({ workflow: 'NOTIFIED' });
    const { note = '' } = world.updates.get(FINDING.id) ?? {};
    expect(note).toContain('Portcullis needs a decision; until then it stays open.');
    expect(note).toContain('EC2 refuses more than the 12 entries that the network ACL holds inbound; remove entries');
    expect(onlyRecord(world).outcome).toBe('asked');
  });
});

test('EC2 refuses a rule that the plan had counted on: a person is asked, and the old rule stays', async () => {
  const world = worldWith([ingress('sgr-all', { FromPort: 0, ToPort: 65535 })]);
  world.whenRunning = ({ step }) =>
    step.call === 'AuthorizeSecurityGroupIngress'
      ? { kind: 'failed', code: 'RulesPerSecurityGroupLimitExceeded', reason: 'Failed: RulesPerSecurityGroup…' }
      : undefined;
  await run(world);
  expect(world.rules).toMatchObject([{ SecurityGroupRuleId: 'sgr-all' }]);
  expect(onlyRecord(world).outcome).toBe('asked');
  expect(world.updates.get(SSH.id)?.note).toContain('Set policy.ruleQuota');
});
