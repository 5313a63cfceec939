import {
  CloudFormationClient,
  DescribeStackInstanceCommand,
  ListStackInstancesCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CloseAccountCommand,
  CreateAccountCommand,
  MoveAccountCommand,
  OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
  RemoveAccountFromOrganizationCommand,
} from '@aws-sdk/client-organizations';
import { createCloudformation } from '../../../sandbox/cloudformation/cloudformation-service';
import { createOrganizations } from '../../../sandbox/organizations/organizations-service';
import type { Sandbox } from '../../../sandbox/sandbox';
import { asAdministrator, home, hub, linked, member, provision, startSmallSandbox } from '../small-sandbox';

const ROLE = {
  Type: 'AWS::IAM::Role',
  Condition: 'IsHome',
  Properties: {
    RoleName: 'Once',
    AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Principal: { AWS: hub }, Action: 'sts:AssumeRole' } },
  },
};
const TEMPLATE = {
  Conditions: { IsHome: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, home] } },
  Resources: { Role: ROLE },
};
const WORKLOADS = 'ou-5a0d-workloads';

let sandbox: Sandbox;
let organizations: OrganizationsClient;
let cloudformation: CloudFormationClient;
beforeEach(async () => {
  sandbox = await startSmallSandbox(createOrganizations(), createCloudformation());
  organizations = new OrganizationsClient(asAdministrator(sandbox, hub));
  cloudformation = new CloudFormationClient(asAdministrator(sandbox, hub));
});
afterEach(async () => {
  organizations.destroy();
  cloudformation.destroy();
  await sandbox.stop();
});

interface Wanted {
  readonly units?: readonly string[];
  readonly regions?: readonly string[];
  readonly template?: object;
  readonly tolerance?: number;
  readonly accounts?: readonly string[];
  readonly retains?: boolean;
  readonly callAs?: string;
}

function make(wanted: Wanted = {}, account = hub) {
  const { units = [WORKLOADS], regions = [linked, home], template = TEMPLATE, tolerance = 0, accounts = [] } = wanted;
  return provision(
    sandbox,
    'AWS::CloudFormation::StackSet',
    {
      StackSetName: 'Members',
      PermissionModel: 'SERVICE_MANAGED',
      CallAs: wanted.callAs ?? 'SELF',
      TemplateBody: JSON.stringify(template),
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: wanted.retains ?? false },
      ManagedExecution: { Active: true },
      OperationPreferences: { FailureTolerancePercentage: tolerance, RegionOrder: [home] },
      StackInstancesGroup: [
        {
          DeploymentTargets: {
            OrganizationalUnitIds: units,
            ...(accounts.length === 0 ? {} : { AccountFilterType: 'DIFFERENCE', Accounts: accounts }),
          },
          Regions: regions,
        },
      ],
    },
    { account },
  );
}

async function instances(): Promise<readonly string[]> {
  await sandbox.world.clock.idle();
  const { Summaries = [] } = await cloudformation.send(new ListStackInstancesCommand({ StackSetName: 'Members' }));
  return Summaries.map(
    ({ Account, Region, StackInstanceStatus }) =>
      `${String(Account)} ${String(Region)} ${String(StackInstanceStatus?.DetailedStatus)}`,
  );
}

async function hasRole(account: string): Promise<boolean> {
  const answered = await fetch(`${sandbox.endpoint}/_sandbox/iam/roles`);
  const roles = (await answered.json()) as readonly { readonly account: string }[];
  return roles.some((role) => role.account === account);
}

test('every account of a unit gets the stack, Region by Region in the order asked for, and the management account never', async () => {
  await make({ units: ['r-5a0d'] });
  expect(await instances()).toEqual([`${member} ${home} SUCCEEDED`, `${member} ${linked} SUCCEEDED`]);
  expect([await hasRole(member), await hasRole(hub)]).toEqual([true, false]);
});

test('an account that joins gets the stacks by itself, and loses them when it leaves the unit', async () => {
  await make();
  await organizations.send(new CreateAccountCommand({ AccountName: 'new', Email: 'new@example.com' }));
  const [AccountId, root] = ['555555555555', 'r-5a0d'];
  expect(await instances()).toHaveLength(2);
  const join = { AccountId, SourceParentId: root, DestinationParentId: WORKLOADS };
  await organizations.send(new MoveAccountCommand(join));
  expect(await instances()).toEqual(expect.arrayContaining([`${AccountId} ${home} SUCCEEDED`]));
  expect(await hasRole(AccountId)).toBe(true);
  await organizations.send(new MoveAccountCommand({ AccountId, SourceParentId: WORKLOADS, DestinationParentId: root }));
  expect(await instances()).toHaveLength(2);
  expect(await hasRole(AccountId)).toBe(false);
});

test.each([
  [false, false],
  [true, true],
])('an account that leaves the organization keeps its stacks where they are retained: %s', async (retains, keeps) => {
  await make({ retains });
  await organizations.send(new RemoveAccountFromOrganizationCommand({ AccountId: member }));
  expect(await instances()).toEqual([]);
  expect(await hasRole(member)).toBe(keeps);
});

test('a closed account is left out, and says so', async () => {
  await make();
  await organizations.send(new CloseAccountCommand({ AccountId: member }));
  expect(await instances()).toEqual([home, linked].map((region) => `${member} ${region} SKIPPED_SUSPENDED_ACCOUNT`));
});

test.each<[string, Wanted, RegExp]>([
  ['a unit that is gone', { units: ['ou-5a0d-gonegone'] }, /unit ou-5a0d-gonegone does not exist in the organization/],
  [
    'a Region that is not enabled',
    { regions: [home, 'af-south-1'] },
    /1 of 1 accounts failed in af-south-1, .*account 222222222222: Region af-south-1 is not enabled/,
  ],
  [
    'a resource that cannot be made',
    { template: { Resources: { Thing: { Type: 'AWS::Nobody::Thing' } } } },
    /account 222222222222: Stack StackSet-Members-.*Thing: the sandbox cannot make a AWS::Nobody::Thing/,
  ],
  ['a caller that is no administrator', { callAs: 'DELEGATED_ADMIN' }, /must be the management account or delegated/],
])('%s fails the deployment with the reason', async (name, wanted, message) => {
  await expect(make(wanted, name.includes('caller') ? member : hub)).rejects.toThrow(message);
});

test('as many accounts may fail as are tolerated; each says why, and what it had made is gone', async () => {
  const template = { ...TEMPLATE, Resources: { Role: ROLE, Thing: { Type: 'AWS::Nobody::Thing', DependsOn: 'Role' } } };
  await make({ template, tolerance: 100 });
  expect(await instances()).toEqual([`${member} ${home} FAILED`, `${member} ${linked} FAILED`]);
  expect(await hasRole(member)).toBe(false);
  const asked = { StackSetName: 'Members', StackInstanceAccount: member, StackInstanceRegion: home };
  const { StackInstance } = await cloudformation.send(new DescribeStackInstanceCommand(asked));
  expect(StackInstance?.StatusReason).toContain('cannot make a AWS::Nobody::Thing');
});

test('a registered administrator may make it, accounts may be left out, and a name is taken once', async () => {
  await organizations.send(
    new RegisterDelegatedAdministratorCommand({
      ...{ AccountId: member, ServicePrincipal: 'member.org.stacksets.cloudformation.amazonaws.com' },
    }),
  );
  await make({ callAs: 'DELEGATED_ADMIN', accounts: [member] }, member);
  expect(await instances()).toEqual([]);
  await expect(make()).rejects.toThrow('StackSet Members already exists');
});
