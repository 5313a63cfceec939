import {
  BatchImportFindingsCommand,
  BatchUpdateFindingsCommand,
  GetFindingsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import type { Sandbox } from '../../../sandbox/sandbox';
import { createSecurityHub } from '../../../sandbox/securityhub/securityhub-service';
import { asAdministrator, home, hub, startSmallSandbox } from '../small-sandbox';

const id = { Id: 'one', ProductArn: `arn:aws:securityhub:${home}::product/aws/securityhub` };

let sandbox: Sandbox;
let client: SecurityHubClient;
beforeEach(async () => {
  sandbox = await startSmallSandbox(createSecurityHub());
  client = new SecurityHubClient(asAdministrator(sandbox, hub));
});
afterEach(() => sandbox.stop());

async function importOne(): Promise<void> {
  const finding = {
    ...id,
    SchemaVersion: '2018-10-08',
    GeneratorId: 'security-control/EC2.13',
    AwsAccountId: hub,
    CreatedAt: '2026-01-01T00:00:00.000Z',
    UpdatedAt: '2026-01-02T00:00:00.000Z',
    Severity: { Label: 'HIGH' as const },
    Title: 'Open',
    Description: 'tcp 22 is open',
    Resources: [{ Type: 'AwsEc2SecurityGroup', Id: `arn:aws:ec2:${home}:${hub}:security-group/sg-1` }],
  };
  const { FailedFindings } = await client.send(new BatchImportFindingsCommand({ Findings: [finding] }));
  expect(FailedFindings).toEqual([]);
}

async function statuses(): Promise<readonly unknown[]> {
  const { Findings = [] } = await client.send(new GetFindingsCommand({}));
  return Findings.map(({ Workflow }) => Workflow?.Status);
}

const resolve = () =>
  client.send(new BatchUpdateFindingsCommand({ FindingIdentifiers: [id], Workflow: { Status: 'RESOLVED' } }));

test('a stale read shows neither an update nor a finding that is younger; updates see the present', async () => {
  sandbox.world.faults.add({ kind: 'stale', seconds: 60 });
  await importOne();
  await sandbox.world.clock.advance(100_000);
  const { UnprocessedFindings } = await resolve();
  expect(UnprocessedFindings).toEqual([]);
  expect(await statuses()).toEqual(['NEW']);
  await sandbox.world.clock.advance(60_001);
  expect(await statuses()).toEqual(['RESOLVED']);
});

test('a finding does not show in a stale read until it is old enough', async () => {
  sandbox.world.faults.add({ kind: 'stale', seconds: 60 });
  await importOne();
  expect(await statuses()).toEqual([]);
  await sandbox.world.clock.advance(60_001);
  expect(await statuses()).toEqual(['NEW']);
});

test('without the fault a read is of the present, and nothing is remembered', async () => {
  await importOne();
  await resolve();
  sandbox.world.faults.add({ kind: 'stale', seconds: 60 });
  expect(await statuses()).toEqual(['RESOLVED']);
});
