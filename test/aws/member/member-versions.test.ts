import { SSMClient } from '@aws-sdk/client-ssm';
import { createMemberVersions } from '../../../src/aws/ssm/member-versions';
import { failure, success } from '../../../src/core/result';

const target = {
  ...({ kind: 'security-group', partition: 'aws', id: 'sg-1' } as const),
  ...{ account: '222222222222', region: 'us-east-1' },
};
const session = {
  ...{ accessKeyId: 'AKIA', secretAccessKey: 's', sessionToken: 't' },
  expiration: new Date('2100-01-01T00:00:00Z'),
};

function describeWhere(answer: string | Error) {
  const send = jest.spyOn(SSMClient.prototype, 'send') as unknown as jest.SpyInstance<Promise<unknown>>;
  if (typeof answer === 'string') send.mockResolvedValue({ Parameter: { Value: answer } });
  else send.mockRejectedValue(answer);
  const accounts = { credentialsFor: () => Promise.resolve(success(session)) };
  const versions = createMemberVersions(accounts, { prefix: 'Portcullis', memberVersion: '0.2.0-b' });
  return versions.describeOther(target, 'rem-1');
}

function refusal(name: string): Error {
  return Object.assign(new Error('refused'), { name, $metadata: {} });
}
afterEach(() => jest.restoreAllMocks());

test.each([
  ['the hub version', '0.2.0-b', undefined],
  [
    'another version',
    '0.1.0-a',
    /^The member stack in 222222222222\/us-east-1 is of version 0\.1\.0-a, .* 0\.2\.0-b: deploy it/,
  ],
  ['no parameter', refusal('ParameterNotFound'), /is older than the hub .*ParameterNotFound.*members before the hub/],
  ['a role that may not read it', refusal('AccessDeniedException'), /is older than the hub .*AccessDenied/],
  ['a service in trouble', refusal('InternalServerError'), /us-east-1: its version cannot be read: Internal/],
])('a member that answers with %s', async (_, answer, expected) => {
  const described = await describeWhere(answer);
  if (expected === undefined) expect(described).toBeUndefined();
  else expect(described).toMatch(expected);
});

test('without the member role nothing is said of its version', async () => {
  const cause = failure({ code: 'access-denied', retryable: false, cause: 'denied' } as const);
  const accounts = { credentialsFor: () => Promise.resolve(cause) };
  const versions = createMemberVersions(accounts, { prefix: 'Portcullis', memberVersion: '0.2.0-b' });
  expect(await versions.describeOther(target, 'rem-1')).toBeUndefined();
});
