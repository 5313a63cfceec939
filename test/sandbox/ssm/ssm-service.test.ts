import * as ec2 from '@aws-sdk/client-ec2';
import {
  CreateDocumentCommand,
  DescribeAutomationExecutionsCommand,
  DescribeAutomationStepExecutionsCommand,
  DescribeDocumentCommand,
  GetAutomationExecutionCommand,
  GetDocumentCommand,
  ListDocumentsCommand,
  SSMClient,
  StartAutomationExecutionCommand,
  StopAutomationExecutionCommand,
  type StartAutomationExecutionCommandInput,
} from '@aws-sdk/client-ssm';

import { AwsError } from '../../../sandbox/runtime/aws-error';
import type { Operation, Service } from '../../../sandbox/runtime/operation';
import type { Sandbox } from '../../../sandbox/sandbox';
import { createSsm } from '../../../sandbox/ssm/ssm-service';
import { asAdministrator, home, member, provision, provisionRole, startSmallSandbox } from '../small-sandbox';

let sandbox: Sandbox;
let client: SSMClient;
let calls: object[];
let answer: () => object;
beforeEach(async () => {
  calls = [];
  answer = () => ({ Return: true });
  sandbox = await startSmallSandbox(createSsm(), recordingEc2());
  client = new SSMClient(asAdministrator(sandbox, member));
});
afterEach(() => sandbox.stop());

/** EC2 that records what reaches it and answers what the test says. */
function recordingEc2(): Service {
  const record = (action: string): Operation<object> => ({
    permissions: () => [{ action: `ec2:${action}`, resource: '*' }],
    handle: (input, { principal }) => {
      calls.push({ action, input, role: principal.kind === 'role' ? principal.roleName : principal.kind });
      return answer();
    },
  });
  return {
    signingName: 'ec2',
    protocol: 'ec2Query',
    schemas: ec2,
    operations: {
      RevokeSecurityGroupIngress: record('RevokeSecurityGroupIngress'),
      DescribeSecurityGroups: record('DescribeSecurityGroups'),
    },
  };
}

const revoke = {
  name: 'revoke',
  action: 'aws:executeAwsApi',
  inputs: {
    Service: 'ec2',
    Api: 'revoke_security_group_ingress',
    GroupId: '{{ GroupId }}',
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: '{{ Port }}', ToPort: '{{ Port }}', IpRanges: '{{ IpRanges }}' }],
  },
};
const parameters = {
  GroupId: { type: 'String', allowedPattern: '^sg-[0-9a-f]+$' },
  Port: { type: 'Integer', default: 22 },
  IpRanges: { type: 'MapList', default: [] },
};
const look = (changes: object = {}) => ({
  name: 'look',
  action: 'aws:executeAwsApi',
  inputs: { Service: 'ec2', Api: 'DescribeSecurityGroups', GroupIds: ['{{ GroupId }}'] },
  ...changes,
});

const makeDocument = (mainSteps: readonly object[], more: object = {}) =>
  provision(
    sandbox,
    'AWS::SSM::Document',
    {
      Name: 'Close',
      DocumentType: 'Automation',
      DocumentFormat: 'YAML',
      Content: { schemaVersion: '0.3', parameters, mainSteps, ...more },
    },
    { account: member },
  );

async function start(input: Partial<StartAutomationExecutionCommandInput> = {}): Promise<string> {
  const command = new StartAutomationExecutionCommand({
    DocumentName: 'Close',
    Parameters: { GroupId: ['sg-1'] },
    ...input,
  });
  return (await client.send(command)).AutomationExecutionId ?? '';
}

async function get(AutomationExecutionId: string) {
  const { AutomationExecution } = await client.send(new GetAutomationExecutionCommand({ AutomationExecutionId }));
  return AutomationExecution;
}

async function run(input: Partial<StartAutomationExecutionCommandInput> = {}) {
  const id = await start(input);
  await sandbox.world.clock.advance(60_000);
  return get(id);
}

