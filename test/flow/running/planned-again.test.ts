import { onlyRecord, run, worldWith } from '../close-world';
import { ACL, entry, findingOn, InMemoryWorld, ingress } from '../in-memory-ports';
import { execute, shape, undo } from '../undo-world';

const ON_ACL = findingOn(ACL, { control: { id: 'EC2.21', parameters: [] } });
const WIDE = entry(100, { PortRange: { From: 0, To: 65535 } });
const NARROW = entry(100, { PortRange: { From: 20, To: 25 } });

async function closedAcl(prepare: (world: InMemoryWorld) => void, before = [WIDE]) {
  const world = new InMemoryWorld();
  world.entries = before;
  world.findings = [ON_ACL];
  world.request([ON_ACL]);
  prepare(world);
  const [closing = ''] = (await execute(world, ACL)).remediationIds;
  expect(world.records.get(closing)?.outcome).toBe('closed');
  return { world, closing };
}

/** Somebody changes the target when the closing starts its n-th run, and that run is refused. */
function changeAtRun(world: InMemoryWorld, place: number, code: string, change: () => void) {
  let started = 0;
  world.whenRunning = () => {
    if (++started !== place) return undefined;
    change();
    return { kind: 'failed', code, reason: `Failed: ${code}` };
  };
}

describe('a closing that was planned again', () => {
  test('of an entry that somebody narrowed before anything was done is undone to the narrowed one', async () => {
    const { world, closing } = await closedAcl((each) => {
      changeAtRun(each, 1, 'NetworkAclEntryAlreadyExists', () => {
        each.entries = [NARROW];
      });
    });
    expect(world.records.get(closing)?.before).toMatchObject({ entries: [NARROW] });
    expect((await undo(world, closing, [ON_ACL])).outcome).toBe('undone');
    expect(shape(world.resource)).toEqual(['in entry 100 tcp 20-25 from 0.0.0.0/0']);
  });

  test('of an entry that somebody narrowed after its remainders were there is never undone to the wide one', async () => {
    const { world, closing } = await closedAcl((each) => {
      const observe = each.ports.targets.observe;
      each.ports.targets.observe = (target, id) => {
        // The remainders are there; the look before the entry is replaced finds it narrowed.
        if (
          each.entries.length > 1 &&
          each.entries.some(({ PortRange }) => PortRange?.To === 65535 && PortRange.From === 0)
        ) {
          each.entries = each.entries.map((one) => (one.RuleNumber === 100 ? NARROW : one));
        }
        return observe(target, id);
      };
    });
    expect(world.records.get(closing)).toMatchObject({ before: { entries: [WIDE] } });
    expect(world.records.get(closing)?.beforeLatestPlan).toBeDefined();
    const record = await undo(world, closing, [ON_ACL]);
    expect(record.outcome).toBe('partly-undone');
    expect(record.reasons).toMatchObject([
      { code: 'some-left-alone' },
      { code: 'entries-left', cause: { kind: 'source-changed' } },
    ]);
    expect(world.entries.find(({ RuleNumber }) => RuleNumber === 100)).toEqual(NARROW);
    expect(world.entries).not.toContainEqual(WIDE);
  });

  test('after one of two entries had been split puts back both, each as it was right before', async () => {
    const second = entry(200, { PortRange: { From: 3000, To: 4000 } });
    const changed = entry(200, { PortRange: { From: 3300, To: 3400 } });
    const { world, closing } = await closedAcl(
      (each) => {
        each.whenRunning = ({ step }) => {
          // The first entry is split; the second changes before its remainders are made.
          const isSplit = !each.entries.some((one) => one.RuleNumber === 100 && one.PortRange?.From === 10);
          if (
            isSplit &&
            each.entries.some((one) => one.PortRange?.From === 3000) &&
            step.call === 'CreateNetworkAclEntry'
          ) {
            each.entries = each.entries.map((one) => (one.RuleNumber === 200 ? changed : one));
            return { kind: 'failed', code: 'NetworkAclEntryAlreadyExists', reason: 'Failed' };
          }
          return undefined;
        };
      },
      [entry(100, { PortRange: { From: 10, To: 30 } }), second],
    );
    expect((await undo(world, closing, [ON_ACL])).outcome).toBe('undone');
    expect(shape(world.resource)).toEqual([
      'in entry 100 tcp 10-30 from 0.0.0.0/0',
      'in entry 200 tcp 3300-3400 from 0.0.0.0/0',
    ]);
  });

  test('of a rule that somebody widened meanwhile is undone to the widened one', async () => {
    const world = worldWith([ingress('sgr-ssh')]);
    changeAtRun(world, 1, 'InvalidPermission.NotFound', () => {
      world.change([ingress('sgr-ssh', { ToPort: 23, Description: 'wider' })]);
    });
    await run(world);
    const { outcome, remediationId } = onlyRecord(world);
    expect(outcome).toBe('closed');
    expect((await undo(world, remediationId)).outcome).toBe('undone');
    expect(world.rules).toMatchObject([{ FromPort: 22, ToPort: 23, Description: 'wider' }]);
  });

  test('after one of two rules had gone is undone to both, without what somebody narrowed in between', async () => {
    const world = worldWith([ingress('sgr-1'), ingress('sgr-2', { FromPort: 20, ToPort: 24 })]);
    changeAtRun(world, 2, 'InvalidPermission.NotFound', () => {
      world.rules = world.rules.map((rule) => ({ ...rule, FromPort: 22, ToPort: 23 }));
    });
    await run(world);
    const { outcome, remediationId, runs } = onlyRecord(world);
    expect([outcome, runs.map(({ end }) => end)]).toEqual(['closed', ['effect-seen', 'rules-changed', 'effect-seen']]);
    expect((await undo(world, remediationId)).outcome).toBe('undone');
    const left = world.rules.map(({ FromPort, ToPort }) => `${String(FromPort)}-${String(ToPort)}`).sort();
    expect(left).toHaveLength(2);
    expect(left).toContain('22-23');
  });
});
