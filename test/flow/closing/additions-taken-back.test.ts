import type { SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import { ACL, entry, findingOn, ingress, InMemoryWorld } from '../in-memory-ports';
import { closed, execute, SSH, undo } from '../undo-world';

const WIDE = ingress('sgr-wide', { FromPort: 0, ToPort: 1024 });
const TURNED = ingress('sgr-wide', { FromPort: 8000, ToPort: 8100 });

/** Once ours are there, the owner turns their rule into another one. */
function whileClosing(change: (world: InMemoryWorld) => void) {
  const world = new InMemoryWorld();
  world.rules = [WIDE];
  world.findings = [SSH];
  let isDone = false;
  world.afterRunning = ({ step }) => {
    const isLast = step.call === 'AuthorizeSecurityGroupIngress' && world.rules.length === 3;
    if (isDone || !isLast) return;
    isDone = true;
    change(world);
  };
  world.request([SSH]);
  return world;
}

function turn(world: InMemoryWorld): void {
  world.rules = world.rules.map((rule) => (rule === WIDE ? TURNED : rule));
}

const portsOf = (rules: readonly SecurityGroupRule[]) => rules.map(({ FromPort }) => FromPort).sort();

test('what was authorized for a rule that its owner changed in between is taken back: RESOLVED, and only their rule is left', async () => {
  const world = whileClosing(turn);
  const [id = ''] = (await execute(world)).remediationIds;
  expect(world.rules).toEqual([TURNED]);
  expect(world.records.get(id)).toMatchObject({ outcome: 'closed' });
  expect(world.updates.get(SSH.id)).toMatchObject({ workflow: 'RESOLVED' });
  expect(world.holds.size).toBe(0);
});

test('nor does the undo of such a closing bring it back', async () => {
  const world = whileClosing(turn);
  const [id = ''] = (await execute(world)).remediationIds;
  await undo(world, id);
  expect(world.rules).toEqual([TURNED]);
});

test('an earlier version left it there: its undo takes it away', async () => {
  const { world, closing } = await closed({ rules: [WIDE] });
  const record = world.records.get(closing);
  if (record === undefined) throw new Error('no record');
  // As it was: the revoke met the changed rule, and nothing took ours back.
  const runs = record.runs.map((run) =>
    run.step.call.startsWith('Revoke') ? { ...run, end: 'rules-changed' as const } : run,
  );
  world.records.set(closing, { ...record, runs });
  world.rules = [...world.rules, TURNED];
  expect(portsOf(world.rules)).toEqual([443, 80, 8000]);
  await undo(world, closing);
  expect(world.rules).toEqual([TURNED]);
});

test('the undo of a closing that was lost before it was certified takes it away, and holds no account', async () => {
  const { world, closing } = await closed({ rules: [WIDE] });
  const record = world.records.get(closing);
  if (record === undefined) throw new Error('no record');
  const runs = record.runs.filter(({ step }) => step.call.startsWith('Authorize'));
  world.records.set(closing, { ...record, runs, outcome: 'running' });
  world.certificates.length = 0;
  world.rules = [...world.rules, TURNED];
  expect(await undo(world, closing)).toMatchObject({ outcome: 'undone' });
  expect(world.rules).toEqual([TURNED]);
  expect(world.holds.size).toBe(0);
});

test('what somebody has described anew since stays, and is said', async () => {
  const world = whileClosing((now) => {
    turn(now);
    now.rules = now.rules.map((rule) => (rule.FromPort === 443 ? { ...rule, Description: 'the shop' } : rule));
  });
  const [id = ''] = (await execute(world)).remediationIds;
  expect(portsOf(world.rules)).toEqual([443, 8000]);
  expect(world.records.get(id)?.reasons).toMatchObject([
    { code: 'closed' },
    { code: 'changed-by-others', rule: expect.stringMatching(/^tcp 443 /) as unknown, of: 'rule' },
  ]);
});

test('what stands in for a rule that was taken away stays', async () => {
  const { world } = await closed({ rules: [WIDE] });
  expect(portsOf(world.rules)).toEqual([443, 80]);
});

test('remainders of an entry that its owner changed in between are taken back, and the undo leaves their entry', async () => {
  const world = new InMemoryWorld();
  const finding = findingOn(ACL, { control: { id: 'EC2.21', parameters: [] } });
  const narrowed = entry(100, { PortRange: { From: 8000, To: 8100 } });
  world.entries = [entry(100, { PortRange: { From: 0, To: 65_535 } })];
  world.findings = [finding];
  world.afterRunning = ({ step }) => {
    const remainders = world.entries.filter(({ RuleNumber }) => RuleNumber !== 100);
    if (step.call === 'CreateNetworkAclEntry' && remainders.length === 2) world.entries = [narrowed, ...remainders];
  };
  world.request([finding]);
  const [id = ''] = (await execute(world, ACL)).remediationIds;
  expect(world.entries).toEqual([narrowed]);
  expect(world.updates.get(finding.id)).toMatchObject({ workflow: 'RESOLVED' });
  await undo(world, id, [finding]);
  expect(world.entries).toEqual([narrowed]);
});
