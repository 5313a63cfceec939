import { gzipSync } from 'node:zlib';
import { CreateTableCommand, DynamoDBClient, PutItemCommand, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import type { AddressInfo, Server } from 'node:net';
import { createLedger } from '../../src/aws/ledger';
import type { RemediationRecord } from '../../src/core/ledger/remediation-record';
import type { NetworkAclEntry } from '../../src/core/network/network-acl';
import type { SecurityGroupRule } from '../../src/core/network/security-group-rule';
import { leaseFrom } from '../../src/flow/lease-from';
import { LEASE_SECONDS } from '../../src/flow/limits';
import type { Ledger, Outcome, RemediationRequest } from '../../src/flow/ports';
import { TARGET } from '../flow/in-memory-ports';

const START = Date.parse('2026-03-01T12:00:00.000Z');

/** The lease of somebody who is heard of so many seconds after the start. */
const later = (seconds: number) => leaseFrom({ now: () => new Date(START + seconds * 1000) });
const NOW = later(0);

let server: Server;
let client: DynamoDBClient;
let ledger: Ledger;
let table = 0;

beforeAll(async () => {
  server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${String(port)}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
});

beforeEach(async () => {
  const TableName = `Ledger-${String(++table)}`;
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
    }),
  );
  await waitUntilTableExists({ client, minDelay: 0.01, maxDelay: 0.1, maxWaitTime: 60 }, { TableName });
  ledger = createLedger(client, TableName);
});

afterAll(async () => {
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
});

async function value<Value>(outcome: Outcome<Value>): Promise<Value> {
  const result = await outcome;
  if (!result.ok) throw new Error(result.error.cause);
  return result.value;
}

function request(id: string): RemediationRequest {
  return {
    id,
    action: 'close',
    trigger: 'custom-action',
    decidedBy: 'somebody',
    findings: [{ id: `finding-${id}`, productArn: 'product' }],
  };
}

async function heldWork(generation: number, now = NOW) {
  const work = await value(ledger.openWork(TARGET, generation, now));
  if (work.kind !== 'held') throw new Error(work.kind);
  return work;
}

describe('a request', () => {
  it.each<RemediationRequest>([
    request('1'),
    { ...request('2'), action: 'preview' },
    { ...request('3'), action: 'undo', remediationId: 'rem-0123456789abcdef', confirmed: true },
  ])('to $action is read as it was written', async (wanted) => {
    await value(ledger.saveRequest(TARGET, wanted));
    const { generation } = await value(ledger.announceArrival(TARGET, NOW));
    expect((await heldWork(generation)).requests).toEqual([wanted]);
  });
});

