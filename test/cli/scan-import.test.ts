import { AuthorizeSecurityGroupIngressCommand, RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { BatchUpdateFindingsCommand } from '@aws-sdk/client-securityhub';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from '../end-to-end/deployed-portcullis';
import { runAsOperator } from './operator-cli';

// In the sandbox's configuration EC2.14 is closed with nobody watching, and EC2.13 waits for a person.

const VIRGINIA = { account: MEMBER, region: 'us-east-1' };

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
});
afterAll(() => portcullis.stop());

/** Of the accounts that can be read, for SSH and RDP alone: default groups are nothing to this test. */
async function scan(): Promise<{ readonly violating: number; readonly imported: number; readonly archived: number }> {
  const args = ['scan', '--import', '--accounts', MEMBER, '--controls', 'EC2.13,EC2.14', '--json'];
  const { exitCode, stdout, stderr } = await runAsOperator(portcullis, args);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  await portcullis.settle();
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Awaited<ReturnType<typeof scan>>;
}

const ownFinding = (group: Group, control: string) => portcullis.findingOf(`Portcullis/${control}/${group.arn}`);

const ec2 = () => portcullis.clients.ec2(VIRGINIA);
const ssh = { IpPermissions: [tcp(22, 22, ANYWHERE)] };

test('what a scan finds is a finding of its account, closed where that is automatic; a second scan imports nothing new', async () => {
  const group = await portcullis.openGroup(VIRGINIA, [tcp(22, 22, ANYWHERE)]);
  const rdp = await portcullis.openGroup(VIRGINIA, [tcp(3389, 3389, ANYWHERE)]);

  expect(await scan()).toMatchObject({ violating: 2, imported: 2, archived: 0 });
  const finding = await ownFinding(group, 'EC2.13');
  expect(finding).toMatchObject({
    AwsAccountId: MEMBER,
    Region: 'us-east-1',
    RecordState: 'ACTIVE',
    Compliance: { Status: 'FAILED' },
    Workflow: { Status: 'NEW' },
  });
  expect(finding.Description).toMatch(/^Found by sweep swp-\w+ at \S+; who opened it, and when, is not known\. tcp 22/);
  expect(await portcullis.ingressOf(group)).toHaveLength(1);
  // Found, and closed as any other finding is.
  expect(await portcullis.ingressOf(rdp)).toEqual([]);
  expect((await ownFinding(rdp, 'EC2.14')).Workflow?.Status).toBe('RESOLVED');

  // What was closed passes; what is imported already is not imported again.
  expect(await scan()).toMatchObject({ violating: 1, imported: 0, archived: 1 });
  expect(await scan()).toMatchObject({ violating: 1, imported: 0, archived: 0 });

  await ec2().send(new RevokeSecurityGroupIngressCommand({ GroupId: group.id, ...ssh }));
  expect(await scan()).toMatchObject({ violating: 0, imported: 0, archived: 1 });
  expect(await ownFinding(group, 'EC2.13')).toMatchObject({
    RecordState: 'ARCHIVED',
    Compliance: { Status: 'PASSED' },
  });
});

test('what we had closed and a scan finds open again is NEW, without any event of CloudTrail', async () => {
  const group = await portcullis.openGroup(VIRGINIA, [tcp(22, 22, ANYWHERE)]);
  await scan();
  await portcullis.press(`Portcullis/EC2.13/${group.arn}`);
  await portcullis.settle();
  expect((await ownFinding(group, 'EC2.13')).Workflow?.Status).toBe('RESOLVED');
  await portcullis.clock.advance(60_000);
  await ec2().send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, ...ssh }));
  expect(await scan()).toMatchObject({ violating: 1, imported: 1, archived: 0 });
  expect((await ownFinding(group, 'EC2.13')).Workflow?.Status).toBe('NEW');
});

test('what a person has RESOLVED over an open port stays so', async () => {
  const group = await portcullis.openGroup(VIRGINIA, [tcp(22, 22, ANYWHERE)]);
  await scan();
  const { Id, ProductArn } = await ownFinding(group, 'EC2.13');
  const resolve = { FindingIdentifiers: [{ Id, ProductArn }], Workflow: { Status: 'RESOLVED' as const } };
  await portcullis.clients.securityHub(portcullis.hub).send(new BatchUpdateFindingsCommand(resolve));
  expect(await scan()).toMatchObject({ imported: 0, archived: 0 });
  expect((await ownFinding(group, 'EC2.13')).Workflow?.Status).toBe('RESOLVED');
});
