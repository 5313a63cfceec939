import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { STSClient } from '@aws-sdk/client-sts';
import { createMemberAccounts, type MemberAccounts } from '../../../src/aws/sts/member-credentials';
import type { Target } from '../../../src/core/target';
import { createEc2 } from '../../../sandbox/ec2/ec2-service';
import type { Sandbox } from '../../../sandbox/sandbox';
import { createSsm } from '../../../sandbox/ssm/ssm-service';
import { asAdministrator, home, hub, linked, member, provision, startSmallSandbox } from '../../sandbox/small-sandbox';

export const REMEDIATION = 'rem-0123456789abcdef';
export const ALL_READS = [
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSecurityGroupRules',
  'ec2:DescribeManagedPrefixLists',
  'ec2:GetManagedPrefixListEntries',
];
export const EVERYTHING = [...ALL_READS, 'ssm:StartAutomationExecution', 'ssm:GetAutomationExecution', 'iam:PassRole'];

export interface MemberAccount {
  /** As they are for the test that runs. */
  readonly current: () => { readonly sandbox: Sandbox; readonly ec2: EC2Client; readonly target: Target };
  readonly allowMemberRole: (actions: readonly string[]) => Promise<void>;
  readonly accounts: () => MemberAccounts;
  readonly open: (port: number, CidrIp?: string, Description?: string) => Promise<void>;
}

/** A member account with a group in a VPC of its own, for each test of the file that calls this. */
export function memberAccount(): MemberAccount {
  let sandbox: Sandbox;
  let ec2: EC2Client;
  let target: Target;

  beforeEach(async () => {
    sandbox = await startSmallSandbox(createEc2(), createSsm());
    // As in Lambda: the adapters' clients find their endpoint and credentials in the environment.
    process.env['AWS_ENDPOINT_URL'] = sandbox.endpoint;
    ec2 = new EC2Client(asAdministrator(sandbox, member, linked));
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
    const { GroupId = '' } = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: 'web', Description: 'Web servers', VpcId: Vpc?.VpcId }),
    );
    target = { kind: 'security-group', partition: 'aws', account: member, region: linked, id: GroupId };
  });

  afterEach(async () => {
    delete process.env['AWS_ENDPOINT_URL'];
    ec2.destroy();
    await sandbox.stop();
  });

  async function allowMemberRole(actions: readonly string[]): Promise<void> {
    await provision(
      sandbox,
      'AWS::IAM::Role',
      {
        RoleName: 'Portcullis-Member',
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${hub}:root` }, Action: 'sts:AssumeRole' }],
        },
        Policies: [
          {
            PolicyName: 'Only',
            PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] },
          },
        ],
      },
      { account: member },
    );
  }

  function accounts(): MemberAccounts {
    const clock = { now: () => new Date(sandbox.world.clock.now()) };
    return createMemberAccounts(new STSClient(asAdministrator(sandbox, hub, home)), 'Portcullis-Member', clock);
  }

  async function open(port: number, CidrIp = '0.0.0.0/0', Description = 'Web'): Promise<void> {
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: target.id,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp, Description }] }],
      }),
    );
  }

  return { current: () => ({ sandbox, ec2, target }), allowMemberRole, accounts, open };
}
