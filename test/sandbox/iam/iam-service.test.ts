import type { Sandbox } from '../../../sandbox/sandbox';
import { hub, linked, member, provision, startSmallSandbox } from '../small-sandbox';

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const policy = { Statement: [{ Effect: 'Allow', Action: 'ec2:Describe*', Resource: '*' }] };

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSmallSandbox();
});
afterEach(() => sandbox.stop());

function provisionRole(
  properties: Readonly<Record<string, unknown>>,
  place: { region?: string; account?: string; logicalId?: string } = {},
) {
  return provision(sandbox, 'AWS::IAM::Role', { AssumeRolePolicyDocument: trust, ...properties }, place);
}

test('a role is known by its name and ARN, path included', async () => {
  const role = await provisionRole({ RoleName: 'Worker', Path: '/security/' });
  expect(role).toMatchObject({ ref: 'Worker', attributes: { Arn: `arn:aws:iam::${hub}:role/security/Worker` } });
});

test('a role without a name gets one of the stack, within 64 characters', async () => {
  const role = await provisionRole({}, { logicalId: 'A'.repeat(80) });
  expect(role.ref).toMatch(/^Test-A+-[0-9A-F]{12}$/);
  expect(role.ref).toHaveLength(64);
});

test('role names are taken in all Regions of an account, and in no other account', async () => {
  await provisionRole({ RoleName: 'Worker' });
  await expect(provisionRole({ RoleName: 'Worker' }, { region: linked })).rejects.toMatchObject({
    code: 'EntityAlreadyExists',
    message: 'Role with name Worker already exists.',
  });
  await expect(provisionRole({ RoleName: 'Worker' }, { account: member })).resolves.toMatchObject({ ref: 'Worker' });
});

test('the same template resource may be deployed again', async () => {
  await provisionRole({ RoleName: 'Worker' });
  await expect(provisionRole({ RoleName: 'Worker', MaxSessionDuration: 7200 })).resolves.toMatchObject({
    ref: 'Worker',
  });
});

test.each([
  ['service-role/AWSLambdaBasicExecutionRole', undefined],
  ['service-role/AWSLambdaBasicDurableExecutionRolePolicy', undefined],
  ['AmazonEC2FullAccess', 'NoSuchEntity'],
])('the policy of AWS %s', async (name, code) => {
  const made = provisionRole({ RoleName: 'Worker', ManagedPolicyArns: [`arn:aws:iam::aws:policy/${name}`] });
  if (code === undefined) await expect(made).resolves.toMatchObject({ ref: 'Worker' });
  else await expect(made).rejects.toMatchObject({ code });
});

test('policies attach themselves to the roles that they name', async () => {
  await provisionRole({ RoleName: 'Worker' });
  await provision(sandbox, 'AWS::IAM::Policy', { PolicyName: 'Read', PolicyDocument: policy, Roles: ['Worker'] });
  const managed = await provision(sandbox, 'AWS::IAM::ManagedPolicy', {
    ManagedPolicyName: 'Shared',
    PolicyDocument: policy,
    Roles: ['Worker'],
  });
  expect(managed.ref).toBe(`arn:aws:iam::${hub}:policy/Shared`);
  const answer = await fetch(`${sandbox.endpoint}/_sandbox/iam/roles`);
  await expect(answer.json()).resolves.toEqual([
    expect.objectContaining({ name: 'Worker', inlinePolicies: { Read: policy }, managedPolicyArns: [managed.ref] }),
  ]);
});

test.each([
  ['a role that is not there', { PolicyName: 'Read', PolicyDocument: policy, Roles: ['Nobody'] }, 'NoSuchEntity'],
  ['no statement', { PolicyName: 'Read', PolicyDocument: {}, Roles: [] }, 'MalformedPolicyDocument'],
  [
    'a misspelt element',
    {
      PolicyName: 'Read',
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resources: '*' }] },
      Roles: [],
    },
    'MalformedPolicyDocument',
  ],
  [
    'a misspelt effect',
    { PolicyName: 'Read', PolicyDocument: { Statement: [{ Effect: 'allow', Action: '*', Resource: '*' }] }, Roles: [] },
    'MalformedPolicyDocument',
  ],
  [
    'neither Action nor NotAction',
    { PolicyName: 'Read', PolicyDocument: { Statement: [{ Effect: 'Allow', Resource: '*' }] }, Roles: [] },
    'MalformedPolicyDocument',
  ],
  [
    'an unknown condition operator',
    {
      PolicyName: 'Read',
      PolicyDocument: {
        Statement: [
          { Effect: 'Allow', Action: '*', Resource: '*', Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
        ],
      },
      Roles: [],
    },
    'MalformedPolicyDocument',
  ],
  ['a property of another type', { PolicyName: 7, PolicyDocument: policy, Roles: [] }, 'ValidationError'],
])('a policy with %s is refused', async (_, properties, code) => {
  await expect(provision(sandbox, 'AWS::IAM::Policy', properties)).rejects.toMatchObject({ code });
});
