import { gunzipSync } from 'node:zlib';
import { PutItemCommand, ScanCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createLedger } from '../../../src/aws/ledger/ledger';
import type { Certificate, CertificateContents } from '../../../src/core/certificate/certificate';
import { toCertificateContents } from '../../../src/core/certificate/making/to-certificate-contents';
import type { SecurityGroup } from '../../../src/core/network/security-group-rule';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import type { Ledger } from '../../../src/flow/ports';
import { findFaults } from '../../core/certificate/certified';
import { closeOnModel } from '../../core/certificate/on-model';
import { ledgerTable, value } from './ledger-table';

const current = ledgerTable();
let ledger: Ledger;
let client: DynamoDBClient;
let table: string;
beforeEach(() => {
  ({ ledger, client, name: table } = current());
});

const GROUP: SecurityGroup = {
  kind: 'security-group',
  id: 'sg-0a1b2c3d',
  name: 'web',
  tags: [],
  rules: [
    {
      SecurityGroupRuleId: 'sgr-1',
      IsEgress: false,
      IpProtocol: 'tcp',
      FromPort: 22,
      ToPort: 22,
      CidrIpv4: '0.0.0.0/0',
    },
  ],
  prefixLists: {},
};

const EC2_13 = [{ id: 'EC2.13', parameters: [] }] as const;

function contentsOf(remediationId: string, group = GROUP): CertificateContents {
  const { record, after } = closeOnModel(group, EC2_13, DEFAULT_PLAN_POLICY);
  return toCertificateContents({ ...record, remediationId }, after);
}

const { target } = contentsOf('any').parts;

async function chain(): Promise<readonly Certificate[]> {
  return (await value(ledger.fetchCertificatesOf(target))) as readonly Certificate[];
}

