import fc from 'fast-check';
import type { NetworkAcl, NetworkAclEntry } from '../../../../src/core/network/network-acl';
import { planClosing } from '../../../../src/core/planning/plan-closing';
import { planUndo } from '../../../../src/core/planning/undo/plan-undo';
import { arbitraryAcl, arbitraryAclPolicy } from '../../../oracle/arbitrary-acl';
import { assertProperty } from '../../../oracle/assert-property';
import { entryStates, runsOf } from '../../../oracle/closings';
import { arbitraryEntryMeddling, meddleWithEntries } from '../../../oracle/meddling';
import { aclPackets, applyEntryStep, letsIn, type AclPacket } from '../../../oracle/network-acl';

const CONTROLS = [{ id: 'EC2.21', parameters: [] }] as const;

type Entries = readonly NetworkAclEntry[];

interface Scene {
  readonly packets: readonly AclPacket[];
  /** When the second closing came, and what it left. */
  readonly again: Entries;
  readonly left: Entries;
  /** Of undoing the first closing, while the second one stands. */
  readonly states: readonly Entries[];
}

/** Closes a network ACL, lets somebody open it again, closes it again, and takes the first closing back. */
function always(meddling: typeof arbitraryEntryMeddling, holds: (scene: Scene) => void): void {
  assertProperty(
    fc.property(arbitraryAcl, arbitraryAclPolicy, meddling, fc.nat(255), (acl, policy, changes, remade) => {
      const close = (resource: NetworkAcl) => {
        const { steps } = planClosing({ resource, controls: CONTROLS, policy });
        return { steps, left: steps.reduce<Entries>(applyEntryStep, resource.entries) };
      };
      const first = close(acl);
      const back = acl.entries.filter((entry, i) => !first.left.includes(entry) && (remade >> (i % 8)) & 1);
      const again = meddleWithEntries([...first.left.filter((entry) => !back.some(at(entry))), ...back], changes);
      const { left } = close({ ...acl, entries: again });
      const { steps } = planUndo({
        before: acl,
        runs: runsOf(first.steps, 'rem-0000000000000001'),
        current: { ...acl, entries: left },
        openLater: [...again, ...left],
      });
      const packets = aclPackets([...acl.entries, ...again, ...left]);
      holds({ packets, again, left, states: entryStates(left, steps) });
    }),
  );
}

describe('The promise that an undo respects a later closing of the same network ACL', () => {
  test.each([
    ['', fc.constant([])],
    [', whatever somebody had made of it', arbitraryEntryMeddling],
  ])('What the later one closed stays closed while the earlier one is undone%s', (_, meddling) => {
    always(meddling, ({ packets, again, left, states }) => {
      const [open, closed, later] = [letsIn(again), letsIn(left), states.map(letsIn)];
      const reopened = packets.find(
        (packet) => open(packet) && !closed(packet) && later.some((passes) => passes(packet)),
      );
      expect(reopened).toBeUndefined();
    });
  });

  test('Nothing closed: what gets in when the undo comes gets in at every moment', () => {
    always(arbitraryEntryMeddling, ({ packets, left, states }) => {
      const [found, later] = [letsIn(left), states.map(letsIn)];
      const closed = packets.find((packet) => found(packet) && !later.every((passes) => passes(packet)));
      expect(closed).toBeUndefined();
    });
  });
});

function at(entry: NetworkAclEntry): (other: NetworkAclEntry) => boolean {
  return (other) => other.Egress === entry.Egress && other.RuleNumber === entry.RuleNumber;
}
