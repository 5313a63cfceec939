import { CloudTrailClient, LookupEventsCommand, type LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import { AuthorizeSecurityGroupIngressCommand, CreateSecurityGroupCommand, EC2Client } from '@aws-sdk/client-ec2';
import { createCloudTrail } from '../../../sandbox/cloudtrail/cloudtrail-service';
import { createEc2 } from '../../../sandbox/ec2/ec2-service';
import type { Sandbox } from '../../../sandbox/sandbox';
import { asAdministrator, home, linked, member, startSmallSandbox } from '../small-sandbox';

let sandbox: Sandbox;
let groupId: string;
beforeAll(async () => {
  sandbox = await startSmallSandbox(createEc2(), createCloudTrail());
  const ec2 = new EC2Client(asAdministrator(sandbox, member, home));
  const made = await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'Web' }));
  groupId = made.GroupId ?? '';
  for (let port = 1; port <= 3; port++) {
    await sandbox.world.clock.advance(60_000);
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions }));
  }
  ec2.destroy();
});
afterAll(() => sandbox.stop());

function lookUp(input: LookupEventsCommandInput, region = home) {
  const client = new CloudTrailClient(asAdministrator(sandbox, member, region));
  return client.send(new LookupEventsCommand(input)).finally(() => {
    client.destroy();
  });
}
const byName = (AttributeValue: string) => [{ AttributeKey: 'ResourceName', AttributeValue } as const];

test('the calls that changed a group are found by its id, newest first, page by page', async () => {
  const first = await lookUp({ LookupAttributes: byName(groupId), MaxResults: 3 });
  expect(first.Events?.map(({ EventName }) => EventName)).toEqual(Array(3).fill('AuthorizeSecurityGroupIngress'));
  const ports = first.Events?.map(({ CloudTrailEvent = '' }) => /"fromPort":(\d+)/.exec(CloudTrailEvent)?.[1]);
  expect(ports).toEqual(['3', '2', '1']);
  const second = await lookUp({ LookupAttributes: byName(groupId), MaxResults: 3, NextToken: first.NextToken });
  expect(second.Events?.map(({ EventName }) => EventName)).toEqual(['CreateSecurityGroup']);
  expect(second.NextToken).toBeUndefined();
});

test('nothing is found of another group, or in another Region', async () => {
  expect((await lookUp({ LookupAttributes: byName('sg-0123456789abcdef0') })).Events).toEqual([]);
  expect((await lookUp({ LookupAttributes: byName(groupId) }, linked)).Events).toEqual([]);
});

test.each<[string, LookupEventsCommandInput, string]>([
  ['two attributes', { LookupAttributes: [...byName('a'), ...byName('b')] }, 'InvalidLookupAttributesException'],
  [
    'a key that the sandbox does not know',
    { LookupAttributes: [{ AttributeKey: 'Username', AttributeValue: 'kim' }] },
    'InvalidLookupAttributesException',
  ],
  ['too large a page', { MaxResults: 51 }, 'InvalidMaxResultsException'],
])('refuses %s', async (_, input, name) => {
  await expect(lookUp(input)).rejects.toMatchObject({ name });
});

test('what is older than 90 days is forgotten', async () => {
  await sandbox.world.clock.advance(91 * 86_400_000);
  expect((await lookUp({ LookupAttributes: byName(groupId) })).Events).toEqual([]);
});