describe('a claim', () => {
  it('lets everything that arrives while somebody holds the target join the same generation', async () => {
    expect(await value(ledger.announceArrival(TARGET, NOW))).toEqual({ generation: 1 });
    expect(await value(ledger.announceArrival(TARGET, NOW))).toEqual({ generation: 1 });
    expect((await heldWork(1)).arrivals).toBe(2);
  });

  it('hands over the requests that were written before they were announced', async () => {
    await value(ledger.saveRequest(TARGET, request('a')));
    await value(ledger.saveRequest(TARGET, request('b')));
    await value(ledger.announceArrival(TARGET, NOW));
    expect(await heldWork(1)).toMatchObject({ requests: [request('a'), request('b')], more: false });
  });

  it('holds a request that is written twice once', async () => {
    await value(ledger.saveRequest(TARGET, request('a')));
    await value(ledger.saveRequest(TARGET, request('a')));
    await value(ledger.announceArrival(TARGET, NOW));
    expect((await heldWork(1)).requests).toHaveLength(1);
  });

  it('is released when nothing arrived since, and the next arrival begins a new generation', async () => {
    await value(ledger.saveRequest(TARGET, request('a')));
    await value(ledger.announceArrival(TARGET, NOW));
    const { arrivals, requests } = await heldWork(1);
    await value(ledger.deleteRequests(TARGET, requests));
    expect(await value(ledger.release(TARGET, 1, arrivals))).toBe(true);

    expect(await value(ledger.announceArrival(TARGET, NOW))).toEqual({ generation: 2 });
    expect((await heldWork(2)).requests).toEqual([]);
  });

  it('is not released when something arrived since, so that nothing is lost in between', async () => {
    await value(ledger.announceArrival(TARGET, NOW));
    const { arrivals } = await heldWork(1);
    await value(ledger.saveRequest(TARGET, request('late')));
    expect(await value(ledger.announceArrival(TARGET, NOW))).toEqual({ generation: 1 });

    expect(await value(ledger.release(TARGET, 1, arrivals))).toBe(false);
    expect((await heldWork(1)).requests).toEqual([request('late')]);
  });

  it('is released once: the step that is repeated finds nothing of its own', async () => {
    await value(ledger.announceArrival(TARGET, NOW));
    expect(await value(ledger.release(TARGET, 1, 1))).toBe(true);
    expect(await value(ledger.release(TARGET, 1, 1))).toBe(false);
    expect(await value(ledger.openWork(TARGET, 1, NOW))).toEqual({ kind: 'superseded' });
  });

  it('is taken over when its execution must be dead, and the dead one may not go on', async () => {
    await value(ledger.announceArrival(TARGET, NOW));
    expect(await value(ledger.announceArrival(TARGET, later(LEASE_SECONDS - 1)))).toEqual({ generation: 1 });
    expect(await value(ledger.announceArrival(TARGET, later(LEASE_SECONDS + 1)))).toEqual({ generation: 2 });

    expect(await value(ledger.openWork(TARGET, 1, later(LEASE_SECONDS + 2)))).toEqual({ kind: 'superseded' });
    expect((await heldWork(2, later(LEASE_SECONDS + 2))).arrivals).toBe(3);
  });

  it('is not taken over while its execution renews the lease', async () => {
    await value(ledger.announceArrival(TARGET, NOW));
    await heldWork(1, later(LEASE_SECONDS - 10));
    expect(await value(ledger.announceArrival(TARGET, later(LEASE_SECONDS + 1)))).toEqual({ generation: 1 });
  });

  it('has a lease of its own in every generation', async () => {
    await value(ledger.announceArrival(TARGET, NOW));
    await value(ledger.release(TARGET, 1, 1));
    const longAfter = LEASE_SECONDS * 5;
    expect(await value(ledger.announceArrival(TARGET, later(longAfter)))).toEqual({ generation: 2 });
    expect(await value(ledger.announceArrival(TARGET, later(longAfter + 10)))).toEqual({ generation: 2 });
  });

  it('is taken over once by two that come at the same time', async () => {
    await value(ledger.announceArrival(TARGET, NOW));
    const expired = later(LEASE_SECONDS + 1);
    const both = await Promise.all([
      value(ledger.announceArrival(TARGET, expired)),
      value(ledger.announceArrival(TARGET, expired)),
    ]);
    expect(both).toEqual([{ generation: 2 }, { generation: 2 }]);
  });

  it('says that more waits than it hands over at once', async () => {
    for (let i = 0; i < 60; i++) await value(ledger.saveRequest(TARGET, request(String(i).padStart(2, '0'))));
    await value(ledger.announceArrival(TARGET, NOW));
    const first = await heldWork(1);
    expect(first.more).toBe(true);
    await value(ledger.deleteRequests(TARGET, first.requests));
    const rest = await heldWork(1);
    expect(first.requests.length + rest.requests.length).toBe(60);
    expect(rest.more).toBe(false);
  });
});

const RULE: SecurityGroupRule = {
  SecurityGroupRuleId: 'sgr-1',
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  CidrIpv4: '0.0.0.0/0',
  Description: 'SSH, “temporarily”',
  Tags: [{ Key: 'owner', Value: 'web' }],
};

function record(fields: Partial<RemediationRecord> = {}): RemediationRecord {
  return {
    remediationId: 'rem-0123456789abcdef',
    target: TARGET,
    action: 'close',
    trigger: 'automatic',
    decidedBy: 'policy: EC2.13 automatic',
    findings: [{ id: 'finding', productArn: 'product', control: 'EC2.13' }],
    startedAt: '2026-03-01T12:00:00.000Z',
    outcome: 'running',
    before: { kind: 'security-group', id: TARGET.id, name: 'web', tags: [], rules: [RULE], prefixLists: {} },
    runs: [],
    ...fields,
  };
}

