import fc from 'fast-check';
import { runsInEffect } from '../../../../src/core/ledger/runs-in-effect';
import type { NetworkAcl, NetworkAclEntry } from '../../../../src/core/network/network-acl';
import { planClosing } from '../../../../src/core/planning/plan-closing';
import { planUndo } from '../../../../src/core/planning/undo/plan-undo';
import type { UndoPlan } from '../../../../src/core/planning/undo/undo-plan';
import { arbitraryAcl, arbitraryAclPolicy, arbitraryEntry } from '../../../oracle/arbitrary-acl';
import { assertProperty } from '../../../oracle/assert-property';
import { entryStates, runsOf } from '../../../oracle/closings';
import { arbitraryEntryMeddling, meddleWithEntries } from '../../../oracle/meddling';
import { aclPackets, applyEntryStep, isViolating, letsIn, type AclPacket } from '../../../oracle/network-acl';

const CONTROLS = [{ id: 'EC2.21', parameters: [] }] as const;

const ID = 'rem-0123456789abcdef';

type Entries = readonly NetworkAclEntry[];

interface Scene {
  readonly acl: NetworkAcl;
  /** What the closing left, and what was there when the undo came. */
  readonly left: Entries;
  readonly found: Entries;
  readonly undo: UndoPlan;
  /** From `found` on, step by step. */
  readonly states: readonly Entries[];
  readonly after: Entries;
  /** @param done how many steps of the undo were seen to take effect */
  readonly planAgain: (entries: Entries, done?: number) => UndoPlan;
}

/** Closes a generated network ACL, lets somebody meddle with it, and plays the undo on a model of EC2. */
function always(meddling: typeof arbitraryEntryMeddling, holds: (scene: Scene) => void): void {
  assertProperty(
    fc.property(arbitraryAcl, arbitraryAclPolicy, meddling, fc.nat(12), (acl, policy, changes, ran) => {
      const plan = planClosing({ resource: acl, controls: CONTROLS, policy });
      // A closing may have stopped in the middle.
      const steps = plan.steps.slice(0, ran === 0 ? undefined : ran);
      const left = steps.reduce<Entries>(applyEntryStep, acl.entries);
      const found = meddleWithEntries(left, changes);
      const runs = runsOf(steps, ID);
      const undo = planUndo({ before: acl, runs, current: { ...acl, entries: found } });
      const planAgain = (entries: Entries, done = 0): UndoPlan => {
        const seen = [{ runs: runsOf(undo.steps.slice(0, done), ID) }];
        return planUndo({ before: acl, runs: runsInEffect(runs, seen), current: { ...acl, entries } });
      };
      const states = entryStates(found, undo.steps);
      holds({ acl, left, found, undo, states, after: states.at(-1) ?? [], planAgain });
    }),
  );
}

