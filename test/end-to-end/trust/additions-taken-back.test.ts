import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModifySecurityGroupRulesCommand, ReplaceNetworkAclEntryCommand } from '@aws-sdk/client-ec2';
import { runCli } from '../../cli/run-cli';
import { ANYWHERE, deploy, HUB, MEMBER, tcp, type Deployed } from '../deployed-portcullis';

const virginia = { account: MEMBER, region: 'us-east-1' };
const HOUR = 3_600_000;
const TENTH = 100;

let portcullis: Deployed;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'portcullis-additions-'));
  portcullis = await deploy({ clockMode: 'manual' });
});
afterAll(async () => {
  await portcullis.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** Lets time pass until something is so, a minute at the most. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tenths = 0; tenths < 600; tenths++) {
    if (await isSo()) return;
    await portcullis.clock.advance(TENTH);
  }
  throw new Error('It was never so.');
}

async function choose(action: string, id: string): Promise<void> {
  await portcullis.choose(action, id);
  await portcullis.clock.advance(HOUR);
}

async function remediationOf(id: string): Promise<string> {
  return (await portcullis.findingOf(id)).UserDefinedFields?.['PortcullisRemediationId'] ?? '';
}

/** Of the whole chain of the target, with nothing but the file. */
async function verifyChain(remediationId: string) {
  const endpoint = await portcullis.clients.events.config.endpoint?.();
  const file = join(directory, `${remediationId}.json`);
  await runCli(['show', remediationId, '--certificate', file, '--chain'], {
    env: {
      AWS_ENDPOINT_URL: `http://${endpoint?.hostname ?? ''}:${String(endpoint?.port ?? '')}`,
      AWS_REGION: portcullis.hub.region,
      AWS_ACCESS_KEY_ID: HUB,
      AWS_SECRET_ACCESS_KEY: 'any',
    },
  });
  return runCli(['verify', file], { env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' } });
}

test('80 and 443 that were to replace 0-1024, which its owner turned into 8000-8100, are taken back, and no undo brings them', async () => {
  const group = await portcullis.openGroup(virginia, [tcp(0, 1024, ANYWHERE)]);
  const [wide] = await portcullis.ingressOf(group);
  const SecurityGroupRuleId = wide?.SecurityGroupRuleId ?? '';
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.press(id);
  await until(async () => (await portcullis.ingressOf(group)).length === 3);
  const SecurityGroupRule = { IpProtocol: 'tcp', FromPort: 8000, ToPort: 8100, CidrIpv4: ANYWHERE };
  await portcullis.clients.ec2(group).send(
    new ModifySecurityGroupRulesCommand({
      GroupId: group.id,
      SecurityGroupRules: [{ SecurityGroupRuleId, SecurityGroupRule }],
    }),
  );
  await portcullis.clock.advance(HOUR);

  const left = [{ SecurityGroupRuleId, FromPort: 8000, ToPort: 8100 }];
  expect(await portcullis.ingressOf(group)).toMatchObject(left);
  const { Workflow } = await portcullis.findingOf(id);
  expect(Workflow?.Status).toBe('RESOLVED');
  expect(await verifyChain(await remediationOf(id))).toMatchObject({ exitCode: 0, stderr: '' });

  await choose('Undo closing', id);
  expect(await portcullis.ingressOf(group)).toMatchObject(left);
});

test('remainders of an entry that its owner changed in between are taken back', async () => {
  const acl = await portcullis.openNetworkAcl(virginia, await portcullis.openVpc(virginia), [
    { RuleNumber: 100, RuleAction: 'allow', Protocol: '6', PortRange: { From: 0, To: 65_535 }, CidrBlock: ANYWHERE },
  ]);
  const id = await portcullis.importFinding(acl, 'EC2.21');
  await portcullis.press(id);
  await until(async () => (await portcullis.entriesOf(acl)).length === 3);
  const changed = { RuleNumber: 100, PortRange: { From: 8000, To: 8100 }, CidrBlock: ANYWHERE, Egress: false };
  await portcullis.clients
    .ec2(acl)
    .send(new ReplaceNetworkAclEntryCommand({ NetworkAclId: acl.id, ...changed, Protocol: '6', RuleAction: 'allow' }));
  await portcullis.clock.advance(HOUR);
  expect(await portcullis.entriesOf(acl)).toMatchObject([changed]);
  expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('RESOLVED');
  expect(await verifyChain(await remediationOf(id))).toMatchObject({ exitCode: 0, stderr: '' });
});