describe('a remediation', () => {
  it('is read back as it was written', async () => {
    await value(ledger.saveRemediation(record()));
    expect(await value(ledger.fetchRemediation('rem-0123456789abcdef'))).toEqual(record());
  });

  it('is replaced by its later state', async () => {
    await value(ledger.saveRemediation(record()));
    await value(ledger.saveRemediation(record({ outcome: 'closed', finishedAt: '2026-03-01T12:00:10.000Z' })));
    expect((await value(ledger.fetchRemediationsOf(TARGET))).map(({ outcome }) => outcome)).toEqual(['closed']);
  });

  it('is listed with the others of its target, newest first', async () => {
    await value(ledger.saveRemediation(record()));
    await value(
      ledger.saveRemediation(record({ remediationId: 'rem-00000000000000aa', startedAt: '2026-03-02T12:00:00.000Z' })),
    );
    await value(
      ledger.saveRemediation(record({ remediationId: 'rem-00000000000000bb', target: { ...TARGET, id: 'sg-0e' } })),
    );
    expect((await value(ledger.fetchRemediationsOf(TARGET))).map(({ remediationId }) => remediationId)).toEqual([
      'rem-00000000000000aa',
      'rem-0123456789abcdef',
    ]);
  });

  it('is unknown when nobody wrote it', async () => {
    expect(await value(ledger.fetchRemediation('rem-ffffffffffffffff'))).toBeUndefined();
  });

  it('fits with the most rules that a group may hold', async () => {
    const rules = Array.from({ length: 2000 }, (_, i) => ({
      ...RULE,
      SecurityGroupRuleId: `sgr-${String(i)}`,
      Description: 'x'.repeat(255),
    }));
    const large = record({
      before: { kind: 'security-group', id: TARGET.id, name: 'web', tags: [], rules, prefixLists: {} },
    });
    expect(JSON.stringify(large).length).toBeGreaterThan(800_000);
    await value(ledger.saveRemediation(large));
    expect(await value(ledger.fetchRemediation(large.remediationId))).toEqual(large);
  });

  it('that does not fit is refused, not cut short', async () => {
    const noise = Array.from({ length: 60_000 }, (_, i) => Math.sin(i).toString(36)).join('');
    const result = await ledger.saveRemediation(record({ reason: noise }));
    expect(result).toMatchObject({ ok: false, error: { code: 'too-large', retryable: false } });
  });

  it('of a network ACL is read back as it was written, and so is its undo', async () => {
    const entry: NetworkAclEntry = {
      RuleNumber: 100,
      Protocol: '6',
      RuleAction: 'allow',
      Egress: false,
      CidrBlock: '0.0.0.0/0',
      PortRange: { From: 0, To: 65535 },
    };
    const undo = record({
      action: 'undo',
      undoes: 'rem-00000000000000aa',
      target: { ...TARGET, kind: 'network-acl', id: 'acl-0a1b2c3d4e5f60718' },
      before: { kind: 'network-acl', id: 'acl-0a1b2c3d4e5f60718', isDefault: false, tags: [], entries: [entry] },
      plan: {
        violations: [{ ruleNumber: 100, controls: ['EC2.21'], how: 'open', reason: 'Open.' }],
        steps: [{ call: 'ReplaceNetworkAclEntry', rules: [entry] }],
        remaining: [entry],
        ask: [],
        remarks: [],
      },
      runs: [
        {
          runId: 'rem-0123456789abcdef/0.0',
          step: { call: 'DeleteNetworkAclEntry', rules: [entry] },
          startedAt: '2026-03-01T12:00:00.000Z',
          end: 'effect-seen',
        },
      ],
      after: [entry],
    });
    await value(ledger.saveRemediation(undo));
    expect(await value(ledger.fetchRemediation(undo.remediationId))).toEqual(undo);
  });

  it('of the first version, which knew only closing, is read as a closing', async () => {
    const { action: _, ...first } = record();
    const document = gzipSync(JSON.stringify(first));
    const key = { pk: { S: 'REMEDIATION#rem-0123456789abcdef' }, sk: { S: 'RECORD' } };
    await client.send(
      new PutItemCommand({ TableName: `Ledger-${String(table)}`, Item: { ...key, document: { B: document } } }),
    );
    expect(await value(ledger.fetchRemediation('rem-0123456789abcdef'))).toMatchObject({ action: 'close' });
  });

  it.each([
    ['without a document', {}],
    ['with a document that cannot be unpacked', { document: { B: Buffer.from('not compressed') } }],
  ])('that somebody changed by hand is told apart from what was written: %s', async (_, fields) => {
    await client.send(
      new PutItemCommand({
        TableName: `Ledger-${String(table)}`,
        Item: {
          pk: { S: 'REMEDIATION#rem-0123456789abcdef' },
          sk: { S: 'RECORD' },
          outcome: { S: 'closed' },
          ...fields,
        },
      }),
    );
    expect(await ledger.fetchRemediation('rem-0123456789abcdef')).toMatchObject({
      ok: false,
      error: { code: 'invalid' },
    });
  });
});
