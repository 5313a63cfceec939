import { REMEDIATION_TAG } from '../../../src/core/planning/undo/undo-rules';
import { ingress } from '../in-memory-ports';
import { closed, shape, undo } from '../undo-world';

const FIFTY = Array.from({ length: 50 }, (_, i) => ({ Key: `key-${String(i)}`, Value: 'of the owner' }));
const ALL_PORTS = ingress('sgr-all', { FromPort: 0, ToPort: 65535, Description: 'all', Tags: FIFTY });

describe('a rule with as many tags as a rule may have', () => {
  test('is closed: what stays keeps all of them, without room for ours', async () => {
    const { world } = await closed({ rules: [ALL_PORTS] });
    expect(world.rules.map(({ FromPort }) => FromPort)).toEqual([80, 443]);
    for (const { Tags = [] } of world.rules) {
      expect(Tags).toEqual(FIFTY);
      expect(Tags.map(({ Key }) => Key)).not.toContain(REMEDIATION_TAG);
    }
  });

  test('is as it was before after the undo, and nothing of ours is left', async () => {
    const { world, closing } = await closed({ rules: [ALL_PORTS] });
    expect((await undo(world, closing)).outcome).toBe('undone');
    expect(shape(world.resource)).toEqual(shape({ ...world.resource, rules: [ALL_PORTS] } as typeof world.resource));
  });

  test.each([
    ['tags', { Tags: FIFTY.slice(1) }],
    ['the description', { Description: 'mine now' }],
  ])('leaves alone on undo what stayed and somebody changed since: %s', async (_, fields) => {
    const { world, closing } = await closed({ rules: [ALL_PORTS] });
    world.rules = world.rules.map((rule) => (rule.FromPort === 443 ? { ...rule, ...fields } : rule));
    const record = await undo(world, closing);
    expect(record.outcome).toBe('partly-undone');
    expect(record.reason).toContain('tcp 443');
    expect(world.rules.map(({ FromPort }) => FromPort).sort()).toEqual([0, 443]);
  });
});
