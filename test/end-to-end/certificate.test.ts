import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  DescribeVpcsCommand,
  ModifyManagedPrefixListCommand,
} from '@aws-sdk/client-ec2';
import type { Certificate } from '../../src/core/certificate/certificate';
import { runCli, type CliResult } from '../cli/run-cli';
import { ANYWHERE, deploy, HUB, MEMBER, tcp, type Deployed, type Group } from './deployed-portcullis';

const virginia = { account: MEMBER, region: 'us-east-1' };

let portcullis: Deployed;
let environment: Record<string, string>;
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'portcullis-certificates-'));
  portcullis = await deploy({ clockMode: 'skipping' });
  const endpoint = await portcullis.clients.events.config.endpoint?.();
  if (!endpoint) throw new Error('The client of the test has no endpoint.');
  environment = {
    AWS_ENDPOINT_URL: `http://${endpoint.hostname}:${String(endpoint.port)}`,
    AWS_REGION: portcullis.hub.region,
    AWS_ACCESS_KEY_ID: HUB,
    AWS_SECRET_ACCESS_KEY: 'any',
  };
});

afterAll(async () => {
  await portcullis.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function remediationOf(findingId: string): Promise<string> {
  return (await portcullis.findingOf(findingId)).UserDefinedFields?.['PortcullisRemediationId'] ?? '';
}

/** A preview does not stand on the finding, but in the ledger. */
async function latestRemediation(): Promise<string> {
  const { Items = [] } = await portcullis.clients.dynamoDb.send(
    new ScanCommand({
      TableName: 'Portcullis-Ledger',
      FilterExpression: 'sk = :record',
      ExpressionAttributeValues: { ':record': { S: 'RECORD' } },
    }),
  );
  const [latest] = Items.sort((a, b) => (b['startedAt']?.S ?? '').localeCompare(a['startedAt']?.S ?? ''));
  return latest?.['remediationId']?.S ?? '';
}

async function closeAndGetId(findingId: string): Promise<string> {
  await portcullis.press(findingId);
  await portcullis.settle();
  return remediationOf(findingId);
}

/** Writes the certificate, or the target's chain, by the command line, and answers the file. */
async function writeCertificate(remediationId: string, ...more: readonly string[]): Promise<string> {
  const file = join(directory, `${remediationId}${more.join('')}.json`);
  const written = await runCli(['show', remediationId, '--certificate', file, ...more], { env: environment });
  expect(written).toMatchObject({ exitCode: 0, stderr: '' });
  return file;
}

/** As an auditor does: with files, and no AWS anywhere. */
function verify(...files: readonly string[]): Promise<CliResult> {
  return runCli(['verify', ...files], { env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' } });
}

function readCertificate(file: string): Certificate {
  return JSON.parse(readFileSync(file, 'utf8')) as Certificate;
}

/** Tcp 22 from everywhere, and tcp 443 from a prefix list of two entries whose version is 2. */
async function groupWithPrefixList(): Promise<readonly [Group, prefixListId: string]> {
  const ec2 = portcullis.clients.ec2(virginia);
  const { PrefixList } = await ec2.send(
    new CreateManagedPrefixListCommand({
      PrefixListName: 'offices',
      AddressFamily: 'IPv4',
      MaxEntries: 5,
      Entries: [{ Cidr: '10.0.0.0/8' }],
    }),
  );
  const PrefixListId = PrefixList?.PrefixListId ?? '';
  const AddEntries = [{ Cidr: '192.0.2.0/24' }];
  await ec2.send(new ModifyManagedPrefixListCommand({ PrefixListId, CurrentVersion: 1, AddEntries }));
  const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
  const fromOffices = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, PrefixListIds: [{ PrefixListId }] };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions: [fromOffices] }));
  return [group, PrefixListId];
}

