import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Sandbox } from '../../../sandbox/sandbox';
import { asAdministrator, hub, home, member, provision, startSmallSandbox } from '../small-sandbox';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSmallSandbox();
});
afterEach(() => sandbox.stop());

const memberRoleArn = `arn:aws:iam::${member}:role/Member`;

/** A role of the member, trusted as the statement says. */
async function makeMemberRole(trust: object, account = member): Promise<void> {
  await provision(
    sandbox,
    'AWS::IAM::Role',
    {
      RoleName: 'Member',
      AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...trust }] },
    },
    { account },
  );
}

/** A role of the hub whose own policies allow what is given; returns a client of its session. */
async function orchestrator(actions: readonly string[], account = hub): Promise<STSClient> {
  const { attributes } = await provision(
    sandbox,
    'AWS::IAM::Role',
    {
      RoleName: 'Orchestrator',
      AssumeRolePolicyDocument: {
        Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      },
      Policies:
        actions.length === 0
          ? []
          : [
              {
                PolicyName: 'Inline',
                PolicyDocument: { Statement: { Effect: 'Allow', Action: actions, Resource: '*' } },
              },
            ],
    },
    { account, logicalId: 'Orchestrator' },
  );
  const { credentials } = sandbox.world.identity.assumeAsService({
    service: 'lambda.amazonaws.com',
    roleArn: attributes['Arn'] ?? '',
    sessionName: 'function',
    sourceAccount: account,
    sourceArn: `arn:aws:lambda:${home}:${account}:function:orchestrator`,
  });
  return new STSClient({ ...asAdministrator(sandbox, account), credentials });
}

function assume(client: STSClient, more: object = {}) {
  return client.send(new AssumeRoleCommand({ RoleArn: memberRoleArn, RoleSessionName: 'close', ...more }));
}

