import {
  BatchImportFindingsCommand,
  GetFindingsCommand,
  SecurityHubClient,
  type AwsSecurityFinding,
} from '@aws-sdk/client-securityhub';
import { createHub } from '../../../src/aws/security-hub/hub';
import { targetArn } from '../../../src/core/target';
import type { HubUpdate } from '../../../src/flow/ports';
import type { Sandbox } from '../../../sandbox/sandbox';
import { createSecurityHub } from '../../../sandbox/securityhub/securityhub-service';
import { TARGET } from '../../flow/in-memory-ports';
import { asAdministrator, home, hub, member, startSmallSandbox } from '../../sandbox/small-sandbox';

const PRODUCT = `arn:aws:securityhub:${home}::product/aws/securityhub`;
const RESOLVED: HubUpdate = {
  workflow: 'RESOLVED',
  note: 'Closed by Portcullis and read back.',
  userDefinedFields: { PortcullisOutcome: 'closed', PortcullisRemediationId: 'rem-0123456789abcdef' },
};

let sandbox: Sandbox;
let client: SecurityHubClient;

beforeEach(async () => {
  sandbox = await startSmallSandbox(createSecurityHub());
  client = new SecurityHubClient(asAdministrator(sandbox, hub, home));
});

afterEach(async () => {
  client.destroy();
  await sandbox.stop();
});

function asff(Id: string, changes: Partial<AwsSecurityFinding> = {}): AwsSecurityFinding {
  return {
    SchemaVersion: '2018-10-08',
    Id,
    ProductArn: PRODUCT,
    GeneratorId: 'security-control/EC2.13',
    AwsAccountId: member,
    CreatedAt: '2026-01-01T00:00:00.000Z',
    UpdatedAt: '2026-01-02T00:00:00.000Z',
    Severity: { Label: 'HIGH' },
    Title: 'Open',
    Description: 'tcp 22 is open',
    Resources: [{ Type: 'AwsEc2SecurityGroup', Id: targetArn(TARGET), Region: TARGET.region, Partition: 'aws' }],
    Compliance: { Status: 'FAILED', SecurityControlId: 'EC2.13' },
    ...changes,
  };
}

async function importAll(findings: readonly AwsSecurityFinding[]): Promise<void> {
  const importer = new SecurityHubClient(asAdministrator(sandbox, member, home));
  for (let i = 0; i < findings.length; i += 100) {
    await importer.send(new BatchImportFindingsCommand({ Findings: findings.slice(i, i + 100) }));
  }
  importer.destroy();
}

const keys = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `finding-${String(i)}`, productArn: PRODUCT }));

describe('Security Hub', () => {
  test('gives any number of findings by their keys', async () => {
    await importAll(keys(45).map(({ id }) => asff(id)));
    const found = await createHub(client).fetchFindings(keys(45));
    expect(found.ok && found.value.length).toBe(45);
    expect(found.ok && found.value[0]).toMatchObject({ control: { id: 'EC2.13' }, target: TARGET, workflow: 'NEW' });
  });

  test('leaves out what it does not know', async () => {
    await importAll([asff('finding-0')]);
    const found = await createHub(client).fetchFindings(keys(3));
    expect(found.ok && found.value.map(({ id }) => id)).toEqual(['finding-0']);
  });

  test('gives no finding of another product that has the same id', async () => {
    await importAll([asff('finding-0')]);
    const found = await createHub(client).fetchFindings([{ id: 'finding-0', productArn: `${PRODUCT}-other` }]);
    expect(found).toEqual({ ok: true, value: [] });
  });

  test('gives the active findings on a target that nobody has resolved', async () => {
    await importAll([
      asff('finding-0'),
      asff('archived', { RecordState: 'ARCHIVED' }),
      asff('elsewhere', { Resources: [{ Type: 'AwsEc2SecurityGroup', Id: `${targetArn(TARGET)}0` }] }),
      asff('resolved'),
    ]);
    await createHub(client).updateFindings([{ id: 'resolved', productArn: PRODUCT }], RESOLVED);
    const found = await createHub(client).fetchFindingsOnTarget(TARGET);
    expect(found.ok && found.value.map(({ id }) => id)).toEqual(['finding-0']);
  });

  test('gives the active findings on several targets together, or nothing where they are more than three pages', async () => {
    const other = { ...TARGET, id: `${TARGET.id}0` };
    const onOther = { Resources: [{ Type: 'AwsEc2SecurityGroup', Id: targetArn(other) }] };
    await importAll([asff('finding-0'), asff('finding-1', onOther), asff('archived', { RecordState: 'ARCHIVED' })]);
    const together = createHub(client).fetchFindingsOnTargets;
    const found = await together?.([TARGET, other]);
    expect(found?.ok && found.value?.map(({ id }) => id)).toEqual(['finding-0', 'finding-1']);
    await importAll(keys(101).map(({ id }) => asff(id)));
    const more = await together?.([TARGET, other]);
    expect(more?.ok && more.value?.length).toBe(101);
    await importAll(keys(301).map(({ id }) => asff(id)));
    expect(await together?.([TARGET, other])).toEqual({ ok: true, value: undefined });
  });

  test('takes an update of any number of findings', async () => {
    await importAll(keys(120).map(({ id }) => asff(id)));
    expect(await createHub(client).updateFindings(keys(120), RESOLVED)).toEqual({ ok: true, value: [] });

    const { Findings = [] } = await client.send(
      new GetFindingsCommand({
        Filters: { WorkflowStatus: [{ Value: 'RESOLVED', Comparison: 'EQUALS' }] },
        MaxResults: 100,
      }),
    );
    expect(Findings).toHaveLength(100);
    expect(Findings[0]).toMatchObject({
      Note: { Text: RESOLVED.note, UpdatedBy: 'Portcullis' },
      UserDefinedFields: { ...RESOLVED.userDefinedFields },
    });
  });

  test('keeps the workflow status where an update has none', async () => {
    await importAll([asff('finding-0')]);
    await createHub(client).updateFindings(keys(1), { ...RESOLVED, workflow: undefined });
    const found = await createHub(client).fetchFindings(keys(1));
    expect(found.ok && found.value[0]).toMatchObject({ workflow: 'NEW', note: { text: RESOLVED.note } });
  });

  test('says which findings it did not update, and whether trying again may help', async () => {
    await importAll([asff('finding-0')]);
    expect(await createHub(client).updateFindings(keys(2), RESOLVED)).toEqual({
      ok: true,
      value: [
        {
          id: 'finding-1',
          productArn: PRODUCT,
          reason: expect.stringContaining('FindingNotFound') as string,
          retryable: false,
        },
      ],
    });
  });

  test('that throttles is a failure that may pass', async () => {
    sandbox.world.faults.add({ kind: 'throttle', service: 'securityhub' });
    const failure = { ok: false, error: { code: 'throttled', retryable: true } };
    expect(await createHub(client).fetchFindings(keys(1))).toMatchObject(failure);
    expect(await createHub(client).updateFindings(keys(1), RESOLVED)).toMatchObject(failure);
  });
});