test('a closing leaves a certificate that an auditor can verify with neither AWS nor us', async () => {
  const [group, prefixListId] = await groupWithPrefixList();
  const findingId = await portcullis.importFinding(group, 'EC2.18', {
    Compliance: {
      Status: 'FAILED',
      SecurityControlId: 'EC2.18',
      SecurityControlParameters: [{ Name: 'authorizedTcpPorts', Value: ['443'] }],
    },
  });
  const id = await closeAndGetId(findingId);
  const file = await writeCertificate(id);

  const { parts, ...certificate } = readCertificate(file);
  expect(certificate).toMatchObject({ remediationId: id, sequence: 1, previous: null });
  const control = { id: 'EC2.18', parameters: [{ Name: 'authorizedTcpPorts', Value: ['443'] }] };
  expect(parts).toMatchObject({
    target: { kind: 'security-group', partition: 'aws', ...virginia, id: group.id },
    findings: [{ id: findingId, control }],
    controls: [control],
    decision: { action: 'close', trigger: 'custom-action', decidedBy: 'custom action "Close ingress"' },
    prefixLists: [{ id: prefixListId, version: 2, in: ['before', 'after'], cidrs: ['10.0.0.0/8', '192.0.2.0/24'] }],
    outcome: { outcome: 'closed', reason: 'Closed, and read back.' },
  });
  expect(parts.plan?.steps.map(({ call }) => call)).toEqual(['RevokeSecurityGroupIngress']);
  expect(parts.runs).toMatchObject([{ executionId: expect.any(String) as string, end: 'effect-seen' }]);
  const portsOf = (part: 'before' | 'after') => {
    const state = parts[part];
    return state?.kind === 'security-group'
      ? state.rules.filter(({ IsEgress }) => !IsEgress).map(({ FromPort }) => FromPort)
      : [];
  };
  expect([portsOf('before').sort(), portsOf('after')]).toEqual([[22, 443], [443]]);

  const verified = await verify(file);
  expect(verified).toMatchObject({ exitCode: 0, stderr: '' });
  expect(verified.stdout).toContain(`${id} close of ${group.id}`);
});

