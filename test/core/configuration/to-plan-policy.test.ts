import { policySchema } from '../../../src/core/configuration/schema/policy-schema';
import { toPlanPolicy } from '../../../src/core/configuration/to-plan-policy';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';

test('a configuration that says nothing about the policy gives the default policy of the planner', () => {
  const { keepProtocols, networkAclEntryQuota, undoMaxAgeDays, ...policy } = toPlanPolicy(policySchema.parse({}));
  expect(policy).toEqual(DEFAULT_PLAN_POLICY);
  expect({ keepProtocols, networkAclEntryQuota, undoMaxAgeDays }).toEqual({
    keepProtocols: ['50', '51', '47'],
    networkAclEntryQuota: 20,
    undoMaxAgeDays: 30,
  });
});

test('ports and ranges become ranges with both ends', () => {
  const policy = policySchema.parse({ publicPorts: { tcp: [0, '8443', '1020-1025'], udp: [65535] }, ruleQuota: 200 });
  expect(toPlanPolicy(policy)).toMatchObject({
    strategy: 'close',
    publicPorts: {
      tcp: [
        { from: 0, to: 0 },
        { from: 8443, to: 8443 },
        { from: 1020, to: 1025 },
      ],
      udp: [{ from: 65535, to: 65535 }],
    },
    ruleQuota: 200,
  });
});

test('the sources that stay trusted and the leave to expand prefix lists are passed on', () => {
  const trustedSources = { cidrs: ['198.51.100.0/24', '2001:db8::/32'] };
  const policy = policySchema.parse({ strategy: 'restrict', expandPrefixLists: true, trustedSources });
  expect(toPlanPolicy(policy)).toMatchObject({ strategy: 'restrict', expandPrefixLists: true, trustedSources });
});

test('overrides, protocols to keep, quotas and the age of an undo are passed on', () => {
  const overrides = [
    { controls: ['EC2.18'], accounts: ['222222222222'], strategy: 'revoke' },
    { tags: [{ key: 'environment', value: 'production' }, { key: 'pci' }], strategy: 'close' },
  ];
  const policy = policySchema.parse({
    overrides,
    keepProtocols: [112],
    networkAclEntryQuota: 40,
    undo: { maxAgeDays: 7 },
  });
  expect(toPlanPolicy(policy)).toMatchObject({
    overrides,
    keepProtocols: ['112'],
    networkAclEntryQuota: 40,
    undoMaxAgeDays: 7,
  });
});
