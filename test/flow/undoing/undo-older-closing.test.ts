import type { RemediationRecord } from '../../../src/core/ledger/remediation-record';
import type { NetworkAclEntry } from '../../../src/core/network/network-acl';
import { ACTIONS, pressed, work } from '../events';
import { entry, InMemoryWorld, ingress } from '../in-memory-ports';
import { ON_ACL, SSH } from '../undo-world';

const { CidrIpv4: _, ...OVER_NONE } = ingress('sgr-ipv6');
const OVER_IPV6 = { ...OVER_NONE, CidrIpv6: '::/0' };

let clicks = 0;

async function choose(world: InMemoryWorld, action: keyof typeof ACTIONS, finding: typeof SSH): Promise<string> {
  world.now += 60_000;
  await work(world, {
    id: `older-${String(++clicks)}`,
    body: pressed([finding], { action: ACTIONS[action] }),
    deliveries: 1,
  });
  return lastRecord(world).remediationId;
}

/** On a terminal, which means that closing and no other. */
async function undoNamed(world: InMemoryWorld, closing: string, finding: typeof SSH): Promise<RemediationRecord> {
  world.requestUndo(closing, []);
  await choose(world, 'preview', finding);
  const undo = [...world.records.values()].filter(({ action }) => action === 'undo').at(-1);
  if (!undo) throw new Error('Nothing was undone.');
  return undo;
}

function lastRecord(world: InMemoryWorld): RemediationRecord {
  const record = [...world.records.values()].at(-1);
  if (!record) throw new Error('The world has no record.');
  return record;
}

describe('undoing a closing after which the same was closed again', () => {
  async function closedTwice(again = ingress('sgr-again')) {
    const world = new InMemoryWorld();
    world.rules = [ingress('sgr-ssh')];
    world.findings = [SSH];
    const first = await choose(world, 'close', SSH);
    world.rules = [again];
    const second = await choose(world, 'close', SSH);
    expect(world.rules.filter(({ FromPort }) => FromPort === 22)).toEqual([]);
    return { world, first, second };
  }

  test('re-opens nothing that the later closing closed, and says what stays closed', async () => {
    const { world, first } = await closedTwice();
    const undo = await undoNamed(world, first, SSH);
    expect(world.rules).toEqual([]);
    expect(undo).toMatchObject({ undoes: first, outcome: 'nothing-to-undo' });
    expect(undo.reasons).toMatchObject([
      { code: 'some-left-alone' },
      { code: 'would-reopen-closed', rule: 'tcp 22 from 0.0.0.0/0' },
    ]);
  });

  test('re-opens no part of what the later closing closed', async () => {
    const { world, first } = await closedTwice(ingress('sgr-wide', { FromPort: 0, ToPort: 65535 }));
    await undoNamed(world, first, SSH);
    expect(world.rules.map(({ FromPort }) => FromPort)).toEqual([80, 443]);
  });

  test('puts it back once the later one was undone', async () => {
    const { world, first, second } = await closedTwice(ingress('sgr-again', { ToPort: 23 }));
    await undoNamed(world, second, SSH);
    expect(world.rules.map(({ ToPort }) => ToPort)).toEqual([23]);
    const undo = await undoNamed(world, first, SSH);
    expect(undo.outcome).toBe('undone');
    expect(world.rules.map(({ ToPort }) => ToPort).sort()).toEqual([22, 23]);
  });

  test('re-opens nothing that somebody closed by hand after it was seen open again', async () => {
    const { world, first, second } = await closedTwice();
    await undoNamed(world, second, SSH);
    world.rules = [];
    await undoNamed(world, first, SSH);
    expect(world.rules).toEqual([]);
  });

  test('puts back what has no part in what was closed later', async () => {
    const { world, first } = await closedTwice(OVER_IPV6);
    const undo = await undoNamed(world, first, SSH);
    expect(undo.outcome).toBe('undone');
    expect(world.rules).toMatchObject([{ FromPort: 22, CidrIpv4: '0.0.0.0/0' }]);
  });
});

describe('undoing a closing of a network ACL after which the same was closed again', () => {
  const SSH_PORT = entry(100, { PortRange: { From: 22, To: 22 } });
  const WIDE = entry(100, { PortRange: { From: 0, To: 65535 } });

  async function closedTwice(first: readonly NetworkAclEntry[], again: readonly NetworkAclEntry[]) {
    const world = new InMemoryWorld();
    world.entries = first;
    world.findings = [ON_ACL];
    const closing = await choose(world, 'close', ON_ACL);
    world.entries = again;
    const later = await choose(world, 'close', ON_ACL);
    expect(lastRecord(world).outcome).toBe('closed');
    return { world, closing, later };
  }

  test.each([
    ['taken away', [SSH_PORT], [SSH_PORT]],
    ['taken away under another number', [SSH_PORT], [{ ...SSH_PORT, RuleNumber: 90 }]],
    ['narrowed', [WIDE], [WIDE]],
    ['narrowed under another number', [SSH_PORT], [{ ...WIDE, RuleNumber: 90 }]],
  ])('re-opens nothing that the later closing has %s, and says so', async (_, first, again) => {
    const { world, closing } = await closedTwice(first, again);
    const left = world.entries;
    const undo = await undoNamed(world, closing, ON_ACL);
    expect(world.entries).toEqual(left);
    expect(undo).toMatchObject({ undoes: closing, outcome: 'nothing-to-undo' });
    expect(undo.reasons).toMatchObject([
      { code: 'some-left-alone' },
      { code: 'entries-left', cause: { kind: 'changed-since' } },
    ]);
  });

  test('puts it back once the later one was undone', async () => {
    const other = { ...SSH_PORT, RuleNumber: 90 };
    const { world, closing, later } = await closedTwice([SSH_PORT], [other]);
    await undoNamed(world, later, ON_ACL);
    expect((await undoNamed(world, closing, ON_ACL)).outcome).toBe('undone');
    expect(world.entries).toEqual([other, SSH_PORT]);
  });
});
