import fc from 'fast-check';
import type { Certificate } from '../../../src/core/certificate/certificate';
import type { RequestedControl } from '../../../src/core/controls/control-id';
import type { RemediationRecord } from '../../../src/core/ledger/remediation-record';
import { seenOpenLater } from '../../../src/core/ledger/seen-open-later';
import type { PlanPolicy } from '../../../src/core/planning/plan-policy';
import type { Resource } from '../../../src/core/resource';
import { arbitraryAcl, arbitraryAclPolicy } from '../../oracle/arbitrary-acl';
import { arbitraryControls, arbitraryGroup, arbitraryPolicy } from '../../oracle/arbitrary-group';
import { assertProperty } from '../../oracle/assert-property';
import {
  arbitraryEntryMeddling,
  arbitraryRuleMeddling,
  meddleWithEntries,
  meddleWithRules,
  type Meddling,
} from '../../oracle/meddling';
import { certify, findFaults } from './certified';
import { closeOnModel, undoOnModel } from './on-model';

interface Closing {
  readonly controls: readonly RequestedControl[];
  readonly policy: PlanPolicy;
}

interface Story {
  readonly resource: Resource;
  readonly closings: readonly [Closing, Closing];
  /** What somebody does after the first closing, after the second, and between the undos. */
  readonly meddle: readonly ((resource: Resource) => Resource)[];
  readonly isFirstUndoneFirst: boolean;
}

/** Two closings of one target, and an undo of each. */
function play({ resource, closings: [one, other], meddle, isFirstUndoneFirst }: Story): readonly Certificate[] {
  const chain: Certificate[] = [];
  const records: RemediationRecord[] = [];
  const add = (ended: Parameters<typeof certify>[0]): void => {
    const minute = String(records.length).padStart(2, '0');
    const times = { startedAt: `2026-03-01T12:${minute}:00.000Z`, finishedAt: `2026-03-01T12:${minute}:09.000Z` };
    const after = ended.after.kind === 'security-group' ? ended.after.rules : ended.after.entries;
    const record = { ...ended.record, ...times, after };
    records.push(record);
    chain.push(certify({ ...ended, record }, chain.at(-1)));
  };
  const meddled = (now: Resource, when: number): Resource => meddle[when]?.(now) ?? now;

  const first = closeOnModel(resource, one.controls, one.policy, 'rem-0000000000000001');
  add(first);
  const second = closeOnModel(meddled(first.after, 0), other.controls, other.policy, 'rem-0000000000000002');
  add(second);
  let found = meddled(second.after, 1);
  for (const index of isFirstUndoneFirst ? [0, 1] : [1, 0]) {
    const closing = records[index];
    const closed = [first, second][index];
    if (closing === undefined || closed === undefined) throw new Error('there are two');
    const remediationId = `rem-000000000000001${String(index)}`;
    const undone = undoOnModel(closed, found, { remediationId, openLater: seenOpenLater(closing, records) });
    if (undone === undefined) continue;
    add(undone);
    found = meddled(undone.after, 2);
  }
  return chain;
}

function threeTimes<Rule>(meddling: fc.Arbitrary<readonly Meddling<Rule>[]>) {
  return fc.array(fc.oneof(fc.constant([]), meddling), { minLength: 3, maxLength: 3 });
}

describe('The evaluator of certificates, of two closings of one target and their undos', () => {
  test('says that they hold, whatever somebody did in between, of security groups', () => {
    const closing = fc.record({ controls: arbitraryControls, policy: arbitraryPolicy });
    const closings = fc.tuple(closing, closing);
    assertProperty(
      fc.property(
        arbitraryGroup,
        closings,
        threeTimes(arbitraryRuleMeddling),
        fc.boolean(),
        (resource, both, meddling, isFirstUndoneFirst) => {
          const meddle = meddling.map((each) => (now: Resource) => {
            if (now.kind !== 'security-group') throw new Error('no group');
            return { ...now, rules: meddleWithRules(now.rules, each) };
          });
          expect(findFaults(...play({ resource, closings: both, meddle, isFirstUndoneFirst }))).toEqual([]);
        },
      ),
    );
  });

  test('says that they hold, whatever somebody did in between, of network ACLs', () => {
    const closing = arbitraryAclPolicy.map((policy) => ({
      controls: [{ id: 'EC2.21', parameters: [] }] as const,
      policy,
    }));
    assertProperty(
      fc.property(
        arbitraryAcl,
        fc.tuple(closing, closing),
        threeTimes(arbitraryEntryMeddling),
        fc.boolean(),
        (resource, closings, meddling, isFirstUndoneFirst) => {
          const meddle = meddling.map((each) => (now: Resource) => {
            if (now.kind !== 'network-acl') throw new Error('no network ACL');
            return { ...now, entries: meddleWithEntries(now.entries, each) };
          });
          expect(findFaults(...play({ resource, closings, meddle, isFirstUndoneFirst }))).toEqual([]);
        },
      ),
    );
  });
});