describe('The promise that rewriting a network ACL can be undone, held against a brute-force oracle', () => {
  test('Undone: what nobody touched is as it was before, entry by entry', () => {
    always(fc.constant([]), ({ acl, undo, after }) => {
      expect(undo.leftAlone).toEqual([]);
      expect(sorted(after)).toEqual(sorted(acl.entries));
    });
  });

  test('Nothing re-opened: what somebody closed since stays closed, at every moment', () => {
    always(arbitraryEntryMeddling, (scene) => {
      const [left, found, states] = [letsIn(scene.left), letsIn(scene.found), scene.states.map(letsIn)];
      const reopened = packetsOf(scene).find(
        (packet) => left(packet) && !found(packet) && states.some((passes) => passes(packet)),
      );
      expect(reopened).toBeUndefined();
    });
  });

  test('Nothing opened: at no moment does anything get in that did not before the closing or before the undo', () => {
    always(arbitraryEntryMeddling, (scene) => {
      const [before, found, states] = [letsIn(scene.acl.entries), letsIn(scene.found), scene.states.map(letsIn)];
      const opened = packetsOf(scene).find(
        (packet) => !before(packet) && !found(packet) && states.some((passes) => passes(packet)),
      );
      expect(opened).toBeUndefined();
    });
  });

  test('Nothing closed: what gets in when the undo comes gets in at every moment', () => {
    always(arbitraryEntryMeddling, (scene) => {
      const [found, states] = [letsIn(scene.found), scene.states.map(letsIn)];
      const closed = packetsOf(scene).find((packet) => found(packet) && !states.every((passes) => passes(packet)));
      expect(closed).toBeUndefined();
    });
  });

  test('Entries of others stay, whatever they are', () => {
    always(arbitraryEntryMeddling, ({ acl, left, found, after }) => {
      // An entry that says the same at the same place is the same, whoever made it.
      const ours = new Set(left.filter((entry) => !acl.entries.includes(entry)).map(textOf));
      expect(after).toEqual(expect.arrayContaining(found.filter((entry) => !ours.has(textOf(entry)))));
    });
  });

  test('Whatever of it is not taken back is said', () => {
    always(arbitraryEntryMeddling, ({ acl, left, undo, after }) => {
      const taken = acl.entries.filter((entry) => !left.includes(entry));
      const made = left.filter((entry) => !acl.entries.includes(entry));
      const isThere = (entry: NetworkAclEntry): boolean => after.some((one) => meaningOf(one) === meaningOf(entry));
      const isBack =
        taken.every(isThere) &&
        !made.some((entry) => isThere(entry) && !taken.some((one) => meaningOf(one) === meaningOf(entry)));
      expect(isBack || undo.leftAlone.length > 0).toBe(true);
    });
  });

  test('Idempotent: an undo that is planned again, at the end or in the middle, plans what is left of it', () => {
    always(arbitraryEntryMeddling, ({ undo, states, planAgain }) => {
      for (const [done, entries] of states.entries()) {
        expect(planAgain(entries).steps).toEqual(undo.steps.slice(done));
        expect(planAgain(entries, done).steps).toEqual(undo.steps.slice(done));
      }
    });
  });

  test('Nothing of others closed: not either where the closing stopped, and somebody wrote over the entry that it was splitting', () => {
    const meddling = fc.record({ at: fc.nat(20), ran: fc.integer({ min: 1, max: 12 }), entry: arbitraryEntry });
    assertProperty(
      fc.property(arbitraryAcl, arbitraryAclPolicy, meddling, (acl, policy, { at, ran, entry }) => {
        const plan = planClosing({ resource: acl, controls: CONTROLS, policy });
        const steps = plan.steps.slice(0, ran);
        const left = steps.reduce<Entries>(applyEntryStep, acl.entries);
        const victims = left.filter((one) => !one.Egress && isViolating(one));
        const victim = victims[at % Math.max(1, victims.length)];
        const made = { ...entry, RuleNumber: victim?.RuleNumber ?? entry.RuleNumber, Egress: false };
        const found = left.flatMap((one) => (one !== victim ? [one] : at % 2 === 0 ? [] : [made]));
        const undo = planUndo({ before: acl, runs: runsOf(steps, ID), current: { ...acl, entries: found } });
        const states = entryStates(found, undo.steps).map(letsIn);
        // Remainders alone stand in for nothing once the entry that they are of was changed.
        const remainders = new Set(
          steps.flatMap(({ call, rules }) => (call === 'CreateNetworkAclEntry' ? rules.map(textOf) : [])),
        );
        const theirs = letsIn(found.filter((one) => !remainders.has(textOf(one))));
        const closed = aclPackets([...acl.entries, ...left, ...found]).find(
          (packet) => states[0]?.(packet) && theirs(packet) && !states.every((passes) => passes(packet)),
        );
        expect(closed).toBeUndefined();
      }),
    );
  });

  test('What the plan says remains is what the steps leave', () => {
    always(arbitraryEntryMeddling, ({ undo, after }) => {
      expect(undo.remaining.map(textOf).sort()).toEqual(sorted(after));
    });
  });
});

function textOf(entry: object): string {
  return JSON.stringify(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** EC2 ignores ports of an entry for all protocols: with them or without, somebody has put the same back. */
function meaningOf({ PortRange: ports, ...entry }: NetworkAclEntry): string {
  return textOf(ports === undefined || entry.Protocol === '-1' ? entry : { ...entry, PortRange: ports });
}

function sorted(entries: Entries): readonly string[] {
  return entries.map(textOf).sort();
}

function packetsOf({ acl, left, found }: Scene): readonly AclPacket[] {
  return aclPackets([...acl.entries, ...left, ...found]);
}
