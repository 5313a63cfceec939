import type { Finding } from '../../../src/core/findings/finding';
import { isNetworkAclStep } from '../../../src/core/planning/network-acls/is-network-acl-step';
import type { Resource } from '../../../src/core/resource';
import { toVerdict } from '../../../src/core/verification/to-verdict';
import { ACL, entry, InMemoryWorld, ingress, TARGET } from '../in-memory-ports';
import { closed, execute, ON_ACL, shape, SSH, undo } from '../undo-world';

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
  test('is as it was before after close and undo', async () => {
    const { world, closing } = await closed(resource, [finding]);
    expect(world.records.get(closing)?.outcome).toBe('closed');
    expect(shape(world.resource)).not.toEqual(shape(resource));
    expect((await undo(world, closing, [finding])).outcome).toBe('undone');
    expect(shape(world.resource)).toEqual(shape(resource));
  });

  test('is as it was before after a closing that stopped anywhere, and its undo', async () => {
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

  test('ends undone however often its undo breaks off', async () => {
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

  test('is changed by calls of its own kind only', async () => {
    const { world, closing } = await closed(resource, [finding]);
    const steps = world.records.get(closing)?.runs.map(({ step }) => step) ?? [];
    expect(steps.every((step) => isNetworkAclStep(step) === (resource.kind === 'network-acl'))).toBe(true);
  });
});
