import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { createEc2 } from '../../../sandbox/ec2/ec2-service';
import type { Sandbox } from '../../../sandbox/sandbox';
import { asAdministrator, member, startSmallSandbox } from '../small-sandbox';

let sandbox: Sandbox;
let ec2: EC2Client;
let GroupId = '';
beforeEach(async () => {
  sandbox = await startSmallSandbox(createEc2());
  ec2 = new EC2Client(asAdministrator(sandbox, member));
  ({ GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'a group' })));
});
afterEach(() => sandbox.stop());

const ssh = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];

async function ingress(): Promise<number> {
  const { SecurityGroupRules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [GroupId] }] }),
  );
  return SecurityGroupRules.filter(({ IsEgress }) => IsEgress === false).length;
}

test('a stale read answers what was there then; the others, and the changes themselves, are of the present', async () => {
  sandbox.world.faults.add({ kind: 'stale', seconds: 10, after: 1, times: 3 });
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: ssh }));
  await sandbox.world.clock.advance(20_000);
  await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: ssh }));
  const fresh = await ingress();
  const justNow = await ingress();
  await sandbox.world.clock.advance(10_000);
  const tenSecondsAgo = await ingress();
  await sandbox.world.clock.advance(1);
  const later = await ingress();
  expect([fresh, justNow, tenSecondsAgo, later]).toEqual([0, 1, 1, 0]);
});

test('before the first change that is remembered a stale read is of the present', async () => {
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: ssh }));
  sandbox.world.faults.add({ kind: 'stale', seconds: 10 });
  expect(await ingress()).toBe(1);
});
