import { CloudTrailClient, StopLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { CreateFlowLogsCommand } from '@aws-sdk/client-ec2';
import { DisableRuleCommand, EnableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CreateDocumentCommand, DeleteDocumentCommand, GetDocumentCommand } from '@aws-sdk/client-ssm';
import type { Check } from '../../src/flow/doctor/check';
import { deploy, MEMBER, type Deployed } from '../end-to-end/deployed-portcullis';
import { expectOneLine, runAsOperator } from './operator-cli';

const PLACE = { account: MEMBER, region: 'us-east-1' };

let portcullis: Deployed;
let asMember: {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
};
beforeAll(async () => {
  portcullis = await deploy({
    clockMode: 'skipping',
    configurationFile: 'test/end-to-end/detection/detection.yaml',
  });
  const credentials = { accessKeyId: MEMBER, secretAccessKey: 'any' };
  asMember = { endpoint: portcullis.endpoint, region: PLACE.region, credentials };
});
afterAll(() => portcullis.stop());

async function runChecks(): Promise<{ readonly exitCode: number | null; readonly checks: readonly Check[] }> {
  const args = ['doctor', '--member', '--regions', 'eu-central-1,us-east-1', '--json'];
  const { exitCode, stdout } = await runAsOperator(portcullis, args, { account: MEMBER });
  const lines = stdout.trimEnd().split('\n');
  return { exitCode, checks: lines.map((line) => JSON.parse(line) as Check) };
}

const bad = (checks: readonly Check[]) => checks.filter(({ status }) => status !== 'ok');

test('from inside a member that is as this version deploys it, all is well in every Region', async () => {
  const { exitCode, checks } = await runChecks();
  expect({ exitCode, bad: bad(checks) }).toEqual({ exitCode: 0, bad: [] });
  expect(checks.map(({ check }) => check)).toEqual([
    'credentials',
    'clock',
    ...['eu-central-1', 'us-east-1'].flatMap((region) =>
      [
        'documents',
        'CloudTrail',
        'flow logs',
        'quota of rules per security group',
        'quota of rules per network ACL',
        'quota of security groups per interface',
        'quota of automations at once',
      ].map((what) => `${what} ${region}`),
    ),
    'isolation eu-central-1',
    'isolation us-east-1',
  ]);
  const found = (check: string) => checks.find((each) => each.check === check)?.found;
  expect(found('quota of automations at once us-east-1')).toBe('0 of 100 used');
  expect(found('documents us-east-1')).toMatch(/^(\d+) of \1 are those of this version$/);
  expect(found('CloudTrail us-east-1')).toBe('management-events records; changes are forwarded to the hub');
  expect(found('flow logs us-east-1')).toMatch(/^none: whether what is open is used stays unknown$/);
});

test('a document that is gone, and one that somebody changed, have one line with what mends them', async () => {
  const ssm = portcullis.clients.ssm(PLACE);
  const [gone, changed] = ['Portcullis-DeleteNetworkAclEntry', 'Portcullis-CloseSecurityGroupIngress'];
  await ssm.send(new DeleteDocumentCommand({ Name: gone }));
  const { Content = '' } = await ssm.send(new GetDocumentCommand({ Name: changed }));
  await ssm.send(new DeleteDocumentCommand({ Name: changed }));
  const other = Content.replace('"RevokeSecurityGroupIngress"', '"AuthorizeSecurityGroupIngress"');
  expect(other).not.toBe(Content);
  await ssm.send(
    new CreateDocumentCommand({ Name: changed, Content: other, DocumentType: 'Automation', DocumentFormat: 'JSON' }),
  );
  const { exitCode, checks } = await runChecks();
  expect(exitCode).toBe(1);
  expect(bad(checks)).toEqual([
    {
      check: 'documents us-east-1',
      status: 'failed',
      found: expect.stringMatching(
        new RegExp(`; missing: ${gone}; of another version, or changed by hand: ${changed}$`),
      ) as string,
      fix: 'AWS_REGION=us-east-1 npx cdk deploy Portcullis-Member',
    },
  ]);
});

test('a rule that is disabled, and a trail that does not record, each have a line; flow logs are counted', async () => {
  const documents = 'documents us-east-1';
  const others = async () => bad((await runChecks()).checks).filter(({ check }) => check !== documents);
  const events = new EventBridgeClient(asMember);
  await events.send(new DisableRuleCommand({ Name: 'Portcullis-Forwarder' }));
  expect(await others()).toEqual([
    {
      check: 'CloudTrail us-east-1',
      status: 'failed',
      found: 'the rule Portcullis-Forwarder is disabled: changes are not forwarded to the hub',
      fix: 'aws events enable-rule --name Portcullis-Forwarder --region us-east-1',
    },
  ]);
  await events.send(new EnableRuleCommand({ Name: 'Portcullis-Forwarder' }));
  await new CloudTrailClient(asMember).send(new StopLoggingCommand({ Name: 'management-events' }));
  const vpc = await portcullis.openVpc(PLACE);
  await portcullis.clients.ec2(PLACE).send(
    new CreateFlowLogsCommand({
      ResourceIds: [vpc],
      ResourceType: 'VPC',
      TrafficType: 'ALL',
      LogDestinationType: 's3',
      LogDestination: 'arn:aws:s3:::flow-logs',
    }),
  );
  const { checks } = await runChecks();
  expect(checks.find(({ check }) => check === 'flow logs us-east-1')?.found).toBe('1 active');
  expect(bad(checks).filter(({ check }) => check !== documents)).toEqual(
    ['eu-central-1', 'us-east-1'].map((region) => ({
      check: `CloudTrail ${region}`,
      status: 'failed',
      found: 'management-events does not record: EventBridge hears of no change',
      fix: `aws cloudtrail start-logging --name management-events --region ${region}`,
    })),
  );
});

test('without any permission each check is unknown, and says which one is missing', async () => {
  await portcullis.misbehave({ kind: 'deny', callers: ['account'] });
  const { exitCode, checks } = await runChecks();
  await portcullis.behave();
  expect(exitCode).toBe(3);
  const inside = checks.filter(({ check }) => /-\d$/.test(check));
  expect(inside.filter(({ status, found }) => status !== 'unknown' || !/to perform: \w+:\w+/.test(found))).toEqual([]);
});

test('--member checks the account that the credentials are of, and no other can be named', async () => {
  const result = await runAsOperator(portcullis, ['doctor', '--member', '--accounts', MEMBER], { account: MEMBER });
  expect(result).toMatchObject({ exitCode: 2, stdout: '' });
  expectOneLine(result, /--accounts: with --member it is the account that the credentials are of/);
});

test('a Region that the account has not enabled is named as that', async () => {
  await portcullis.enableRegion(MEMBER, 'us-east-1', false);
  const { checks } = await runChecks();
  await portcullis.enableRegion(MEMBER, 'us-east-1', true);
  const there = checks.filter(({ check }) => check.endsWith(' us-east-1'));
  expect(there.map(({ check }) => check)).toContain('documents us-east-1');
  for (const { status, found, fix } of there) {
    expect(status).toBe('unknown');
    expect(found).toContain(`us-east-1 is not enabled in account ${MEMBER}`);
    expect(fix).toBe('enable the Region in that account, or take it out of members.regions');
  }
});
