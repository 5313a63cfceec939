import {
  CreateOrganizationalUnitCommand,
  DescribeAccountCommand,
  DescribeOrganizationalUnitCommand,
  ListParentsCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { createOrganizations } from '../../../sandbox/organizations/organizations-service';
import type { Sandbox } from '../../../sandbox/sandbox';
import { asAdministrator, hub, member, startSmallSandbox } from '../small-sandbox';

let sandbox: Sandbox;
let organizations: OrganizationsClient;
beforeEach(async () => {
  sandbox = await startSmallSandbox(createOrganizations());
  organizations = new OrganizationsClient(asAdministrator(sandbox, hub));
});
afterEach(async () => {
  organizations.destroy();
  await sandbox.stop();
});

const pathOf = async (AccountId: string) =>
  (await organizations.send(new DescribeAccountCommand({ AccountId }))).Account?.Paths;

test('accounts are in units under one root, and can be moved', async () => {
  expect(await pathOf(hub)).toEqual([`o-sandbox0000/r-5a0d/ou-5a0d-security/${hub}/`]);
  expect(await pathOf(member)).toEqual([`o-sandbox0000/r-5a0d/ou-5a0d-workloads/${member}/`]);
  const { OrganizationalUnit } = await organizations.send(
    new CreateOrganizationalUnitCommand({ ParentId: 'ou-5a0d-workloads', Name: 'Production' }),
  );
  const Id = OrganizationalUnit?.Id ?? '';
  expect(await organizations.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: Id }))).toMatchObject({
    OrganizationalUnit: { Name: 'Production' },
  });
  await organizations.send(
    new MoveAccountCommand({ AccountId: member, SourceParentId: 'ou-5a0d-workloads', DestinationParentId: Id }),
  );
  expect(await pathOf(member)).toEqual([`o-sandbox0000/r-5a0d/ou-5a0d-workloads/${Id}/${member}/`]);
  expect(await organizations.send(new ListParentsCommand({ ChildId: member }))).toMatchObject({
    Parents: [{ Id, Type: 'ORGANIZATIONAL_UNIT' }],
  });
  expect(await organizations.send(new ListRootsCommand({}))).toMatchObject({ Roots: [{ Id: 'r-5a0d' }] });
});

test('members may not ask, and nobody is notified of strangers', async () => {
  const asMember = new OrganizationsClient(asAdministrator(sandbox, member));
  const asked = asMember.send(new DescribeAccountCommand({ AccountId: member }));
  await expect(asked).rejects.toMatchObject({ name: 'AccessDeniedException' });
  asMember.destroy();
  await expect(pathOf('999999999999')).rejects.toMatchObject({ name: 'AccountNotFoundException' });
});
