import type { SecurityGroup } from '../../../src/core/network/security-group-rule';
import { onlyRecord, run, SSH, worldWith } from '../close-world';
import { ingress, TARGET } from '../in-memory-ports';

const EMPTY_IT = { ...SSH, control: { id: 'EC2.2' as const, parameters: [] } };

const EVERYTHING = { IpProtocol: '-1', FromPort: -1, ToPort: -1 };

const DEFAULT_GROUP: SecurityGroup = {
  kind: 'security-group',
  id: TARGET.id,
  name: 'default',
  tags: [],
  prefixLists: {},
  rules: [
    ingress('sgr-in', { ...EVERYTHING, CidrIpv4: '10.0.0.0/8' }),
    ingress('sgr-out', { ...EVERYTHING, IsEgress: true }),
  ],
};

function worldOf(group: SecurityGroup) {
  const world = worldWith([], [EMPTY_IT]);
  world.resource = group;
  return world;
}

describe('a default group (EC2.2)', () => {
  test('is left to a person when something uses it: nothing runs, and the finding says what', async () => {
    const world = worldOf({ ...DEFAULT_GROUP, attachedInterfaceIds: ['eni-1'] });
    await run(world);
    expect(world.runs).toEqual([]);
    expect(world.resource).toMatchObject({ rules: DEFAULT_GROUP.rules });
    expect(onlyRecord(world)).toMatchObject({ outcome: 'asked', runs: [] });
    expect(world.updates.get(EMPTY_IT.id)?.workflow).toBe('NOTIFIED');
    expect(world.updates.get(EMPTY_IT.id)?.note).toContain('eni-1');
    expect(world.events.map(({ detailType }) => detailType)).toEqual(['Decision Needed']);
  });

  test('is emptied, ingress before egress, when nothing uses it', async () => {
    const world = worldOf({ ...DEFAULT_GROUP, attachedInterfaceIds: [] });
    await run(world);
    expect(world.runs.map(({ step }) => step.call)).toEqual([
      'RevokeSecurityGroupIngress',
      'RevokeSecurityGroupEgress',
    ]);
    expect(world.updates.get(EMPTY_IT.id)?.workflow).toBe('RESOLVED');
  });
});
