import * as sqsSchemas from '@aws-sdk/client-sqs';
import { createWorld, type SandboxWorld } from '../../../sandbox/runtime/create-world';
import type {
  Operation,
  PolicyDocument,
  PolicyStatement,
  Principal,
  Service,
} from '../../../sandbox/runtime/operation';

const own = '222222222222';
const other = '333333333333';
const region = 'eu-central-1';
const rolePrincipal = {
  kind: 'role',
  account: own,
  roleName: 'Worker',
  sessionName: 'run',
  accessKeyId: 'ASIA',
} as const;
const roleArn = `arn:aws:iam::${own}:role/Worker`;

interface Case {
  readonly name: string;
  readonly principal?: Principal;
  readonly identity?: readonly PolicyStatement[];
  readonly resource?: readonly PolicyStatement[];
  /** Account of the queue. Default: the principal's own. */
  readonly queueAccount?: string;
  /** The refusal's words; none when allowed. */
  readonly refused?: string;
}

const allow = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' } as const;
const deny = { ...allow, Effect: 'Deny' } as const;
const events: Principal = {
  kind: 'service',
  service: 'events.amazonaws.com',
  account: own,
  sourceArn: `arn:aws:events:${region}:${own}:rule/findings`,
};

const cases: readonly Case[] = [
  { name: 'an administrator in the own account', principal: { kind: 'account', account: own } },
  {
    name: 'an administrator elsewhere',
    principal: { kind: 'account', account: other },
    queueAccount: own,
    refused: 'no resource-based policy allows',
  },
  {
    name: 'an administrator elsewhere whom the queue lets in',
    principal: { kind: 'account', account: other },
    queueAccount: own,
    resource: [{ ...allow, Principal: { AWS: other } }],
  },
  { name: 'a role without any policy', refused: 'no identity-based policy allows the sqs:SendMessage action' },
  { name: 'a role with an Allow', identity: [allow] },
  {
    name: 'a role with an Allow and a Deny',
    identity: [allow, deny],
    refused: 'with an explicit deny in an identity-based policy',
  },
  { name: 'a role that the queue names', resource: [{ ...allow, Principal: { AWS: roleArn } }] },
  {
    name: 'a role whose session the queue names',
    resource: [{ ...allow, Principal: { AWS: `arn:aws:sts::${own}:assumed-role/Worker/run` } }],
  },
  {
    name: 'a role whose account alone the queue names',
    resource: [{ ...allow, Principal: { AWS: `arn:aws:iam::${own}:root` } }],
    refused: 'no identity-based policy allows',
  },
  {
    name: 'a role that the queue denies',
    identity: [allow],
    resource: [{ ...deny, Principal: '*' }],
    refused: 'with an explicit deny in a resource-based policy',
  },
  {
    name: 'a role in another account, allowed by itself only',
    identity: [allow],
    queueAccount: other,
    refused: 'no resource-based policy allows',
  },
  {
    name: 'a role in another account, allowed by the queue only',
    resource: [{ ...allow, Principal: { AWS: roleArn } }],
    queueAccount: other,
    refused: 'no identity-based policy allows',
  },
  {
    name: 'a role in another account, allowed by both',
    identity: [allow],
    resource: [{ ...allow, Principal: { AWS: own } }],
    queueAccount: other,
  },
  {
    name: 'a role in another account, allowed by itself and its organization',
    identity: [allow],
    resource: [{ ...allow, Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-sandbox0000' } } }],
    queueAccount: other,
  },
  {
    name: "a service without the queue's Allow",
    principal: events,
    refused: 'User: events.amazonaws.com is not authorized to perform: sqs:SendMessage',
  },
  {
    name: 'a service with it, from the right rule',
    principal: events,
    resource: [
      {
        ...allow,
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnEquals: { 'aws:SourceArn': events.sourceArn } },
      },
    ],
  },
  {
    name: 'a service with it, from another rule',
    principal: events,
    resource: [
      {
        ...allow,
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnEquals: { 'aws:SourceArn': `${events.sourceArn}2` } },
      },
    ],
    refused: 'no resource-based policy allows',
  },
  {
    name: 'another service',
    principal: events,
    resource: [{ ...allow, Principal: { Service: 'sns.amazonaws.com' } }],
    refused: 'no resource-based policy allows',
  },
];

