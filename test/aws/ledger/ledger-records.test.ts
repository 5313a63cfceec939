import { gzipSync } from 'node:zlib';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { RemediationRecord } from '../../../src/core/ledger/remediation-record';
import type { NetworkAclEntry } from '../../../src/core/network/network-acl';
import type { SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import type { Ledger } from '../../../src/flow/ports';
import { TARGET } from '../../flow/in-memory-ports';
import { ledgerTable, value } from './ledger-table';

const table = ledgerTable();
let ledger: Ledger;
beforeEach(() => {
  ({ ledger } = table());
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
  test('is read back as it was written', async () => {
    await value(ledger.saveRemediation(record()));
    expect(await value(ledger.fetchRemediation('rem-0123456789abcdef'))).toEqual(record());
  });

  test('is replaced by its later state', async () => {
    await value(ledger.saveRemediation(record()));
    await value(ledger.saveRemediation(record({ outcome: 'closed', finishedAt: '2026-03-01T12:00:10.000Z' })));
    expect((await value(ledger.fetchRemediationsOf(TARGET))).map(({ outcome }) => outcome)).toEqual(['closed']);
  });

  test('is listed with the others of its target, newest first', async () => {
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

  test('is unknown when nobody wrote it', async () => {
    expect(await value(ledger.fetchRemediation('rem-ffffffffffffffff'))).toBeUndefined();
  });

  test('fits with the most rules that a group may hold', async () => {
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

  test('that does not fit is refused, not truncated', async () => {
    const noise = Array.from({ length: 60_000 }, (_, i) => Math.sin(i).toString(36)).join('');
    const result = await ledger.saveRemediation(record({ reason: noise }));
    expect(result).toMatchObject({ ok: false, error: { code: 'too-large', retryable: false } });
  });

  /** Whatever a later version says and why, with facts that this one does not know. */
  const LATER_CODE = { code: 'code-of-a-later-version', facts: [{ of: 'any shape' }], count: 2 };

  test('of a network ACL is read back as it was written, reasons with codes of a later version too, and so is its undo', async () => {
    const entry: NetworkAclEntry = {
      RuleNumber: 100,
      Protocol: '6',
      RuleAction: 'allow',
      Egress: false,
      CidrBlock: '0.0.0.0/0',
      PortRange: { From: 0, To: 65535 },
    };
    const undo = record({
      reasons: [LATER_CODE],
      action: 'undo',
      undoes: 'rem-00000000000000aa',
      target: { ...TARGET, kind: 'network-acl', id: 'acl-0a1b2c3d4e5f60718' },
      before: { kind: 'network-acl', id: 'acl-0a1b2c3d4e5f60718', isDefault: false, tags: [], entries: [entry] },
      plan: {
        violations: [{ ruleNumber: 100, controls: ['EC2.21'], how: 'open', reason: 'Open.', reasons: [LATER_CODE] }],
        steps: [{ call: 'ReplaceNetworkAclEntry', rules: [entry] }],
        remaining: [entry],
        ask: ['Asked.'],
        askReasons: [LATER_CODE],
        remarks: [],
        remarkReasons: [],
      },
      runs: [
        {
          runId: 'rem-0123456789abcdef/0.0',
          step: { call: 'DeleteNetworkAclEntry', rules: [entry] },
          startedAt: '2026-03-01T12:00:00.000Z',
          replaced: { ...entry, PortRange: { From: 22, To: 22 } },
          end: 'effect-seen',
        },
      ],
      beforeLatestPlan: { kind: 'network-acl', id: 'acl-0a1b2c3d4e5f60718', isDefault: false, tags: [], entries: [] },
      after: [entry],
    });
    await value(ledger.saveRemediation(undo));
    expect(await value(ledger.fetchRemediation(undo.remediationId))).toEqual(undo);
  });

  test('of the first version, which knew only closing, is read as a closing', async () => {
    const { action: _, ...first } = record();
    const document = gzipSync(JSON.stringify(first));
    const key = { pk: { S: 'REMEDIATION#rem-0123456789abcdef' }, sk: { S: 'RECORD' } };
    await table().client.send(
      new PutItemCommand({ TableName: table().name, Item: { ...key, document: { B: document } } }),
    );
    expect(await value(ledger.fetchRemediation('rem-0123456789abcdef'))).toMatchObject({ action: 'close' });
  });

  test.each([
    ['without a document', {}],
    ['with a document that cannot be unpacked', { document: { B: Buffer.from('not compressed') } }],
  ])('that somebody changed by hand is distinguished from what was written: %s', async (_, fields) => {
    await table().client.send(
      new PutItemCommand({
        TableName: table().name,
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
