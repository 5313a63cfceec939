import * as ec2 from '@aws-sdk/client-ec2';
import * as lambda from '@aws-sdk/client-lambda';
import * as securityHub from '@aws-sdk/client-securityhub';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import { AwsError } from '../../../sandbox/runtime/aws-error';
import { asAdministrator, hub, startSmallSandbox } from '../small-sandbox';
import { createEcho } from './echo-service';

type Echo = ReturnType<typeof createEcho>;
type Client = ReturnType<typeof asAdministrator>;

/** Sends through a real client and shows what the operation saw and what the client made of the answer. */
async function exchange(
  echo: Echo,
  send: (client: Client) => Promise<unknown>,
): Promise<{ input: unknown; output: unknown }> {
  const sandbox = await startSmallSandbox(echo.service);
  try {
    const output = await send(asAdministrator(sandbox, hub));
    return { input: echo.inputs[0], output };
  } finally {
    await sandbox.stop();
  }
}

const odd = 'ümläut & <tag> "quoted" \r\n\t 100% a+b=c';
const moment = new Date('2026-01-31T12:34:56.000Z');

describe('ec2Query', () => {
  test('lists, structures, booleans and numbers arrive and return', async () => {
    const input = {
      GroupId: 'sg-1',
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 22,
          ToPort: 22,
          IpRanges: [{ CidrIp: '10.0.0.0/8', Description: odd }, { CidrIp: '0.0.0.0/0' }],
        },
        { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-2' }], PrefixListIds: [{ PrefixListId: 'pl-1' }] },
      ],
      TagSpecifications: [{ ResourceType: 'security-group-rule' as const, Tags: [{ Key: 'a', Value: odd }] }],
      DryRun: false,
    };
    const answer = {
      Return: true,
      SecurityGroupRules: [{ SecurityGroupRuleId: 'sgr-1', FromPort: 0, Description: odd, Tags: [] }],
    };
    const echo = createEcho('ec2', 'ec2Query', ec2, { AuthorizeSecurityGroupIngress: () => answer });
    const { input: seen, output } = await exchange(echo, (client) =>
      new ec2.EC2Client(client).send(new ec2.AuthorizeSecurityGroupIngressCommand(input)),
    );
    expect(seen).toEqual(input);
    expect(output).toMatchObject(answer);
  });

  test('timestamps return', async () => {
    const echo = createEcho('ec2', 'ec2Query', ec2, {
      DescribeVolumes: () => ({ Volumes: [{ VolumeId: 'vol-1', CreateTime: moment }] }),
    });
    const { output } = await exchange(echo, (client) =>
      new ec2.EC2Client(client).send(new ec2.DescribeVolumesCommand({})),
    );
    expect(output).toMatchObject({ Volumes: [{ VolumeId: 'vol-1', CreateTime: moment }] });
  });
});

describe('awsQuery', () => {
  test('maps, blobs and lists arrive and return', async () => {
    const input = {
      TopicArn: 'arn:aws:sns:eu-central-1:111111111111:t',
      Message: odd,
      MessageAttributes: {
        kind: { DataType: 'String', StringValue: odd },
        raw: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255, 7]) },
      },
    };
    const echo = createEcho('sns', 'awsQuery', sns, { Publish: () => ({ MessageId: odd }) });
    const { input: seen, output } = await exchange(echo, (client) =>
      new sns.SNSClient(client).send(new sns.PublishCommand(input)),
    );
    expect(seen).toEqual(input);
    expect(output).toMatchObject({ MessageId: odd });
  });

  test('a map returns as entries', async () => {
    const attributes = { Attributes: { Policy: '{"a":1}', Owner: hub } };
    const echo = createEcho('sns', 'awsQuery', sns, { GetTopicAttributes: () => attributes });
    const { output } = await exchange(echo, (client) =>
      new sns.SNSClient(client).send(new sns.GetTopicAttributesCommand({ TopicArn: 't' })),
    );
    expect(output).toMatchObject(attributes);
  });

  test('an empty list arrives as one', async () => {
    const echo = createEcho('sns', 'awsQuery', sns, { TagResource: () => ({}) });
    const { input } = await exchange(echo, (client) =>
      new sns.SNSClient(client).send(new sns.TagResourceCommand({ ResourceArn: 'r', Tags: [] })),
    );
    expect(input).toEqual({ ResourceArn: 'r', Tags: [] });
  });
});

describe('awsJson1_1', () => {
  test('dates arrive and return as seconds', async () => {
    const input = { DocumentName: 'D', Parameters: { Ports: ['22', odd] }, ScheduledTime: moment };
    const answer = { AutomationExecution: { AutomationExecutionId: 'e', ExecutionStartTime: moment } };
    const echo = createEcho('ssm', 'awsJson1_1', ssm, {
      StartChangeRequestExecution: () => ({ AutomationExecutionId: 'e' }),
      GetAutomationExecution: () => answer,
    });
    const started = await exchange(echo, (client) =>
      new ssm.SSMClient(client).send(new ssm.StartChangeRequestExecutionCommand({ ...input, Runbooks: [] })),
    );
    expect(started.input).toMatchObject({ ...input, Runbooks: [] });
    const got = await exchange(echo, (client) =>
      new ssm.SSMClient(client).send(new ssm.GetAutomationExecutionCommand({ AutomationExecutionId: 'e' })),
    );
    expect(got.output).toMatchObject(answer);
  });
});