test.each(cases)('$name', async (one) => {
  const principal = one.principal ?? rolePrincipal;
  const world = createQueueWorld(one.queueAccount ?? principal.account, one.resource);
  await makeWorkerRole(world, one.identity);
  const sent = world.call('sqs', 'SendMessage', {}, { principal, account: principal.account, region });
  if (one.refused === undefined) await expect(sent).resolves.toEqual({ sent: true });
  else
    await expect(sent).rejects.toMatchObject({
      code: 'AccessDenied',
      message: expect.stringContaining(one.refused) as string,
    });
});

describe('which grant of its own a role needed', () => {
  const wildcard = { ...allow, Sid: 'All', Action: ['sqs:Receive*', 'sqs:*'] };
  const named = { ...allow, Sid: 'Send' };
  const rows: readonly (readonly [string, Case, readonly object[]])[] = [
    ['the only one', { name: '', identity: [named] }, [{ sid: 'Send', action: 'sqs:SendMessage' }]],
    ['a pattern, as it is written', { name: '', identity: [wildcard] }, [{ sid: 'All', action: 'sqs:*' }]],
    ['none of two statements that both allow it', { name: '', identity: [named, wildcard] }, []],
    [
      'none of two actions that both allow it',
      { name: '', identity: [{ ...named, Action: ['sqs:SendMessage', 'sqs:*'] }] },
      [],
    ],
    [
      'none beside a statement that allows everything else',
      { name: '', identity: [named, { Effect: 'Allow', NotAction: 'ec2:*', Resource: '*' }] },
      [],
    ],
    [
      'none where the queue lets it in by name',
      { name: '', identity: [named], resource: [{ ...allow, Principal: { AWS: roleArn } }] },
      [],
    ],
    [
      'its own in another account, where both must allow',
      { name: '', identity: [named], resource: [{ ...allow, Principal: { AWS: own } }], queueAccount: other },
      [{ sid: 'Send', action: 'sqs:SendMessage' }],
    ],
    ['none where it is refused', { name: '', identity: [named], queueAccount: other }, []],
  ];

  test.each(rows)('%s', async (_, { identity, resource, queueAccount = own }, needed) => {
    const world = createQueueWorld(queueAccount, resource);
    await makeWorkerRole(world, identity);
    const call = { principal: rolePrincipal, account: own, region };
    for (let twice = 0; twice < 2; twice++) await world.call('sqs', 'SendMessage', {}, call).catch(() => undefined);
    const of = { account: own, role: 'Worker' };
    expect(world.service('iam').inspect?.['needed-grants']?.(undefined)).toEqual(
      needed.map((each) => ({ ...of, ...each })),
    );
  });
});

test('the refusal names the session, the action and the resource as AWS does', async () => {
  const world = createQueueWorld(own, undefined);
  await makeWorkerRole(world, undefined);
  await expect(
    world.call('sqs', 'SendMessage', {}, { principal: rolePrincipal, account: own, region }),
  ).rejects.toThrow(
    `User: arn:aws:sts::${own}:assumed-role/Worker/run is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:${region}:${own}:q because no identity-based policy allows the sqs:SendMessage action`,
  );
});

function createQueueWorld(queueAccount: string, statements: readonly PolicyStatement[] | undefined): SandboxWorld {
  const queueArn = `arn:aws:sqs:${region}:${queueAccount}:q`;
  const policy: PolicyDocument | undefined = statements && { Version: '2012-10-17', Statement: statements };
  const send: Operation = {
    permissions: () => [{ action: 'sqs:SendMessage', resource: queueArn }],
    handle: () => ({ sent: true }),
  };
  const service: Service = {
    signingName: 'sqs',
    protocol: 'awsJson1_0',
    schemas: sqsSchemas,
    operations: { SendMessage: send },
    resourcePolicy: (arn) => (arn === queueArn ? policy : undefined),
  };
  return createWorld({
    services: [service],
    accounts: [own, other],
    hub: { account: own, region },
    regions: [region],
    clockMode: 'manual',
  });
}

async function makeWorkerRole(world: SandboxWorld, statements: readonly PolicyStatement[] | undefined): Promise<void> {
  await world.service('iam').provisioners?.['AWS::IAM::Role']?.(
    {
      RoleName: 'Worker',
      AssumeRolePolicyDocument: {
        Statement: { Effect: 'Allow', Principal: { Service: 'ssm.amazonaws.com' }, Action: 'sts:AssumeRole' },
      },
      ...(statements ? { Policies: [{ PolicyName: 'Inline', PolicyDocument: { Statement: statements } }] } : {}),
    },
    { world, account: own, region, logicalId: 'Worker', stackName: 'Test' },
  );
}
