import { AuthorizeSecurityGroupIngressCommand, CreateTagsCommand } from '@aws-sdk/client-ec2';
import {
  CreateOrganizationalUnitCommand,
  DeleteOrganizationalUnitCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { GetFindingsCommand } from '@aws-sdk/client-securityhub';
import { join } from 'node:path';
import { runAsOperator } from '../../cli/operator-cli';
import type { Check } from '../../../src/flow/doctor/check';
import { ANYWHERE, deploy, MEMBER, OTHER_MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';

const frankfurt = { account: MEMBER, region: 'eu-central-1' };
const elsewhere = { account: OTHER_MEMBER, region: 'eu-central-1' };

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping', configurationFile: join(__dirname, 'filters.yaml') });
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

const EXCLUDED_BY_UNIT = 'policy entry "automatic, but excluded by organizationalUnits"';

/** The findings that detection has made of an open port 22, once they have been worked on; nobody imports any. */
async function detectedOn(group: Group) {
  await portcullis.settle();
  const { Findings = [] } = await portcullis.clients
    .securityHub(portcullis.hub)
    .send(new GetFindingsCommand({ Filters: { ResourceId: [{ Value: group.arn, Comparison: 'EQUALS' }] } }));
  const isOpen = (await portcullis.ingressOf(group)).length > 0;
  const found = Findings.filter(({ GeneratorId }) => GeneratorId === 'security-control/EC2.13');
  return found.map(({ Workflow, UserDefinedFields: fields, Note }) => ({
    isOpen,
    workflow: Workflow?.Status,
    decidedBy: fields?.['PortcullisDecidedBy'],
    note: Note?.Text ?? '',
  }));
}

async function organizationsAsHub(work: (organizations: OrganizationsClient) => Promise<unknown>): Promise<void> {
  const credentials = { accessKeyId: portcullis.hub.account, secretAccessKey: 'any' };
  const organizations = new OrganizationsClient({
    ...{ endpoint: portcullis.endpoint, region: 'us-east-1' },
    credentials,
  });
  try {
    await work(organizations);
  } finally {
    organizations.destroy();
  }
}

test('a unit that cannot be read asks', async () => {
  await portcullis.misbehave({ kind: 'deny', service: 'organizations', operation: 'DescribeAccount' });
  const group = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]);
  const [found] = await detectedOn(group);
  await portcullis.behave();
  expect(found).toMatchObject({ isOpen: true, workflow: 'NOTIFIED', decidedBy: EXCLUDED_BY_UNIT });
  expect(found?.note).toContain('Its account in Organizations could not be read');
});

test('whether an excluded unit exists cannot be read: a person is asked, and the note says why', async () => {
  await portcullis.misbehave({ kind: 'deny', service: 'organizations', operation: 'DescribeOrganizationalUnit' });
  const group = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]);
  const [found] = await detectedOn(group);
  await portcullis.behave();
  expect(found).toMatchObject({ isOpen: true, workflow: 'NOTIFIED', decidedBy: EXCLUDED_BY_UNIT });
  expect(found?.note).toContain('whether organizational unit ou-5a0d-security exists could not be read: ');
});

test('what is included is closed, and what is opened in a filtered-out account is left with a note that says why', async () => {
  const included = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]);
  expect(await detectedOn(included)).toMatchObject([
    { isOpen: false, workflow: 'RESOLVED', decidedBy: 'policy entry "automatic"' },
  ]);
  const excluded = await portcullis.openGroup(elsewhere, [tcp(22, 22, ANYWHERE)]);
  const decidedBy = 'policy entry "automatic, but excluded by accounts"';
  expect(await detectedOn(excluded)).toMatchObject([
    { isOpen: true, workflow: 'NOTIFIED', decidedBy, note: expect.stringContaining('excluded by accounts') as string },
  ]);
});

test('the tag that people put on what is not to be closed by itself keeps it open', async () => {
  const group = await portcullis.openGroup(frankfurt, [tcp(443, 443, ANYWHERE)]);
  const Tags = [{ Key: 'portcullis:automatic', Value: 'off' }];
  const ec2 = portcullis.clients.ec2(frankfurt);
  await ec2.send(new CreateTagsCommand({ Resources: [group.id], Tags }));
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions: [tcp(22, 22, ANYWHERE)] }),
  );
  const decidedBy = 'policy entry "automatic, but excluded by tags"';
  expect(await detectedOn(group)).toMatchObject([{ isOpen: true, workflow: 'NOTIFIED', decidedBy }]);
});

test('an account that has left the unit that is included is not closed by itself any more, and the note says why', async () => {
  await organizationsAsHub(async (organizations) => {
    const made = await organizations.send(new CreateOrganizationalUnitCommand({ ParentId: 'r-5a0d', Name: 'Leaving' }));
    const DestinationParentId = made.OrganizationalUnit?.Id ?? '';
    const SourceParentId = 'ou-5a0d-workloads';
    await organizations.send(new MoveAccountCommand({ AccountId: MEMBER, SourceParentId, DestinationParentId }));
  });
  const group = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]);
  const decidedBy = 'policy entry "automatic, but not included"';
  expect(await detectedOn(group)).toMatchObject([
    { isOpen: true, workflow: 'NOTIFIED', decidedBy, note: expect.stringContaining('not included') as string },
  ]);
});

test('an organizational unit in exclude that no longer exists excludes nobody in silence: a person is asked instead', async () => {
  await organizationsAsHub(async (organizations) => {
    const AccountId = portcullis.hub.account;
    const [SourceParentId, DestinationParentId] = ['ou-5a0d-security', 'r-5a0d'];
    await organizations.send(new MoveAccountCommand({ AccountId, SourceParentId, DestinationParentId }));
    await organizations.send(new DeleteOrganizationalUnitCommand({ OrganizationalUnitId: SourceParentId }));
  });
  // That it was there is remembered for five minutes.
  await portcullis.clock.advance(6 * 60_000);
  const group = await portcullis.openGroup(frankfurt, [tcp(22, 22, ANYWHERE)]);
  const [found] = await detectedOn(group);
  expect(found).toMatchObject({ isOpen: true, workflow: 'NOTIFIED', decidedBy: EXCLUDED_BY_UNIT });
  expect(found?.note).toContain('organizational unit ou-5a0d-security does not exist any more');

  const doctor = await runAsOperator(portcullis, ['doctor', '--json', '--accounts', MEMBER]);
  const lines = doctor.stdout.split('\n').filter((line) => line.includes('organizational unit'));
  expect(lines.map((line) => JSON.parse(line) as Check)).toMatchObject([
    { check: 'organizational units', status: 'ok', found: '1 of 2 exist' },
    { check: 'organizational unit ou-5a0d-security', status: 'failed' },
  ]);
});
