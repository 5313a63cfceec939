import {
  BatchImportFindingsCommand,
  EnableSecurityHubV2Command,
  GetFindingsV2Command,
  SecurityHubClient,
  type AwsSecurityFinding,
} from '@aws-sdk/client-securityhub';
import { createHub } from '../../../src/aws/security-hub/hub';
import { memberOf } from '../../../src/core/read-member';
import { targetArn } from '../../../src/core/target';
import type { FindingsByIds, Hub, HubUpdate } from '../../../src/flow/ports';
import { callMade, type CallMade } from '../../../sandbox/runtime/operation';
import type { Sandbox } from '../../../sandbox/sandbox';
import { createSecurityHub } from '../../../sandbox/securityhub/securityhub-service';
import { TARGET } from '../../flow/in-memory-ports';
import { asAdministrator, home, hub, member, startSmallSandbox } from '../../sandbox/small-sandbox';

const PRODUCT = `arn:aws:securityhub:${home}::product/aws/securityhub`;
const OWN_PRODUCT = `arn:aws:securityhub:${home}:${member}:product/${member}/default`;
const NOW = '2026-11-29T12:00:00Z';
const clock = { now: () => new Date(NOW) };
const RESOLVED: HubUpdate = {
  workflow: 'RESOLVED',
  note: 'Closed and read back.',
  userDefinedFields: { PortcullisOutcome: 'closed', PortcullisRemediationId: 'rem-0123456789abcdef' },
};

let sandbox: Sandbox;
let client: SecurityHubClient;
let v2: Hub & FindingsByIds;
let both: Hub & FindingsByIds;

beforeEach(async () => {
  sandbox = await startSmallSandbox(createSecurityHub());
  client = new SecurityHubClient(asAdministrator(sandbox, hub, home));
  await client.send(new EnableSecurityHubV2Command({}));
  v2 = createHub(client, 'v2', clock);
  both = createHub(client, 'both', clock);
});

afterEach(async () => {
  client.destroy();
  await sandbox.stop();
});

async function importAll(count: number, changes: Partial<AwsSecurityFinding> = {}): Promise<void> {
  const importer = new SecurityHubClient(asAdministrator(sandbox, member, home));
  const Findings = Array.from({ length: count }, (_, i) => ({
    SchemaVersion: '2018-10-08',
    Id: `finding-${String(i)}`,
    ProductArn: PRODUCT,
    GeneratorId: 'security-control/EC2.13',
    AwsAccountId: member,
    CreatedAt: '2026-01-01T00:00:00.000Z',
    UpdatedAt: '2026-01-02T00:00:00.000Z',
    Severity: { Label: 'HIGH' as const },
    Title: 'Open',
    Description: 'tcp 22 is open',
    Resources: [{ Type: 'AwsEc2SecurityGroup', Id: targetArn(TARGET), Region: TARGET.region }],
    Compliance: { Status: 'FAILED' as const, SecurityControlId: 'EC2.13' },
    ...changes,
  }));
  for (let i = 0; i < count; i += 100) {
    await importer.send(new BatchImportFindingsCommand({ Findings: Findings.slice(i, i + 100) }));
  }
  importer.destroy();
}

const keys = (count: number, productArn = PRODUCT) =>
  Array.from({ length: count }, (_, i) => ({ id: `finding-${String(i)}`, productArn }));

/** @returns how often each operation was called since */
function watchCalls(): () => Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  sandbox.world.on(callMade, (payload) => {
    // Published under this name by the runtime only, with this type.
    const { operation } = payload as CallMade;
    counts[operation] = (counts[operation] ?? 0) + 1;
  });
  return () => ({ ...counts });
}

async function comments(): Promise<readonly unknown[]> {
  const { Findings = [] } = await client.send(new GetFindingsV2Command({}));
  return Findings.map((each) => memberOf(each, 'comment'));
}

test('V2 gives any number of findings by the keys that they have in CSPM, and no parameters', async () => {
  await importAll(45);
  const found = await v2.fetchFindings(keys(45));
  expect(found.ok && found.value).toHaveLength(45);
  expect(found.ok && found.value[0]).toMatchObject({ control: { id: 'EC2.13' }, target: TARGET, workflow: 'NEW' });
});

test('an update of more than a hundred goes in several calls, and is signed', async () => {
  await importAll(120);
  expect(await v2.updateFindings(keys(120), RESOLVED)).toEqual({ ok: true, value: [] });
  const found = await v2.fetchFindings(keys(120));
  expect(found.ok && found.value.every(({ workflow }) => workflow === 'RESOLVED')).toBe(true);
  expect((await comments())[0]).toBe(`Closed and read back. [Portcullis closed ${NOW} rem-0123456789abcdef]`);
});

