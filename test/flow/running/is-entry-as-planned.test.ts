import type { NetworkAclEntry } from '../../../src/core/network/network-acl';
import type { NetworkAclStep } from '../../../src/core/planning/plan';
import type { Resource } from '../../../src/core/resource';
import { isBlind, isEntryAsPlanned } from '../../../src/flow/running/is-entry-as-planned';
import { ACL, ingress } from '../in-memory-ports';

const OPEN: NetworkAclEntry = {
  RuleNumber: 100,
  Egress: false,
  RuleAction: 'allow',
  Protocol: '-1',
  CidrBlock: '0.0.0.0/0',
};
const NARROWED: NetworkAclEntry = { ...OPEN, Protocol: '6', PortRange: { From: 0, To: 21 } };
const OUT: NetworkAclEntry = { ...OPEN, Egress: true };

const acl = (...entries: NetworkAclEntry[]): Resource => ({
  kind: 'network-acl',
  id: ACL.id,
  isDefault: false,
  tags: [],
  entries,
});

const step = (call: NetworkAclStep['call'], entry: NetworkAclEntry): NetworkAclStep => ({ call, rules: [entry] });

test.each([
  { name: 'replaces', step: step('ReplaceNetworkAclEntry', NARROWED), blind: true },
  { name: 'deletes', step: step('DeleteNetworkAclEntry', OPEN), blind: true },
  { name: 'creates', step: step('CreateNetworkAclEntry', NARROWED), blind: false },
  {
    name: 'revokes',
    step: { call: 'RevokeSecurityGroupIngress', rules: [ingress('sgr-1')] } as const,
    blind: false,
  },
])('a step that $name is blind: $blind', ({ step: given, blind }) => {
  expect(isBlind(given)).toBe(blind);
});

const REPLACE = step('ReplaceNetworkAclEntry', NARROWED);

test.each([
  { name: 'untouched', earlier: [], current: acl(OPEN, OUT), asPlanned: true },
  {
    name: 'untouched, while another entry was added',
    earlier: [],
    current: acl({ ...OPEN, RuleNumber: 99 }, OPEN),
    asPlanned: true,
  },
  { name: 'narrowed', earlier: [], current: acl({ ...OPEN, CidrBlock: '10.0.0.0/8' }), asPlanned: false },
  { name: 'turned into a denial', earlier: [], current: acl({ ...OPEN, RuleAction: 'deny' }), asPlanned: false },
  { name: 'deleted', earlier: [], current: acl(OUT), asPlanned: false },
  {
    name: 'what an earlier step made of it',
    earlier: [step('ReplaceNetworkAclEntry', { ...NARROWED, Protocol: '17' })],
    current: acl({ ...NARROWED, Protocol: '17' }),
    asPlanned: true,
  },
  {
    name: 'back again after an earlier step deleted it',
    earlier: [step('DeleteNetworkAclEntry', OPEN)],
    current: acl(OPEN),
    asPlanned: false,
  },
] satisfies { name: string; earlier: NetworkAclStep[]; current: Resource; asPlanned: boolean }[])(
  'an entry that is $name is as planned: $asPlanned',
  ({ earlier, current, asPlanned }) => {
    expect(isEntryAsPlanned(REPLACE, { planned: acl(OPEN, OUT), earlier, current })).toBe(asPlanned);
  },
);