describe('certificates of a target', () => {
  test('are a chain that holds', async () => {
    for (const id of ['rem-a', 'rem-b', 'rem-c']) await value(ledger.saveCertificate(contentsOf(id)));
    const certificates = await chain();
    expect(certificates.map(({ remediationId, sequence }) => [remediationId, sequence])).toEqual([
      ['rem-a', 1],
      ['rem-b', 2],
      ['rem-c', 3],
    ]);
    expect(findFaults(...certificates)).toEqual([]);
  });

  test('are written once, however often the last is written', async () => {
    await value(ledger.saveCertificate(contentsOf('rem-a')));
    await value(ledger.saveCertificate(contentsOf('rem-b')));
    await value(ledger.saveCertificate(contentsOf('rem-b')));
    expect((await chain()).map(({ remediationId }) => remediationId)).toEqual(['rem-a', 'rem-b']);
  });

  test('do not fork when several are written at the same time', async () => {
    const ids = ['rem-a', 'rem-b', 'rem-c', 'rem-d'];
    const writers = ids.map((id) => createLedger(client, table).saveCertificate(contentsOf(id)));
    expect((await Promise.all(writers)).every(({ ok }) => ok)).toBe(true);
    const certificates = await chain();
    expect(certificates.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(certificates.map(({ remediationId }) => remediationId).sort()).toEqual(ids);
    expect(findFaults(...certificates)).toEqual([]);
  });

  test('are one chain for each target', async () => {
    const elsewhere = contentsOf('rem-b');
    const other = { ...elsewhere, parts: { ...elsewhere.parts, target: { ...target, region: 'us-east-1' } } };
    await value(ledger.saveCertificate(contentsOf('rem-a')));
    await value(ledger.saveCertificate(other));
    expect((await chain()).map(({ sequence, remediationId }) => [remediationId, sequence])).toEqual([['rem-a', 1]]);
  });

  test('are no remediations, requests or claims of it', async () => {
    await value(ledger.saveCertificate(contentsOf('rem-a')));
    expect(await value(ledger.fetchRemediationsOf(target))).toEqual([]);
  });

  test('stay in order beyond nine', async () => {
    for (let i = 1; i <= 11; i++) await value(ledger.saveCertificate(contentsOf(`rem-${String(i)}`)));
    expect((await chain()).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  test('are read page by page', async () => {
    const noise = Array.from({ length: 20_000 }, (_, i) => Math.sin(i).toString(36)).join('');
    for (let i = 1; i <= 10; i++) {
      const { remediationId, parts } = contentsOf(`rem-${String(i)}`);
      const outcome = { outcome: 'closed', reason: noise };
      await value(ledger.saveCertificate({ remediationId, parts: { ...parts, outcome } }));
    }
    // DynamoDB answers one megabyte a page.
    expect((await chain()).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('fit with the most rules that a group may hold, and prefix lists of thousands of entries', async () => {
    const scattered = (i: number) =>
      `${String((i * 7919) % 223)}.${String((i * 104_729) % 256)}.${String(i % 256)}.0/24`;
    const prefixLists = Object.fromEntries(
      [1, 2, 3].map((n) => [`pl-${String(n)}`, Array.from({ length: 1000 }, (_, i) => scattered(i * n))]),
    );
    const lists = Object.keys(prefixLists).map((PrefixListId) => ({
      SecurityGroupRuleId: `sgr-${PrefixListId}`,
      IsEgress: false,
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      PrefixListId,
    }));
    const rules = Array.from({ length: 1997 }, (_, i) => ({
      SecurityGroupRuleId: `sgr-${(i * 2_654_435_761).toString(16)}`,
      IsEgress: false,
      IpProtocol: 'tcp',
      FromPort: i,
      ToPort: i,
      CidrIpv4: i === 22 ? '0.0.0.0/0' : scattered(i),
      Description: `Of service ${String(i)}, ${'since ever '.repeat(20)}`,
    }));
    const prefixListVersions = { 'pl-1': 12, 'pl-2': 1, 'pl-3': 400 };
    const group: SecurityGroup = { ...GROUP, rules: [...rules, ...lists], prefixLists, prefixListVersions };
    const contents = contentsOf('rem-large', group);
    await value(ledger.saveCertificate(contents));
    const [certificate] = await chain();
    expect(JSON.stringify(certificate).length).toBeGreaterThan(1_500_000);
    expect(certificate?.parts.prefixLists.map(({ version, cidrs }) => [version, cidrs.length])).toEqual([
      [12, 1000],
      [1, 1000],
      [400, 1000],
    ]);
    const { Items = [] } = await client.send(new ScanCommand({ TableName: table }));
    const bytes = Items.map(({ document }) => document?.B?.byteLength ?? 0);
    expect(bytes).toHaveLength(1);
    expect(Math.max(...bytes)).toBeLessThan(200_000);
    expect(findFaults(certificate)).toEqual([]);
  });
});

describe('a certificate', () => {
  test('that does not fit is refused, not truncated', async () => {
    const contents = contentsOf('rem-a');
    const reason = Array.from({ length: 60_000 }, (_, i) => Math.sin(i).toString(36)).join('');
    const parts = { ...contents.parts, outcome: { outcome: 'closed', reason } };
    expect(await ledger.saveCertificate({ ...contents, parts })).toMatchObject({
      ok: false,
      error: { code: 'too-large', retryable: false },
    });
    expect(await chain()).toEqual([]);
  });

  test('is not put behind one that somebody has changed by hand', async () => {
    await value(ledger.saveCertificate(contentsOf('rem-a')));
    const { Items = [] } = await client.send(new ScanCommand({ TableName: table }));
    const { hash: _hash, ...item } = Items[0] ?? {};
    await client.send(new PutItemCommand({ TableName: table, Item: item }));
    expect(await ledger.saveCertificate(contentsOf('rem-b'))).toMatchObject({
      ok: false,
      error: { code: 'invalid', retryable: false },
    });
  });

  test('is stored as it is sealed, with what people look for beside it', async () => {
    await value(ledger.saveCertificate(contentsOf('rem-a')));
    const { Items = [] } = await client.send(new ScanCommand({ TableName: table }));
    const [certificate] = await chain();
    expect(Items).toMatchObject([
      {
        pk: { S: 'TARGET#222222222222/eu-central-1/security-group/sg-0a1b2c3d' },
        sk: { S: 'CERTIFICATE#0000000001' },
        remediationId: { S: 'rem-a' },
        outcome: { S: 'closed' },
        hash: { S: certificate?.hash },
        previous: { NULL: true },
      },
    ]);
    expect(JSON.parse(gunzipSync(Items[0]?.['document']?.B ?? Buffer.from('')).toString())).toEqual(certificate);
  });
});