test('parameters reach the API with their types, under the role of the document', async () => {
  const role = await provisionRole(sandbox, {
    name: 'Runbook',
    account: member,
    trusted: 'ssm.amazonaws.com',
    actions: ['ec2:RevokeSecurityGroupIngress'],
  });
  await makeDocument([revoke], { assumeRole: role });
  const execution = await run({
    Parameters: { GroupId: ['sg-1'], Port: ['3389'], IpRanges: ['{"CidrIp":"0.0.0.0/0"}', '{"CidrIp":"1.0.0.0/8"}'] },
  });
  expect(execution).toMatchObject({ AutomationExecutionStatus: 'Success' });
  expect(calls).toEqual([
    {
      action: 'RevokeSecurityGroupIngress',
      role: 'Runbook',
      input: {
        GroupId: 'sg-1',
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 3389,
            ToPort: 3389,
            IpRanges: [{ CidrIp: '0.0.0.0/0' }, { CidrIp: '1.0.0.0/8' }],
          },
        ],
      },
    },
  ]);
});

test('an execution takes time, step by step', async () => {
  await makeDocument([look(), revoke]);
  const id = await start();
  expect(await get(id)).toMatchObject({ AutomationExecutionStatus: 'InProgress', CurrentStepName: 'look' });
  await sandbox.world.clock.advance(300);
  expect(await get(id)).toMatchObject({
    CurrentStepName: 'revoke',
    StepExecutions: [{ StepStatus: 'Success' }, { StepStatus: 'InProgress' }],
  });
  await sandbox.world.clock.advance(300);
  expect(await get(id)).toMatchObject({
    AutomationExecutionStatus: 'Success',
    ExecutionEndTime: new Date('2026-01-31T12:00:00.600Z'),
  });
});

test('a stale read shows neither the end of an execution nor one that was just started', async () => {
  await makeDocument([revoke]);
  const id = await start();
  await sandbox.world.clock.advance(10_000);
  sandbox.world.faults.add({ kind: 'stale', seconds: 9.9, times: 1 });
  expect(await get(id)).toMatchObject({ AutomationExecutionStatus: 'InProgress' });
  expect(await get(id)).toMatchObject({ AutomationExecutionStatus: 'Success' });
  sandbox.world.faults.add({ kind: 'stale', seconds: 11 });
  await expect(get(id)).rejects.toMatchObject({ name: 'AutomationExecutionNotFoundException' });
});

