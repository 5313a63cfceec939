import { locateIsolable } from '../../../src/core/findings/locate-isolable';

const ACCOUNT = '222222222222';
const INSTANCE = `arn:aws:ec2:eu-central-1:${ACCOUNT}:instance/i-0123456789abcdef0`;
const INTERFACE = `arn:aws:ec2:eu-central-1:${ACCOUNT}:network-interface/eni-0123456789abcdef0`;

const located = (...ids: readonly string[]) =>
  locateIsolable({ AwsAccountId: ACCOUNT, Resources: ids.map((Id) => ({ Type: 'Whatever', Id })) });

test.each<[string, readonly string[], string | undefined]>([
  ['an instance', [INSTANCE], 'instance i-0123456789abcdef0'],
  ['an interface', [INTERFACE], 'network-interface eni-0123456789abcdef0'],
  ['the instance of both', [INTERFACE, INSTANCE], 'instance i-0123456789abcdef0'],
  ['one of another partition', [INSTANCE.replace(':aws:', ':aws-us-gov:')], 'instance i-0123456789abcdef0'],
  ['the first of many', [`arn:aws:s3:::bucket`, INSTANCE], 'instance i-0123456789abcdef0'],
  ['none of another account', [INSTANCE.replace(ACCOUNT, '333333333333')], undefined],
  ['no id that is no ARN', ['i-0123456789abcdef0'], undefined],
  ['no ARN with the id of another type', [INSTANCE.replace('i-0', 'eni-0')], undefined],
  ['no ARN with something behind it', [`${INSTANCE}/x`], undefined],
  ['no security group', [`arn:aws:ec2:eu-central-1:${ACCOUNT}:security-group/sg-0123456789abcdef0`], undefined],
  ['nothing', [], undefined],
])('a finding is about %s', (_, ids, expected) => {
  const target = located(...ids);
  expect(target && `${target.kind} ${target.id}`).toBe(expected);
});

test('a finding without resources is about nothing', () => {
  expect(locateIsolable({ AwsAccountId: ACCOUNT })).toBeUndefined();
});
