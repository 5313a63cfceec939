import fc from 'fast-check';
import type { Certificate } from '../../../src/core/certificate/certificate';
import type { Resource } from '../../../src/core/resource';
import { arbitraryAcl, arbitraryAclPolicy } from '../../oracle/arbitrary-acl';
import { arbitraryControls, arbitraryGroup, arbitraryPolicy, arbitraryRule } from '../../oracle/arbitrary-group';
import { assertProperty } from '../../oracle/assert-property';
import { permissionOf } from '../../oracle/ec2';
import {
  arbitraryEntryMeddling,
  arbitraryRuleMeddling,
  meddleWithEntries,
  meddleWithRules,
} from '../../oracle/meddling';
import { packetSamples, toFilter } from '../../oracle/packets';
import { certify, findFaults, forge } from './certified';
import { type Closed, closeOnModel, undoOnModel } from './on-model';

interface Undone {
  readonly closing: Certificate;
  readonly undo: Certificate;
}

/** Somebody meddles with what a closing left, and then it is undone. */
function certifyUndo(closed: Closed, found: Resource): Undone | undefined {
  const undone = undoOnModel(closed, found);
  if (undone === undefined) return undefined;
  const closing = certify(closed);
  return { closing, undo: certify(undone, closing) };
}

describe('The evaluator of certificates, held against the planner of undos', () => {
  test('says of every undo that it holds, whatever somebody did before it, of security groups', () => {
    assertProperty(
      fc.property(arbitraryGroup, arbitraryControls, arbitraryPolicy, arbitraryRuleMeddling, (group, ...more) => {
        const [controls, policy, meddling] = more;
        const closed = closeOnModel(group, controls, policy);
        if (closed.after.kind !== 'security-group') throw new Error('no group');
        const found = { ...closed.after, rules: meddleWithRules(closed.after.rules, meddling) };
        const undone = certifyUndo(closed, found);
        if (undone) expect(findFaults(undone.closing, undone.undo)).toEqual([]);
      }),
    );
  });

  test('says of every undo that it holds, of network ACLs', () => {
    assertProperty(
      fc.property(arbitraryAcl, arbitraryAclPolicy, arbitraryEntryMeddling, (acl, policy, meddling) => {
        const closed = closeOnModel(acl, [{ id: 'EC2.21', parameters: [] }], policy);
        if (closed.after.kind !== 'network-acl') throw new Error('no network ACL');
        const found = { ...closed.after, entries: meddleWithEntries(closed.after.entries, meddling) };
        const undone = certifyUndo(closed, found);
        if (undone) expect(findFaults(undone.closing, undone.undo)).toEqual([]);
      }),
    );
  });

  test('finds an undo that opened what was not open before the closing', () => {
    assertProperty(
      fc.property(arbitraryGroup, arbitraryControls, arbitraryPolicy, arbitraryRule, (group, ...more) => {
        const [controls, policy, added] = more;
        const closed = closeOnModel(group, controls, policy);
        const undone = certifyUndo(closed, closed.after);
        if (undone?.undo.parts.after?.kind !== 'security-group') return;
        const { after } = undone.undo.parts;
        const was = group.rules.map((rule) => toFilter(rule, group.prefixLists));
        const is = toFilter(added, group.prefixLists);
        const packets = packetSamples([...group.rules, added], group.prefixLists, [22, 80, 443]);
        if (!packets.some((packet) => is(packet) && !was.some((lets) => lets(packet)))) return;
        const forged = forge(undone.undo, { after: { ...after, rules: [...after.rules, added] } });
        expect(findFaults(undone.closing, forged).map(({ check }) => check)).toContain('nothing-opened');
      }),
    );
  });

  test('finds an undo that did not put back what it says', () => {
    assertProperty(
      fc.property(arbitraryGroup, arbitraryControls, arbitraryPolicy, (group, controls, policy) => {
        const closed = closeOnModel(group, controls, policy);
        const undone = certifyUndo(closed, closed.after);
        if (undone?.undo.parts.after?.kind !== 'security-group' || closed.after.kind !== 'security-group') return;
        const { after } = undone.undo.parts;
        const left = new Set(closed.after.rules.map(permissionOf));
        const rules = after.rules.filter((rule) => left.has(permissionOf(rule)));
        const forged = forge(undone.undo, { after: { ...after, rules } });
        expect(findFaults(undone.closing, forged)).not.toEqual([]);
      }),
    );
  });
});