test('a failing API call fails the execution in the words of AWS', async () => {
  answer = () => {
    throw new AwsError('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
  };
  await makeDocument([revoke, look()]);
  const execution = await run();
  expect(execution).toMatchObject({
    AutomationExecutionStatus: 'Failed',
    StepExecutions: [{ StepStatus: 'Failed' }, { StepStatus: 'Pending' }],
    FailureMessage:
      'Step fails when it is Execute/Cancelling action. An error occurred (InvalidPermission.NotFound) when calling the RevokeSecurityGroupIngress operation: The specified rule does not exist in this security group.. Please refer to Automation Service Troubleshooting Guide for more diagnosis details.',
  });
});

test('a role without the permission fails the step', async () => {
  const assumeRole = await provisionRole(sandbox, {
    name: 'Weak',
    account: member,
    trusted: 'ssm.amazonaws.com',
    actions: ['ec2:DescribeSecurityGroups'],
  });
  await makeDocument([revoke], { assumeRole });
  expect((await run())?.FailureMessage).toContain(
    '(UnauthorizedOperation) when calling the RevokeSecurityGroupIngress',
  );
});

test('a role that does not trust SSM fails the start', async () => {
  const assumeRole = await provisionRole(sandbox, {
    name: 'Other',
    account: member,
    trusted: 'lambda.amazonaws.com',
    actions: ['*'],
  });
  await makeDocument([revoke], { assumeRole });
  await expect(start()).rejects.toMatchObject({
    name: 'InvalidAutomationExecutionParametersException',
    message: 'The defined assume role is unable to be assumed.',
  });
});

test('a number as text is refused as boto3 refuses it', async () => {
  await makeDocument([{ ...revoke, inputs: { ...revoke.inputs, IpPermissions: [{ FromPort: '22' }] } }]);
  expect((await run())?.FailureMessage).toContain('Invalid type for parameter IpPermissions[0].FromPort, value: "22"');
  expect(calls).toEqual([]);
});

test('a parameter that the API does not have is refused', async () => {
  await makeDocument([look({ inputs: { Service: 'ec2', Api: 'DescribeSecurityGroups', Groups: [] } })]);
  expect((await run())?.FailureMessage).toContain('Unknown parameter in input: "Groups"');
});

test('outputs go from step to step and out of the document', async () => {
  answer = () => ({ SecurityGroups: [{ GroupId: 'sg-7', GroupName: 'web' }] });
  const outputs = [{ Name: 'Id', Selector: '$.SecurityGroups[0].GroupId', Type: 'String' }];
  await makeDocument(
    [look({ outputs }), look({ name: 'again', inputs: { ...look().inputs, GroupIds: ['{{ look.Id }}'] } })],
    {
      outputs: ['look.Id'],
    },
  );
  const execution = await run();
  expect(execution?.Outputs).toEqual({ 'look.Id': ['sg-7'] });
  expect(execution?.StepExecutions?.[0]).toMatchObject({
    Outputs: { Id: ['sg-7'] },
    Inputs: { Service: '"ec2"', GroupIds: '["sg-1"]' },
  });
  expect(calls[1]).toMatchObject({ input: { GroupIds: ['sg-7'] } });
});

test('throttling is retried', async () => {
  sandbox.world.faults.add({ kind: 'throttle', service: 'ec2', times: 2 });
  await makeDocument([revoke]);
  expect(await run()).toMatchObject({ AutomationExecutionStatus: 'Success' });
});

const flows: readonly [name: string, steps: readonly object[], status: string, steppedTo: string][] = [
  [
    'a failure that continues fails the whole in the end',
    [look({ onFailure: 'Continue', inputs: { Service: 'x', Api: 'y' } }), revoke],
    'Failed',
    'look:Failed revoke:Success',
  ],
  [
    'an uncritical failure does not',
    [look({ onFailure: 'Continue', isCritical: false, inputs: { Service: 'x', Api: 'y' } }), revoke],
    'Success',
    'look:Failed revoke:Success',
  ],
  [
    'a failure goes to its step',
    [look({ onFailure: 'step:revoke', inputs: { Service: 'x', Api: 'y' } }), look({ name: 'never' }), revoke],
    'Failed',
    'look:Failed never:Pending revoke:Success',
  ],
  ['isEnd ends', [look({ isEnd: true }), revoke], 'Success', 'look:Success revoke:Pending'],
  [
    'nextStep jumps',
    [look({ nextStep: 'revoke' }), look({ name: 'never' }), revoke],
    'Success',
    'look:Success never:Pending revoke:Success',
  ],
  [
    'a branch chooses',
    [
      {
        name: 'choose',
        action: 'aws:branch',
        inputs: {
          Choices: [{ NextStep: 'revoke', Variable: '{{ GroupId }}', StringEquals: 'sg-1' }],
          Default: 'never',
        },
      },
      look({ name: 'never' }),
      revoke,
    ],
    'Success',
    'choose:Success never:Pending revoke:Success',
  ],
  [
    'a branch of which nothing holds goes on with the next step',
    [
      {
        name: 'choose',
        action: 'aws:branch',
        inputs: { Choices: [{ NextStep: 'revoke', Variable: '{{ GroupId }}', StringEquals: 'sg-2' }] },
      },
      look({ name: 'next', isEnd: true }),
      revoke,
    ],
    'Success',
    'choose:Success next:Success revoke:Pending',
  ],
  [
    'a property is asserted',
    [
      {
        name: 'assert',
        action: 'aws:assertAwsResourceProperty',
        inputs: {
          Service: 'ec2',
          Api: 'DescribeSecurityGroups',
          PropertySelector: '$.Return',
          DesiredValues: ['false'],
        },
      },
    ],
    'Failed',
    'assert:Failed',
  ],
  [
    'a wait for a property ends in time',
    [
      {
        name: 'wait',
        action: 'aws:waitForAwsResourceProperty',
        timeoutSeconds: 30,
        inputs: {
          Service: 'ec2',
          Api: 'DescribeSecurityGroups',
          PropertySelector: '$.Return',
          DesiredValues: ['false'],
        },
      },
    ],
    'TimedOut',
    'wait:TimedOut',
  ],
  [
    'a sleep is over',
    [{ name: 'sleep', action: 'aws:sleep', inputs: { Duration: 'PT30S' } }],
    'Success',
    'sleep:Success',
  ],
  [
    'an action that the sandbox does not run fails',
    [{ name: 'script', action: 'aws:executeScript', inputs: { Runtime: 'python3.11' } }],
    'Failed',
    'script:Failed',
  ],
];

test.each(flows)('%s', async (_name, steps, status, steppedTo) => {
  await makeDocument(steps);
  const execution = await run();
  expect(execution?.AutomationExecutionStatus).toBe(status);
  expect(
    execution?.StepExecutions?.map(({ StepName, StepStatus }) => `${StepName ?? ''}:${StepStatus ?? ''}`).join(' '),
  ).toBe(steppedTo);
});

test('a step is tried as often as the document says', async () => {
  answer = () => {
    if (calls.length < 3) throw new AwsError('InternalError', 'no', 500);
    return {};
  };
  await makeDocument([{ ...revoke, maxAttempts: 3 }]);
  expect(await run()).toMatchObject({ AutomationExecutionStatus: 'Success' });
  expect(calls).toHaveLength(3);
});

test('an execution can be stopped', async () => {
  await makeDocument([{ name: 'sleep', action: 'aws:sleep', inputs: { Duration: 'PT30S' } }, revoke]);
  const id = await start();
  await client.send(new StopAutomationExecutionCommand({ AutomationExecutionId: id }));
  await sandbox.world.clock.advance(60_000);
  expect(await get(id)).toMatchObject({ AutomationExecutionStatus: 'Cancelled' });
  expect(calls).toEqual([]);
});

const badStarts: readonly [name: string, input: Partial<StartAutomationExecutionCommandInput>, code: string][] = [
  ['of a document that does not exist', { DocumentName: 'None' }, 'AutomationDefinitionNotFoundException'],
  ['of a version that does not exist', { DocumentVersion: '7' }, 'AutomationDefinitionVersionNotFoundException'],
  ['without a required parameter', { Parameters: {} }, 'InvalidAutomationExecutionParametersException'],
  [
    'with an unknown parameter',
    { Parameters: { GroupId: ['sg-1'], X: ['1'] } },
    'InvalidAutomationExecutionParametersException',
  ],
  ['with a value off the pattern', { Parameters: { GroupId: ['x'] } }, 'InvalidAutomationExecutionParametersException'],
  [
    'with two values of a text',
    { Parameters: { GroupId: ['sg-1', 'sg-2'] } },
    'InvalidAutomationExecutionParametersException',
  ],
  [
    'with an integer that is none',
    { Parameters: { GroupId: ['sg-1'], Port: ['x'] } },
    'InvalidAutomationExecutionParametersException',
  ],
  [
    'with a number inside a map list',
    { Parameters: { GroupId: ['sg-1'], IpRanges: ['{"FromPort":22}'] } },
    'InvalidAutomationExecutionParametersException',
  ],
  [
    'with more than 50 values',
    { Parameters: { GroupId: ['sg-1'], IpRanges: Array.from({ length: 51 }, () => '{}') } },
    'InvalidAutomationExecutionParametersException',
  ],
  ['with a value over 512 characters', { Parameters: { GroupId: ['x'.repeat(513)] } }, 'ValidationException'],
  ['with a token that is no UUID', { ClientToken: 'x'.repeat(36) }, 'ValidationException'],
];

test.each(badStarts)('a start %s is refused', async (_name, input, name) => {
  await makeDocument([revoke]);
  await expect(start(input)).rejects.toMatchObject({ name });
});

test('a client token serves once', async () => {
  await makeDocument([revoke]);
  const ClientToken = '0B0C0D0E-0000-5000-8000-000000000001';
  await start({ ClientToken });
  await expect(start({ ClientToken: ClientToken.toLowerCase() })).rejects.toMatchObject({
    name: 'IdempotentParameterMismatch',
  });
});

test('who starts must be allowed to start, in both ARN forms, and to pass the role', async () => {
  const assumeRole = await provisionRole(sandbox, {
    name: 'Runbook',
    account: member,
    trusted: 'ssm.amazonaws.com',
    actions: ['ec2:*'],
  });
  await makeDocument([revoke], { assumeRole });
  const starter = async (name: string, actions: readonly string[]) => {
    const roleArn = await provisionRole(sandbox, { name, account: member, trusted: 'lambda.amazonaws.com', actions });
    const { principal } = sandbox.world.identity.assumeAsService({
      service: 'lambda.amazonaws.com',
      roleArn,
      sessionName: 's',
      sourceAccount: member,
      sourceArn: 'arn:aws:lambda:x',
    });
    const input = { DocumentName: 'Close', Parameters: { GroupId: ['sg-1'] } };
    return sandbox.world.call('ssm', 'StartAutomationExecution', input, { principal, account: member, region: home });
  };
  await expect(starter('A', ['iam:PassRole'])).rejects.toMatchObject({ code: 'AccessDeniedException' });
  await expect(starter('B', ['ssm:StartAutomationExecution'])).rejects.toMatchObject({
    code: 'AccessDeniedException',
    message: expect.stringContaining('iam:PassRole') as string,
  });
  await expect(starter('C', ['ssm:StartAutomationExecution', 'iam:PassRole'])).resolves.toBeDefined();
});

test('documents and executions are listed and described', async () => {
  await makeDocument([revoke]);
  const content = 'schemaVersion: "0.3"\nmainSteps:\n- { name: one, action: aws:sleep, inputs: { Duration: PT1S } }\n';
  await client.send(
    new CreateDocumentCommand({ Name: 'Other', Content: content, DocumentFormat: 'YAML', DocumentType: 'Automation' }),
  );
  const own = await client.send(
    new ListDocumentsCommand({
      Filters: [
        { Key: 'Owner', Values: ['Self'] },
        { Key: 'Name', Values: ['Cl'] },
      ],
    }),
  );
  expect(own.DocumentIdentifiers?.map(({ Name }) => Name)).toEqual(['Close']);
  expect(await client.send(new GetDocumentCommand({ Name: 'Other' }))).toMatchObject({ Content: content });
  expect(await client.send(new DescribeDocumentCommand({ Name: 'Close' }))).toMatchObject({
    Document: { Parameters: [{ Name: 'GroupId' }, { Name: 'Port', DefaultValue: '22' }, { Name: 'IpRanges' }] },
  });
  const id = (await run())?.AutomationExecutionId;
  const { AutomationExecutionMetadataList } = await client.send(
    new DescribeAutomationExecutionsCommand({ Filters: [{ Key: 'ExecutionStatus', Values: ['Success'] }] }),
  );
  expect(AutomationExecutionMetadataList).toMatchObject([{ AutomationExecutionId: id }]);
  const { StepExecutions } = await client.send(
    new DescribeAutomationStepExecutionsCommand({ AutomationExecutionId: id }),
  );
  expect(StepExecutions).toMatchObject([{ StepName: 'revoke', StepStatus: 'Success' }]);
  await expect(client.send(new GetDocumentCommand({ Name: 'None' }))).rejects.toMatchObject({
    name: 'InvalidDocument',
  });
});
