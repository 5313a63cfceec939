import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchImportFindingsCommand,
  BatchUpdateFindingsV2Command,
  EnableSecurityHubV2Command,
  SecurityHubClient,
  type AwsSecurityFinding,
} from '@aws-sdk/client-securityhub';
import { createLedger } from '../../src/aws/ledger/ledger';
import { createDynamodb } from '../../sandbox/dynamodb/dynamodb-service';
import type { Sandbox } from '../../sandbox/sandbox';
import { createSecurityHub } from '../../sandbox/securityhub/securityhub-service';
import { remediation } from '../core/reporting/report-fixtures';
import { asAdministrator, home, hub, member, provision, startSmallSandbox } from '../sandbox/small-sandbox';
import { runCli, type CliResult } from './run-cli';

const TABLE = 'Portcullis-Ledger';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSmallSandbox(createSecurityHub(), createDynamodb());
});
afterEach(() => sandbox.stop());

function report(cwd: string, args: readonly string[], account = hub): Promise<CliResult> {
  const env = {
    AWS_ENDPOINT_URL: sandbox.endpoint,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_REGION: '',
    AWS_DEFAULT_REGION: '',
    AWS_CONFIG_FILE: '/nonexistent',
  };
  return runCli(['report', '--out', 'out', ...args], { cwd, env });
}

function temporaryDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'portcullis-report-'));
}

async function makeLedger(): Promise<void> {
  await provision(sandbox, 'AWS::DynamoDB::Table', {
    TableName: TABLE,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk'].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  });
}

function open(id: string, group: string): AwsSecurityFinding {
  return {
    SchemaVersion: '2018-10-08',
    Id: id,
    ProductArn: `arn:aws:securityhub:${home}::product/aws/securityhub`,
    GeneratorId: 'security-control/EC2.13',
    AwsAccountId: member,
    CreatedAt: '2026-01-01T00:00:00.000Z',
    UpdatedAt: '2026-01-02T00:00:00.000Z',
    Severity: { Label: 'HIGH' },
    Title: 'Open',
    Description: 'tcp 22 is open',
    Resources: [{ Type: 'AwsEc2SecurityGroup', Id: `arn:aws:ec2:${home}:${member}:security-group/${group}` }],
    Compliance: { Status: 'FAILED', SecurityControlId: 'EC2.13' },
  };
}

test('reads all pages of findings, and the remediations that the ledger keeps beside other items', async () => {
  await makeLedger();
  const client = new SecurityHubClient(asAdministrator(sandbox, member));
  for (let first = 0; first < 150; first += 50) {
    const Findings = Array.from({ length: 50 }, (_, i) => open(`f-${String(first + i)}`, `sg-${String(first + i)}`));
    await client.send(new BatchImportFindingsCommand({ Findings }));
  }
  const ledger = createLedger(new DynamoDBClient(asAdministrator(sandbox, hub)), TABLE);
  expect(await ledger.saveRemediation(remediation())).toMatchObject({ ok: true });

  const cwd = temporaryDirectory();
  const { exitCode, stdout, stderr } = await report(cwd, ['--region', home, '--json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ checks: 151, byStatus: { open: 150, closed: 1 }, notUnderstood: 0 });
  expect(readFileSync(join(cwd, 'out', 'report.html'), 'utf8')).toContain(`Security Hub, ${home}`);
});

test('makes no report on half of the facts: without the ledger it could not tell', async () => {
  const { exitCode, stdout, stderr } = await report(temporaryDirectory(), ['--region', home]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  expect(stderr).toMatch(/The ledger Portcullis-Ledger cannot be read: ResourceNotFoundException/);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('asks for a Region', async () => {
  const { exitCode, stderr } = await report(temporaryDirectory(), []);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(/no Region: give --region/) });
});

test('does not mix a ledger file with live findings', async () => {
  const { exitCode, stderr } = await report(temporaryDirectory(), ['--region', home, '--ledger', 'ledger.json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(/--ledger goes with --findings/) });
});

test('reads Security Hub V2 where it is asked to, with the status that findings have there', async () => {
  await makeLedger();
  const client = new SecurityHubClient(asAdministrator(sandbox, hub, home));
  const args = ['--region', home, '--security-hub', 'v2', '--json'];
  const off = await report(temporaryDirectory(), args);
  expect({ exitCode: off.exitCode, stderr: off.stderr }).toEqual({
    exitCode: 3,
    stderr: expect.stringContaining('Security Hub V2 is not enabled') as string,
  });
  await client.send(new EnableSecurityHubV2Command({}));
  const Findings = [open('one', 'sg-0123456789abcdef0'), open('two', 'sg-0123456789abcdef1')];
  await new SecurityHubClient(asAdministrator(sandbox, member, home)).send(
    new BatchImportFindingsCommand({ Findings }),
  );
  const FindingIdentifiers = [
    {
      ...{ CloudAccountUid: member, FindingInfoUid: 'one' },
      MetadataProductUid: `arn:aws:securityhub:${home}::productv2/aws/securityhub`,
    },
  ];
  await client.send(new BatchUpdateFindingsV2Command({ FindingIdentifiers, StatusId: 3 }));
  const read = await report(temporaryDirectory(), args);
  expect(read.exitCode).toBe(0);
  expect(JSON.parse(read.stdout)).toMatchObject({ checks: 2, byStatus: { open: 1 }, notUnderstood: 0 });
  // With both, what is suppressed in V2 alone is suppressed, and no check is counted twice.
  const both = await report(temporaryDirectory(), ['--region', home, '--security-hub', 'both', '--json']);
  expect(JSON.parse(both.stdout)).toMatchObject({ checks: 2, byStatus: { open: 1 }, notUnderstood: 0 });
});
