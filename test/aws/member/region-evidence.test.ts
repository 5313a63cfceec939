import { createTargets } from '../../../src/aws/ec2/targets';
import { createMemberVersions } from '../../../src/aws/ssm/member-versions';
import { home, linked, member } from '../../sandbox/small-sandbox';
import { ALL_READS, memberAccount, REMEDIATION } from './member-account';

const account = memberAccount();

beforeAll(() => (process.env['AWS_REGION'] = home));
afterAll(() => delete process.env['AWS_REGION']);

async function observe(): Promise<unknown> {
  const observed = await createTargets(account.accounts()).observe(account.current().target, REMEDIATION);
  return observed.ok ? observed.value.kind : observed.error;
}

test('a Region that the member has not enabled is named as that, with the command that enables it', async () => {
  await account.allowMemberRole([...ALL_READS, 'ec2:DescribeRegions']);
  account.current().sandbox.world.setRegionEnabled(member, linked, false);
  expect(await observe()).toEqual({
    code: 'region-disabled',
    retryable: false,
    cause: expect.stringMatching(
      `${linked} is not enabled in account ${member}, .*aws account enable-region --region-name ${linked}; ` +
        'or take it out of members\\.regions',
    ) as string,
  });
  account.current().sandbox.world.setRegionEnabled(member, linked, true);
  expect(await observe()).toBe('found');
});

test('where EC2 may not be asked about Regions the error stays what it is, and asks', async () => {
  await account.allowMemberRole(ALL_READS);
  account.current().sandbox.world.setRegionEnabled(member, linked, false);
  expect(await observe()).toMatchObject({
    code: 'access-denied',
    cause: expect.stringMatching(`AuthFailure: .*\\(Is ${linked} enabled in account ${member}\\?`) as string,
  });
});

test('credentials that are refused in a Region that is enabled are access denied, as before', async () => {
  await account.allowMemberRole([...ALL_READS, 'ec2:DescribeRegions']);
  const { sandbox, target } = account.current();
  jest.spyOn(sandbox.world, 'optInStatus').mockReturnValueOnce('not-opted-in');
  const observed = await createTargets(account.accounts()).observe(target, REMEDIATION);
  expect(!observed.ok && observed.error).toMatchObject({
    code: 'access-denied',
    cause: expect.not.stringContaining('enable') as string,
  });
});

test('services of JSON answer such a Region in their own way, and it is named all the same', async () => {
  await account.allowMemberRole(['ssm:GetParameter', 'ec2:DescribeRegions']);
  const { sandbox, target } = account.current();
  sandbox.world.setRegionEnabled(member, linked, false);
  const versions = createMemberVersions(account.accounts(), { prefix: 'Portcullis', memberVersion: '0.1.0-a' });
  const described = await versions.describeOther(target, REMEDIATION);
  expect(described).toContain(`RegionDisabledException: ${linked} is not enabled in account ${member}`);
});