describe('awsJson1_0', () => {
  test('blobs in maps arrive and return', async () => {
    const attribute = { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 255]) };
    const input = { QueueUrl: 'http://127.0.0.1/1/q', MessageBody: odd, MessageAttributes: { raw: attribute } };
    const echo = createEcho('sqs', 'awsJson1_0', sqs, {
      SendMessage: () => ({ MessageId: 'm', MD5OfMessageBody: undefined }),
    });
    const { input: seen } = await exchange(echo, (client) =>
      new sqs.SQSClient({ ...client, md5: false }).send(new sqs.SendMessageCommand(input)),
    );
    expect(seen).toEqual(input);
  });
});

describe('restJson1', () => {
  test('labels, query, headers and a raw payload arrive, status and headers return', async () => {
    const functionName = 'arn:aws:lambda:eu-central-1:111111111111:function:a b/c:1';
    const input = {
      FunctionName: functionName,
      Qualifier: 'live',
      InvocationType: 'Event' as const,
      Payload: new TextEncoder().encode('{"a":1}'),
    };
    const answer = {
      StatusCode: 202,
      ExecutedVersion: '1',
      DurableExecutionArn: 'arn',
      Payload: new TextEncoder().encode('"done"'),
    };
    const echo = createEcho('lambda', 'restJson1', lambda, { Invoke: () => answer });
    const { input: seen, output } = await exchange(echo, (client) =>
      new lambda.LambdaClient(client).send(new lambda.InvokeCommand(input)),
    );
    expect(seen).toEqual(input);
    expect(output).toMatchObject({ StatusCode: 202, ExecutedVersion: '1', DurableExecutionArn: 'arn' });
    expect(Buffer.from((output as lambda.InvokeCommandOutput).Payload ?? []).toString()).toBe('"done"');
  });

  test('bodies arrive and return', async () => {
    const input = {
      FindingIdentifiers: [{ Id: odd, ProductArn: 'p' }],
      Note: { Text: odd, UpdatedBy: 'portcullis' },
      UserDefinedFields: { PortcullisOutcome: 'closed' },
      Workflow: { Status: 'RESOLVED' as const },
    };
    const answer = { ProcessedFindings: input.FindingIdentifiers, UnprocessedFindings: [] };
    const echo = createEcho('securityhub', 'restJson1', securityHub, { BatchUpdateFindings: () => answer });
    const { input: seen, output } = await exchange(echo, (client) =>
      new securityHub.SecurityHubClient(client).send(new securityHub.BatchUpdateFindingsCommand(input)),
    );
    expect(seen).toEqual(input);
    expect(output).toMatchObject(answer);
  });

  test('an answer without a body ends', async () => {
    const echo = createEcho('lambda', 'restJson1', lambda, { DeleteFunctionConcurrency: () => ({}) });
    const { input } = await exchange(echo, (client) =>
      new lambda.LambdaClient(client).send(new lambda.DeleteFunctionConcurrencyCommand({ FunctionName: 'f' })),
    );
    expect(input).toEqual({ FunctionName: 'f' });
  });
});

describe('errors reach the client under their own names', () => {
  const fail = (error: AwsError) => () => {
    throw error;
  };
  const cases: readonly {
    readonly name: string;
    readonly echo: Echo;
    readonly send: (client: Client) => Promise<unknown>;
    readonly error: object;
  }[] = [
    {
      name: 'ec2Query',
      echo: createEcho('ec2', 'ec2Query', ec2, {
        DescribeVpcs: fail(new AwsError('InvalidVpcID.NotFound', `The vpc ID '${odd}' does not exist`)),
      }),
      send: (client) => new ec2.EC2Client(client).send(new ec2.DescribeVpcsCommand({})),
      error: { name: 'InvalidVpcID.NotFound', message: `The vpc ID '${odd}' does not exist` },
    },
    {
      name: 'awsQuery, where shapes have other codes on the wire',
      echo: createEcho('sns', 'awsQuery', sns, {
        Publish: fail(new AwsError('NotFoundException', 'Topic does not exist', 404)),
      }),
      send: (client) => new sns.SNSClient(client).send(new sns.PublishCommand({ Message: 'm' })),
      error: { name: 'NotFoundException', Code: 'NotFound', message: 'Topic does not exist' },
    },
    {
      name: 'awsJson1_1',
      echo: createEcho('ssm', 'awsJson1_1', ssm, {
        GetAutomationExecution: fail(new AwsError('AutomationExecutionNotFoundException', 'gone')),
      }),
      send: (client) =>
        new ssm.SSMClient(client).send(new ssm.GetAutomationExecutionCommand({ AutomationExecutionId: 'e' })),
      error: { name: 'AutomationExecutionNotFoundException', message: 'gone' },
    },
    {
      name: 'awsJson1_0 of a service that once spoke awsQuery',
      echo: createEcho('sqs', 'awsJson1_0', sqs, { ReceiveMessage: fail(new AwsError('QueueDoesNotExist', 'gone')) }),
      send: (client) =>
        new sqs.SQSClient(client).send(new sqs.ReceiveMessageCommand({ QueueUrl: 'http://127.0.0.1/1/q' })),
      error: { name: 'QueueDoesNotExist', Code: 'AWS.SimpleQueueService.NonExistentQueue', message: 'gone' },
    },
    {
      name: 'restJson1',
      echo: createEcho('securityhub', 'restJson1', securityHub, {
        GetFindings: fail(new AwsError('LimitExceededException', 'slow down', 429, { Code: 'x' })),
      }),
      send: (client) => new securityHub.SecurityHubClient(client).send(new securityHub.GetFindingsCommand({})),
      error: {
        name: 'LimitExceededException',
        message: 'slow down',
        Code: 'x',
        $metadata: expect.objectContaining({ httpStatusCode: 429 }) as unknown,
      },
    },
  ];
  test.each(cases)('$name', async ({ echo, send, error }) => {
    await expect(exchange(echo, send)).rejects.toMatchObject(error);
  });
});
