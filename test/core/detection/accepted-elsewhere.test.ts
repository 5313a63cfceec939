import { acceptedElsewhere } from '../../../src/core/detection/accepted-elsewhere';
import { ownFindingId } from '../../../src/core/detection/to-own-findings';
import type { Finding } from '../../../src/core/findings/finding';
import type { Target } from '../../../src/core/target';

const TARGET: Target = {
  kind: 'security-group',
  partition: 'aws',
  account: '222222222222',
  region: 'us-east-1',
  id: 'sg-0aaa1111bbb2222cc',
};

const suppressed = (over: Partial<Finding> = {}): Finding => ({
  id: 'finding-1',
  productArn: 'arn:aws:securityhub:us-east-1::product/aws/securityhub',
  account: TARGET.account,
  region: TARGET.region,
  title: '',
  control: { id: 'EC2.13', parameters: [] },
  target: TARGET,
  problem: undefined,
  compliance: 'FAILED',
  workflow: 'SUPPRESSED',
  recordState: 'ACTIVE',
  severity: 'HIGH',
  firstObservedAt: undefined,
  note: undefined,
  ...over,
});

test.each<[string, Partial<Finding>, readonly string[]]>([
  ['of Security Hub, which is SUPPRESSED', {}, ['EC2.13']],
  ['whose control passed when it was suppressed', { compliance: 'PASSED' }, ['EC2.13']],
  ['that is RESOLVED', { workflow: 'RESOLVED' }, []],
  ['that an exception of ours has suppressed', { portcullisOutcome: 'excepted' }, []],
  ['of ours', { id: ownFindingId('Portcullis', 'EC2.13', TARGET) }, []],
  ['about another target', { target: { ...TARGET, region: 'eu-west-1' } }, []],
  ['about no control of ours', { control: undefined }, []],
])('a finding %s', (_, over, accepted) => {
  expect([...acceptedElsewhere(TARGET, [suppressed(over)], 'Portcullis')]).toEqual(accepted);
});

test('a finding of another standard that is RESOLVED says otherwise', () => {
  const both = [suppressed(), suppressed({ id: 'finding-2', workflow: 'RESOLVED', portcullisOutcome: 'closed' })];
  expect(acceptedElsewhere(TARGET, both, 'Portcullis').size).toBe(0);
});
