import fc from 'fast-check';
import type { NetworkAcl, NetworkAclEntry } from '../../src/core/network/network-acl';
import { DEFAULT_PLAN_POLICY, type PlanPolicy } from '../../src/core/planning/plan-policy';

const port = fc.constantFrom(0, 20, 21, 22, 23, 80, 443, 1024, 3388, 3389, 3390, 65535);

const range = fc.tuple(port, port).map(([a, b]) => ({ From: Math.min(a, b), To: Math.max(a, b) }));

const traffic = fc.oneof(
  { weight: 6, arbitrary: range.map((PortRange) => ({ Protocol: '6', PortRange })) },
  { weight: 1, arbitrary: range.map((PortRange) => ({ Protocol: 'tcp', PortRange })) },
  { weight: 4, arbitrary: range.map((PortRange) => ({ Protocol: '17', PortRange })) },
  { weight: 5, arbitrary: fc.constant({ Protocol: '-1' }) },
  { weight: 1, arbitrary: fc.constant({ Protocol: '-1', PortRange: { From: 443, To: 443 } }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(-1, 0, 8).map((Type) => ({ Protocol: '1', IcmpTypeCode: { Type, Code: -1 } })),
  },
  { weight: 1, arbitrary: fc.constantFrom({ Protocol: '47' }, { Protocol: '50' }) },
);

const source = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ CidrBlock: '0.0.0.0/0' }) },
  { weight: 3, arbitrary: fc.constant({ Ipv6CidrBlock: '::/0' }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('10.0.0.0/8', '0.0.0.0/1', '8.8.8.0/24').map((CidrBlock) => ({ CidrBlock })),
  },
  { weight: 1, arbitrary: fc.constant({ Ipv6CidrBlock: '2000::/3' }) },
);

/** Crowded and roomy, at both ends of what numbers there are. */
const ruleNumber = fc.oneof(
  fc.integer({ min: 1, max: 20 }),
  fc.integer({ min: 1, max: 8 }).map((n) => n * 100),
  fc.integer({ min: 32750, max: 32766 }),
);

export const arbitraryEntry: fc.Arbitrary<NetworkAclEntry> = fc
  .record({
    traffic,
    source,
    ruleNumber,
    isDeny: fc.integer({ min: 0, max: 4 }),
    isEgress: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ isDeny, isEgress, ...entry }) => ({
    RuleNumber: entry.ruleNumber,
    RuleAction: isDeny === 0 ? 'deny' : 'allow',
    Egress: isEgress === 0,
    ...entry.traffic,
    ...entry.source,
  }));

const LAST: readonly NetworkAclEntry[] = [false, true].flatMap((Egress) => [
  { RuleNumber: 32767, RuleAction: 'deny', Egress, Protocol: '-1', CidrBlock: '0.0.0.0/0' },
  { RuleNumber: 32768, RuleAction: 'deny', Egress, Protocol: '-1', Ipv6CidrBlock: '::/0' },
]);

function aclOf(size: { readonly minLength?: number; readonly maxLength: number }): fc.Arbitrary<NetworkAcl> {
  const selector = (one: NetworkAclEntry): string => `${String(one.Egress)} ${String(one.RuleNumber)}`;
  return fc.uniqueArray(arbitraryEntry, { ...size, selector }).map((entries) => ({
    kind: 'network-acl',
    id: 'acl-0a1b2c3d',
    isDefault: false,
    tags: [],
    entries: inOrder([...entries, ...LAST]),
  }));
}

function inOrder(entries: readonly NetworkAclEntry[]): readonly NetworkAclEntry[] {
  return [...entries].sort((a, b) => Number(a.Egress) - Number(b.Egress) || a.RuleNumber - b.RuleNumber);
}

/** One number after the other, as Terraform's count gives them. */
function consecutively(acls: fc.Arbitrary<NetworkAcl>): fc.Arbitrary<NetworkAcl> {
  return fc.tuple(acls, fc.constantFrom(1, 2, 50, 100, 32758)).map(([acl, first]) => {
    const own = acl.entries.filter(({ RuleNumber }) => RuleNumber < 32767);
    const entries = [false, true].flatMap((Egress) =>
      own.filter((entry) => entry.Egress === Egress).map((entry, i) => ({ ...entry, RuleNumber: first + i })),
    );
    return { ...acl, entries: inOrder([...entries, ...LAST]) };
  });
}

const scattered = aclOf({ maxLength: 8 });

export const arbitraryAcl = fc.oneof(
  { weight: 2, arbitrary: scattered },
  { weight: 1, arbitrary: consecutively(scattered) },
);

/** Around what a network ACL may hold. */
const crowded = aclOf({ minLength: 4, maxLength: 38 });

export const arbitraryCrowdedAcl = fc.oneof(crowded, consecutively(aclOf({ minLength: 4, maxLength: 9 })));

export const arbitraryAclPolicy: fc.Arbitrary<PlanPolicy> = fc
  .record({
    keepProtocols: fc.constantFrom(undefined, [], ['47'], ['6', '17', '-1', '1', '58', '50']),
    networkAclEntryQuota: fc.constantFrom(undefined, 40, 40, 12, 5),
  })
  .map(({ keepProtocols, networkAclEntryQuota }) => ({
    ...DEFAULT_PLAN_POLICY,
    ...(keepProtocols && { keepProtocols }),
    ...(networkAclEntryQuota && { networkAclEntryQuota }),
  }));