test('a closing, its undo and the next closing are a chain, of which nothing can be taken away or changed', async () => {
  const group = await portcullis.openGroup(virginia, [tcp(0, 65_535, ANYWHERE)]);
  const findingId = await portcullis.importFinding(group, 'EC2.13');
  const first = await closeAndGetId(findingId);
  await portcullis.choose('Undo closing', findingId);
  await portcullis.settle();
  const undo = await remediationOf(findingId);
  const second = await closeAndGetId(findingId);
  const ids = [first, undo, second];
  expect(new Set(ids).size).toBe(3);

  const files: string[] = [];
  for (const id of ids) files.push(await writeCertificate(id));
  const certificates = files.map(readCertificate);
  expect(certificates.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  expect(certificates.map(({ previous }) => previous)).toEqual([null, certificates[0]?.hash, certificates[1]?.hash]);
  expect(certificates[1]?.parts).toMatchObject({
    decision: { action: 'undo', undoes: first },
    outcome: { outcome: 'undone' },
  });
  expect(await verify(...files)).toMatchObject({ exitCode: 0, stderr: '' });

  const chain = await writeCertificate(second, '--chain');
  expect(JSON.parse(readFileSync(chain, 'utf8'))).toEqual(certificates);
  expect(await verify(chain)).toMatchObject({ exitCode: 0, stderr: '' });

  const [one = '', two = '', three = ''] = files;
  const gap = await verify(one, three);
  expect(gap).toMatchObject({ exitCode: 1, stderr: 'error: 1 of 2 certificates does not hold\n' });
  expect(gap.stdout).toContain('chain does not hold: number 2 is missing before it');

  const alone = await verify(two);
  expect(alone.exitCode).toBe(3);
  expect(alone.stdout).toContain(`give the certificate of ${first} too`);

  const changed = join(directory, 'changed.json');
  writeFileSync(changed, readFileSync(three, 'utf8').replace('"decidedBy": "custom', '"decidedBy": "Custom'));
  const tampered = await verify(one, two, changed);
  expect(tampered.exitCode).toBe(1);
  expect(tampered.stdout).toContain('unchanged does not hold [decision]');
});

test('whatever ends leaves one: already closed, asked, failed; a preview leaves none', async () => {
  const closedAlready = await portcullis.openGroup(virginia, [tcp(443, 443, ANYWHERE)]);
  const inUse = await portcullis.openGroup(virginia, [tcp(22, 22, '10.0.0.0/8')]);
  const denied = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
  const { PrefixList } = await portcullis.clients.ec2(virginia).send(
    new CreateManagedPrefixListCommand({
      PrefixListName: 'everybody',
      AddressFamily: 'IPv4',
      MaxEntries: 2,
      Entries: [{ Cidr: ANYWHERE }, { Cidr: '192.0.2.0/24' }],
    }),
  );
  const PrefixListIds = [{ PrefixListId: PrefixList?.PrefixListId ?? '' }];
  const fromList = { IpProtocol: 'tcp', FromPort: 3389, ToPort: 3389, PrefixListIds };
  await portcullis.clients
    .ec2(virginia)
    .send(new AuthorizeSecurityGroupIngressCommand({ GroupId: inUse.id, IpPermissions: [fromList] }));

  const previewed = await portcullis.importFinding(denied, 'EC2.13');
  await portcullis.choose('Preview closing', previewed);
  await portcullis.settle();
  const preview = await runCli(['show', await latestRemediation(), '--certificate'], { env: environment });
  expect(preview).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('is a preview') as string });
  const ids: string[] = [];
  for (const [group, control] of [
    [closedAlready, 'EC2.13'],
    // Not EC2.14, which is automatic: it would be asked twice where the click comes too late for the first question.
    [inUse, 'EC2.19'],
  ] as const) {
    ids.push(await closeAndGetId(await portcullis.importFinding(group, control)));
  }
  await portcullis.misbehave({ kind: 'deny', service: 'ec2', operation: 'RevokeSecurityGroupIngress' });
  ids.push(await closeAndGetId(previewed));
  await portcullis.behave();

  const files: string[] = [];
  for (const id of ids) files.push(await writeCertificate(id));
  const certificates = files.map(readCertificate);
  expect(certificates.map(({ parts }) => parts.outcome.outcome)).toEqual(['already-closed', 'asked', 'failed']);
  // Nothing came before it: the preview of the same target is not certified.
  expect(certificates.map(({ sequence }) => sequence)).toEqual([1, 1, 1]);
  const verified = await verify(...files);
  expect(verified).toMatchObject({ exitCode: 0, stderr: '' });
  expect(verified.stdout).toContain('closed is not claimed: it ended as failed');
});

test('the rewriting of a network ACL and its undo are certified too', async () => {
  const ec2 = portcullis.clients.ec2(virginia);
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
  const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId: Vpcs[0]?.VpcId }));
  const id = NetworkAcl?.NetworkAclId ?? '';
  const everything = { Protocol: '-1', RuleAction: 'allow', Egress: false, CidrBlock: ANYWHERE } as const;
  await ec2.send(new CreateNetworkAclEntryCommand({ NetworkAclId: id, RuleNumber: 100, ...everything }));
  const arn = `arn:aws:ec2:${virginia.region}:${MEMBER}:network-acl/${id}`;
  const findingId = await portcullis.importFinding({ ...virginia, id, arn }, 'EC2.21', {
    Resources: [{ Type: 'AwsEc2NetworkAcl', Id: arn }],
  });
  const closing = await closeAndGetId(findingId);
  await portcullis.choose('Undo closing', findingId);
  await portcullis.settle();
  const undo = await remediationOf(findingId);
  const files = [await writeCertificate(closing), await writeCertificate(undo)];
  expect(files.map(readCertificate).map(({ parts }) => parts.outcome.outcome)).toEqual(['closed', 'undone']);
  expect(await verify(...files)).toMatchObject({ exitCode: 0, stderr: '' });
});
