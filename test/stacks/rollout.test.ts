import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Configuration } from '../../src/core/configuration/schema/configuration-schema';
import { APP_CONTEXT } from '../../stacks/app-context';
import { addStacks, addStacksOf } from '../../stacks/portcullis';
import { exampleWith, resourcesOf, synthesize } from './synthesized';

const [HUB, ROLLOUT, MEMBER] = ['111111111111', '999999999999', '222222222222'] as const;
const rollout = { account: ROLLOUT, organizationalUnits: ['ou-ab12-cdef3456', 'ou-ab12-ghij7890'] };
const members = { primaryRegion: 'eu-central-1', regions: ['us-east-1', 'eu-central-1'] };
const all = { members, detection: { cloudTrail: true, watch: ['1h'] }, flowLogs: { logGroups: ['/vpc/flow-logs'] } };
const directory = mkdtempSync(join(tmpdir(), 'portcullis-rollout-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

const app = new App({
  outdir: directory,
  context: { ...APP_CONTEXT, 'aws:cdk:bundling-stacks': [] },
  analyticsReporting: false,
});
const stacks = addStacks(app, exampleWith({ ...all, rollout }));
if (stacks.rollout === undefined) throw new Error('no stack for the rollout');
const template = Template.fromStack(stacks.rollout);
const [stackSet] = resourcesOf(template, 'AWS::CloudFormation::StackSet');

function stackSetOf(changes: object): Readonly<Record<string, unknown>> {
  const { rollout: stack } = synthesize(exampleWith({ rollout: { ...rollout, ...changes } }));
  if (stack === undefined) throw new Error('no stack for the rollout');
  return resourcesOf(Template.fromStack(stack), 'AWS::CloudFormation::StackSet')[0]?.properties ?? {};
}

test('one StackSet, which AWS manages: units but for who deploys directly, the Region with the roles first, newcomers by themselves', () => {
  const { TemplateURL, ...others } = stackSet?.properties ?? {};
  expect(JSON.stringify(TemplateURL)).toContain('cdk-hnb659fds-assets-999999999999-eu-central-1');
  expect(others).toEqual({
    StackSetName: 'Portcullis-Member',
    Description: 'Portcullis: roles and runbooks of member accounts',
    PermissionModel: 'SERVICE_MANAGED',
    CallAs: 'DELEGATED_ADMIN',
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
    ManagedExecution: { Active: true },
    OperationPreferences: {
      ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE',
      FailureTolerancePercentage: 10,
      MaxConcurrentPercentage: 25,
      RegionConcurrencyType: 'SEQUENTIAL',
      RegionOrder: ['eu-central-1', 'us-east-1'],
    },
    StackInstancesGroup: [
      {
        DeploymentTargets: {
          AccountFilterType: 'DIFFERENCE',
          Accounts: [HUB],
          OrganizationalUnitIds: rollout.organizationalUnits,
        },
        Regions: ['eu-central-1', 'us-east-1'],
      },
    ],
  });
  expect(resourcesOf(template)).toHaveLength(1);
});

test('the StackSet takes the member template from its address, as it is deployed for a single account, whatever its size', () => {
  const url = JSON.stringify(stackSet?.properties['TemplateURL']);
  const [, asset = ''] = /\/([0-9a-f]{64}\.json)/.exec(url) ?? [];
  app.synth();
  const content = readFileSync(join(directory, `asset.${asset}`), 'utf8');
  expect(JSON.parse(content)).toEqual(Template.fromStack(stacks.member).toJSON());
  // By its address it may have a megabyte; with everything switched on it is more than a request takes as it is.
  expect(Buffer.byteLength(content)).toBeLessThan(200_000);
});

test('from the management account it is called as that, and that account deploys the member stack itself', () => {
  const properties = stackSetOf({ administrator: 'management' });
  expect(properties['CallAs']).toBe('SELF');
  expect(JSON.stringify(properties['StackInstancesGroup'])).toContain(`"Accounts":["${HUB}","${ROLLOUT}"]`);
});

test('where nobody deploys directly, nobody is left out', () => {
  const properties = stackSetOf({ directly: [], retainStacks: true, maxConcurrentPercentage: 100 });
  expect(properties['StackInstancesGroup']).toEqual([
    {
      DeploymentTargets: { OrganizationalUnitIds: rollout.organizationalUnits },
      Regions: ['eu-central-1', 'us-east-1'],
    },
  ]);
  expect(properties['AutoDeployment']).toEqual({ Enabled: true, RetainStacksOnAccountRemoval: true });
  expect(properties['OperationPreferences']).toMatchObject({ MaxConcurrentPercentage: 100 });
});

test('the outputs say what is to be done in the hub account and in the management account', () => {
  const { HubAccount, ManagementAccount } = template.toJSON()['Outputs'] as Record<string, { Value: string }>;
  expect(HubAccount?.Value).toBe(
    'The hub account 111111111111 is left out by the StackSet: run "npx cdk deploy --all" with its credentials.',
  );
  expect(ManagementAccount?.Value).toMatch(/^StackSets never deploy into the management account .*rollout\.directly/);
});

test('the hub comes after its own member stacks, and the primary Region with the roles before the others', () => {
  const before = (stack: { readonly dependencies: readonly { readonly node: { readonly id: string } }[] }) =>
    stack.dependencies.map(({ node }) => node.id);
  const [primary, other] = stacks.direct;
  expect(stacks.direct.map(({ account, region, stackName }) => [account, region, stackName])).toEqual([
    [HUB, 'eu-central-1', 'Portcullis-Member'],
    [HUB, 'us-east-1', 'Portcullis-Member'],
  ]);
  expect(before(other ?? stacks.hub)).toEqual([primary?.node.id]);
  expect(before(stacks.hub)).toEqual(stacks.direct.map(({ node }) => node.id));
  const { hub } = synthesize(exampleWith({ rollout: { ...rollout, account: HUB } }));
  expect(before(hub)).toContain('Portcullis-Rollout');
});

test('the member stack of an account with a Region is the one of any account, letter for letter', () => {
  const any = Template.fromStack(stacks.member).toJSON();
  for (const each of stacks.direct) expect(Template.fromStack(each).toJSON()).toEqual(any);
});

function stacksFor(
  account: string,
  configuration: Configuration,
): { readonly ids: readonly string[]; readonly isNamed: boolean } {
  const own = new App({ context: { ...APP_CONTEXT, 'aws:cdk:bundling-stacks': [] }, analyticsReporting: false });
  const isNamed = addStacksOf(own, configuration, account);
  return { isNamed, ids: own.node.children.map(({ node }) => node.id).sort() };
}

describe('npx cdk deploy --all deploys what the account is responsible for', () => {
  const directMembers = ['Portcullis-Member-111111111111-eu-central-1', 'Portcullis-Member-111111111111-us-east-1'];
  const configuration = exampleWith({ rollout, members, drill: { accounts: ['333333333333'] } });

  test.each([
    [
      'the hub',
      HUB,
      ['Portcullis-Hub', ...directMembers, 'Portcullis-Rules-eu-central-1', 'Portcullis-Rules-us-east-1'],
    ],
    ['the account of the StackSet', ROLLOUT, ['Portcullis-Rollout']],
    ['an account for drills', '333333333333', ['Portcullis-Drill-333333333333']],
  ])('%s', (_, account, ids) => {
    expect(stacksFor(account, configuration)).toEqual({ isNamed: true, ids });
  });

  test('an account that is not named: the member stack alone, and that nobody has named it is said', () => {
    expect(stacksFor(MEMBER, configuration)).toEqual({ isNamed: false, ids: ['Portcullis-Member'] });
  });

  test('all accounts together deploy every stack', () => {
    const each = [HUB, ROLLOUT, '333333333333', MEMBER].flatMap((account) => stacksFor(account, configuration).ids);
    const every = synthesize(configuration).app.node.children.map(({ node }) => node.id);
    expect(each.sort()).toEqual(every.filter((id) => id.startsWith('Portcullis-')).sort());
  });
});

test('without rollout there are the stacks of before', () => {
  const ids = synthesize(exampleWith({ members })).app.node.children.map(({ node }) => node.id);
  expect(ids.filter((id) => id.startsWith('Portcullis-')).sort()).toEqual([
    'Portcullis-Hub',
    'Portcullis-Member',
    'Portcullis-Rules-eu-central-1',
    'Portcullis-Rules-us-east-1',
  ]);
});

test('cdk-nag finds nothing that nobody explained', () => {
  const report = new AwsSolutionsChecks(app).validateScope(app);
  expect(report.violations.map(({ ruleName }) => ruleName)).toEqual([]);
});