describe('AssumeRole between accounts', () => {
  const orchestratorArn = `arn:aws:iam::${hub}:role/Orchestrator`;
  const cases: readonly {
    readonly name: string;
    readonly trust: object;
    readonly actions: readonly string[];
    readonly more?: object;
    readonly refused?: string;
  }[] = [
    { name: 'both sides allow', trust: { Principal: { AWS: orchestratorArn } }, actions: ['sts:AssumeRole'] },
    {
      name: 'the trust names the account',
      trust: { Principal: { AWS: `arn:aws:iam::${hub}:root` } },
      actions: ['sts:AssumeRole'],
    },
    {
      name: 'the role trusts somebody else',
      trust: { Principal: { AWS: `arn:aws:iam::${hub}:role/Else` } },
      actions: ['sts:AssumeRole'],
      refused: 'no resource-based policy allows',
    },
    {
      name: 'the caller may not',
      trust: { Principal: { AWS: orchestratorArn } },
      actions: ['ec2:*'],
      refused: 'no identity-based policy allows the sts:AssumeRole action',
    },
    {
      name: 'the organization matches',
      trust: { Principal: { AWS: '*' }, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-sandbox0000' } } },
      actions: ['sts:*'],
    },
    {
      name: "the principal's ARN matches a pattern",
      trust: { Principal: { AWS: hub }, Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Orch*' } } },
      actions: ['sts:*'],
    },
    {
      name: 'the external id is missing',
      trust: { Principal: { AWS: hub }, Condition: { StringEquals: { 'sts:ExternalId': 'secret' } } },
      actions: ['sts:*'],
      refused: 'no resource-based policy allows',
    },
    {
      name: 'the external id is given',
      trust: { Principal: { AWS: hub }, Condition: { StringEquals: { 'sts:ExternalId': 'secret' } } },
      actions: ['sts:*'],
      more: { ExternalId: 'secret' },
    },
    {
      name: 'the role is not there',
      trust: { Principal: { AWS: '*' } },
      actions: ['sts:*'],
      more: { RoleArn: `arn:aws:iam::${member}:role/Nobody` },
      refused: 'is not authorized to perform: sts:AssumeRole',
    },
    {
      name: 'the session is too long',
      trust: { Principal: { AWS: hub } },
      actions: ['sts:*'],
      more: { DurationSeconds: 3601 },
      refused: 'MaxSessionDuration',
    },
    {
      name: 'the session is too short',
      trust: { Principal: { AWS: hub } },
      actions: ['sts:*'],
      more: { DurationSeconds: 899 },
      refused: 'durationSeconds',
    },
    {
      name: 'the session name is wrong',
      trust: { Principal: { AWS: hub } },
      actions: ['sts:*'],
      more: { RoleSessionName: 'a b' },
      refused: 'roleSessionName',
    },
  ];
  test.each(cases)('$name', async ({ trust, actions, more, refused }) => {
    await makeMemberRole(trust);
    const assumed = assume(await orchestrator(actions), more);
    if (refused === undefined) {
      await expect(assumed).resolves.toMatchObject({
        AssumedRoleUser: { Arn: `arn:aws:sts::${member}:assumed-role/Member/close` },
      });
    } else await expect(assumed).rejects.toThrow(refused);
  });
});

test("within an account, a role does not open to a caller by that caller's own policies", async () => {
  await makeMemberRole({ Principal: { Service: 'ssm.amazonaws.com' } });
  await expect(assume(await orchestrator(['*'], member))).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('within an account, a trust policy that names the caller is enough', async () => {
  await makeMemberRole({ Principal: { AWS: `arn:aws:iam::${member}:role/Orchestrator` } });
  await expect(assume(await orchestrator([], member))).resolves.toHaveProperty('Credentials');
});

test('the credentials act as the role, with their token only, until they expire', async () => {
  await makeMemberRole({ Principal: { AWS: hub } });
  const administrator = new STSClient(asAdministrator(sandbox, hub));
  const { Credentials } = await assume(administrator, { DurationSeconds: 900 });
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  const session = new STSClient({ ...asAdministrator(sandbox, member), credentials });
  const whoAmI = () => session.send(new GetCallerIdentityCommand());
  await expect(whoAmI()).resolves.toMatchObject({
    Account: member,
    Arn: `arn:aws:sts::${member}:assumed-role/Member/close`,
    UserId: expect.stringMatching(/^AROA[0-9A-Z]{16}:close$/) as string,
  });
  expect(Credentials?.Expiration).toEqual(new Date(sandbox.world.clock.now() + 900_000));

  const forged = new STSClient({
    ...asAdministrator(sandbox, member),
    credentials: { ...credentials, sessionToken: 'x' },
  });
  await expect(forged.send(new GetCallerIdentityCommand())).rejects.toMatchObject({ name: 'InvalidClientTokenId' });

  await sandbox.world.clock.advance(900_000);
  await expect(whoAmI()).rejects.toMatchObject({ name: 'ExpiredToken' });
});

describe('a service takes on a role', () => {
  const runbook = {
    service: 'ssm.amazonaws.com',
    roleArn: memberRoleArn,
    sessionName: 'execution',
    sourceAccount: member,
    sourceArn: `arn:aws:ssm:${home}:${member}:automation-execution/1`,
  };
  const conditions = {
    StringEquals: { 'aws:SourceAccount': member },
    ArnLike: { 'aws:SourceArn': `arn:aws:ssm:*:${member}:automation-execution/*` },
  };

  test('when the role trusts it for the source', async () => {
    await makeMemberRole({ Principal: { Service: 'ssm.amazonaws.com' }, Condition: conditions });
    const { principal, credentials } = sandbox.world.identity.assumeAsService(runbook);
    expect(principal).toMatchObject({ kind: 'role', account: member, roleName: 'Member', sessionName: 'execution' });
    expect(sandbox.world.identity.principalOf(credentials.accessKeyId)).toEqual(principal);
  });

  test.each([
    ['another service', { service: 'lambda.amazonaws.com' }],
    ['another source account', { sourceAccount: hub }],
    ['another source', { sourceArn: `arn:aws:ssm:${home}:${hub}:automation-execution/1` }],
    ['a role that is not there', { roleArn: `arn:aws:iam::${member}:role/Nobody` }],
  ])('not for %s', async (_, change) => {
    await makeMemberRole({ Principal: { Service: 'ssm.amazonaws.com' }, Condition: conditions });
    expect(() => sandbox.world.identity.assumeAsService({ ...runbook, ...change })).toThrow(
      'is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::',
    );
  });
});