test('an update that leaves fields as they are keeps the outcome and the remediation of the comment before', async () => {
  await importAll(1);
  await v2.updateFindings(keys(1), RESOLVED);
  await v2.updateFindings(keys(1), { workflow: undefined, note: 'A note alone.', userDefinedFields: undefined });
  expect(await comments()).toEqual([`A note alone. [Portcullis closed ${NOW} rem-0123456789abcdef]`]);
  const found = await v2.fetchFindings(keys(1));
  expect(found.ok && found.value).toMatchObject([{ workflow: 'RESOLVED' }]);
});

test('findings on a target are those of the statuses that are wanted, by its id in uid', async () => {
  await importAll(3);
  await v2.updateFindings(keys(1), RESOLVED);
  const [open, resolved] = [await v2.fetchFindingsOnTarget(TARGET), await v2.fetchResolvedOnTarget(TARGET)];
  expect(open.ok && open.value.map(({ id }) => id)).toEqual(['finding-1', 'finding-2']);
  expect(resolved.ok && resolved.value.map(({ id }) => id)).toEqual(['finding-0']);
});

test.each(['v2', 'both'] as const)('%s: open findings on twenty targets are read together', async (kind) => {
  const others = Array.from({ length: 19 }, (_, index) => ({ ...TARGET, id: `${TARGET.id}${String(index)}` }));
  await importAll(2);
  for (const target of others.slice(0, 18)) {
    const Resources = [{ Type: 'AwsEc2SecurityGroup', Id: targetArn(target), Region: target.region }];
    await importAll(1, { Id: `on ${target.id}`, Resources });
  }
  await (kind === 'v2' ? v2 : both).updateFindings([{ id: `on ${TARGET.id}0`, productArn: PRODUCT }], RESOLVED);
  const together = createHub(client, kind, clock).fetchFindingsOnTargets;
  const calls = watchCalls();
  const found = await together?.([TARGET, ...others]);
  expect(found?.ok && found.value?.map(({ id }) => id).sort()).toEqual(
    [...keys(2).map(({ id }) => id), ...others.slice(1, 18).map(({ id }) => `on ${id}`)].sort(),
  );
  expect(calls()).toEqual({ GetFindingsV2: 2, ...(kind === 'both' && { GetFindings: 1 }) });
});

test('what Security Hub found and V2 does not show yet is sent again; what others imported is not', async () => {
  expect(await v2.updateFindings(keys(1), RESOLVED)).toMatchObject({ value: [{ retryable: true }] });
  expect(await v2.updateFindings(keys(1, OWN_PRODUCT), RESOLVED)).toMatchObject({ value: [{ retryable: false }] });
});

test('with both, a finding of our own product is updated in CSPM alone, and nothing is missed', async () => {
  await importAll(1, { ProductArn: OWN_PRODUCT });
  expect(await both.updateFindings(keys(1, OWN_PRODUCT), RESOLVED)).toEqual({ ok: true, value: [] });
});

test.each([
  { failing: 'BatchUpdateFindingsV2', notified: 'cspm', missed: 'V2' },
  { failing: 'BatchUpdateFindings', notified: 'v2', missed: 'CSPM' },
] as const)(
  'with both, $missed that fails does not keep the other from being updated',
  async ({ failing, notified }) => {
    await importAll(1);
    sandbox.world.faults.add({ kind: 'internal-error', operation: failing });
    const updated = await both.updateFindings(keys(1), RESOLVED);
    if (updated.ok) expect(updated.value).toMatchObject([{ id: 'finding-0', retryable: true }]);
    else expect(updated.error.retryable).toBe(true);
    const found = await createHub(client, notified).fetchFindings(keys(1));
    expect(found.ok && found.value).toMatchObject([{ workflow: 'RESOLVED' }]);
  },
);

test.each(['v2', 'both'] as const)('%s: where V2 is off nothing is read, and the answer says why', async (kind) => {
  const elsewhere = await startSmallSandbox(createSecurityHub());
  const off = new SecurityHubClient(asAdministrator(elsewhere, hub, home));
  expect(await createHub(off, kind).fetchFindings(keys(1))).toMatchObject({
    ok: false,
    error: { cause: expect.stringContaining('Security Hub V2 is not enabled') as string },
  });
  off.destroy();
  await elsewhere.stop();
});
