import { configurationSchema } from '../../../src/core/configuration/configuration-schema';
import { toPlanPolicy } from '../../../src/core/configuration/to-plan-policy';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';

const policySchema = configurationSchema.shape.policy;

test('a configuration that says nothing about the policy gives the default policy of the planner', () => {
  expect(toPlanPolicy(policySchema.parse(undefined))).toEqual(DEFAULT_PLAN_POLICY);
});

test('ports and ranges become ranges with both ends', () => {
  const policy = policySchema.parse({ publicPorts: { tcp: [0, '8443', '1020-1025'], udp: [65535] }, ruleQuota: 200 });
  expect(toPlanPolicy(policy)).toEqual({
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
