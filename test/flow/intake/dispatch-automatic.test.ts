import type { Finding } from '../../../src/core/findings/finding';
import { dispatch } from '../../../src/flow/intake/dispatch';
import { ACTIONS, imported, pressed } from '../events';
import { findingOn, InMemoryWorld, TARGET } from '../in-memory-ports';

const SSH = findingOn(TARGET);

function worldWith(...findings: Finding[]): InMemoryWorld {
  const world = new InMemoryWorld();
  world.findings = findings;
  return world;
}

const receive = (world: InMemoryWorld, body: string) =>
  dispatch([{ id: 'message-1', body, deliveries: 1 }], world.ports, {
    actionArns: ACTIONS,
    automaticControls: ['EC2.13', 'EC2.18'],
  });

describe('automatic closing', () => {
  test('starts for a new, failed finding of a control that is switched on', async () => {
    const world = worldWith(SSH);
    await receive(world, imported(SSH));
    expect(world.starts).toHaveLength(1);
    expect(world.requests[0]?.request).toMatchObject({ trigger: 'automatic', decidedBy: 'policy: EC2.13 automatic' });
  });

  test.each([
    ['a control that is switched off by now', { control: { id: 'EC2.14', parameters: [] } }],
    ['a finding that passes', { compliance: 'PASSED' }],
    ['a finding that only warns', { compliance: 'WARNING' }],
    ['a finding that was notified of a failure', { workflow: 'NOTIFIED' }],
    ['a resolved finding', { workflow: 'RESOLVED' }],
    ['an archived finding', { recordState: 'ARCHIVED' }],
    ['a finding whose closing was undone', { portcullisOutcome: 'undone' }],
  ] as const)('does nothing for %s, whatever the event says', async (_, fields) => {
    const world = worldWith({ ...SSH, ...fields });
    expect(await receive(world, imported(SSH))).toEqual([]);
    expect(world.starts).toEqual([]);
    expect(world.deadLetters).toEqual([]);
    expect(world.metrics).toEqual(['FindingsSkipped']);
  });

  describe('by parameters, which say what may stay open', () => {
    const authorized = { id: 'EC2.18', parameters: [{ Name: 'authorizedTcpPorts', Value: [] }] } as const;
    const own = { ...SSH, control: authorized };
    const others = { ...own, productArn: 'arn:aws:securityhub:eu-central-1:222222222222:product/someone/scanner' };

    test('starts where they are of Security Hub itself', async () => {
      const world = worldWith(own);
      await receive(world, imported(own));
      expect(world.starts).toHaveLength(1);
    });

    test('leaves those of whoever may import findings to a person, and says so on the finding', async () => {
      const world = worldWith(others);
      expect(await receive(world, imported(others))).toEqual([]);
      expect(world.starts).toEqual([]);
      expect(world.updates.get(others.id)).toMatchObject({
        workflow: 'NOTIFIED',
        note: expect.stringContaining('only a person has it closed by them, by Close ingress') as string,
        userDefinedFields: { PortcullisOutcome: 'asked' },
      });

      await receive(world, pressed([others]));
      expect(world.starts).toHaveLength(1);
    });

    test("starts for the account's own product, ours among it: who closes takes the true ones", async () => {
      const ours = {
        ...others,
        productArn: 'arn:aws:securityhub:eu-central-1:222222222222:product/222222222222/default',
      };
      const world = worldWith(ours);
      await receive(world, imported(ours));
      expect(world.starts).toHaveLength(1);
    });

    test('starts for a finding of another product that carries none', async () => {
      const plain = { ...others, control: { id: 'EC2.18', parameters: [] } } as const;
      const world = worldWith(plain);
      await receive(world, imported(plain));
      expect(world.starts).toHaveLength(1);
    });
  });
});
