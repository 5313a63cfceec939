import { rmSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  type IpPermission,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import {
  BatchImportFindingsCommand,
  DescribeActionTargetsCommand,
  GetFindingsCommand,
  SecurityHubClient,
  type AwsSecurityFinding,
} from '@aws-sdk/client-securityhub';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { deployPortcullis } from '../../src/cli/sandbox/deploy-portcullis';
import type { createServices } from '../../src/sandbox/create-services';
import type { Fault } from '../../src/sandbox/kernel/faults';
import { readConfiguration } from '../../stacks/config';
import { editAssembly, synthesizeOnce, type EditTemplate } from './assembly';

export const HUB = '111111111111';
export const MEMBER = '222222222222';
export const OTHER_MEMBER = '333333333333';

export const ANYWHERE = '0.0.0.0/0';

export const SANDBOX_FILE = 'portcullis.sandbox.yaml';
// Now, because no test's time-out counts while a module is loaded: from scratch it takes a busy machine a while.
synthesizeOnce(SANDBOX_FILE);

export interface Deployment {
  readonly clockMode: 'skipping' | 'manual';
  readonly configurationFile?: string;
  readonly partition?: string;
  readonly edit?: EditTemplate;
  readonly services?: ReturnType<typeof createServices>;
}

export interface Group {
  readonly account: string;
  readonly region: string;
  readonly id: string;
  readonly arn: string;
}

export interface Place {
  readonly account: string;
  readonly region: string;
}

export interface Message {
  readonly id: string;
  readonly queue: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, { readonly StringValue?: string }>>;
}

export interface DomainEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What the ledger keeps, as far as tests look at it. */
export interface LedgerRecord {
  readonly outcome: string;
  readonly before?: { readonly rules: readonly SecurityGroupRule[] };
  readonly after?: readonly SecurityGroupRule[];
  readonly runs: readonly { readonly executionId?: string; readonly end?: string }[];
  readonly findings: readonly {
    readonly id: string;
    readonly previousNote?: { readonly text: string; readonly updatedBy: string };
  }[];
}

export interface Execution {
  readonly arn: string;
  readonly status: string;
  readonly operations: readonly { readonly Name?: string; readonly Status?: string }[];
}

export type Deployed = Awaited<ReturnType<typeof makeDeployed>>;

/** Portcullis in an AWS of its own, seen through SDK clients as its users and the people around it see it. */
export function deploy(deployment: Deployment): Promise<Deployed> {
  return makeDeployed(deployment);
}

async function makeDeployed(deployment: Deployment) {
  const { clockMode, configurationFile = SANDBOX_FILE, partition = 'aws', edit, services } = deployment;
  const configuration = readConfiguration(configurationFile);
  if (!configuration.ok) throw new Error(configuration.error.join('\n'));
  const assembly = synthesizeOnce(configurationFile);
  const directory = edit ? editAssembly(assembly, edit) : assembly;
  const sandbox = await deployPortcullis({
    directory,
    configuration: configuration.value,
    port: 0,
    clockMode,
    partition,
    ...(services ? { services } : {}),
  });
  const hub = { account: HUB, region: sandbox.world.hub.region };
  const settings = ({ account, region }: Place) => ({
    endpoint: sandbox.endpoint,
    region,
    credentials: { accessKeyId: account, secretAccessKey: 'any' },
    maxAttempts: 1,
  });
  const clients = {
    ec2: (place: Place) => new EC2Client(settings(place)),
    ssm: (place: Place) => new SSMClient(settings(place)),
    securityHub: (place: Place) => new SecurityHubClient(settings(place)),
    events: new EventBridgeClient(settings(hub)),
    sqs: new SQSClient(settings(hub)),
    lambda: new LambdaClient(settings(hub)),
    dynamoDb: new DynamoDBClient(settings(hub)),
  };
  const { clock } = sandbox.world;
  let groups = 0;
  let findings = 0;

  async function ask<Answer>(path: string, question?: object): Promise<Answer> {
    const init = question === undefined ? {} : { method: 'POST', body: JSON.stringify(question) };
    const response = await fetch(`${sandbox.endpoint}/_sandbox/${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  /** In the default VPC, unless another is named. */
  async function openGroup(place: Place, permissions: IpPermission[], VpcId?: string): Promise<Group> {
    const ec2 = clients.ec2(place);
    const { GroupId = '' } = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: `group-${String(++groups)}`, Description: 'Of a test', VpcId }),
    );
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: permissions }));
    const { account, region } = place;
    return { account, region, id: GroupId, arn: `arn:${partition}:ec2:${region}:${account}:security-group/${GroupId}` };
  }

  /** Imports a failed finding of a control about a group, as Security Hub itself would, with what else is wanted. */
  async function importFinding(
    group: Group,
    control: string,
    changes: Partial<AwsSecurityFinding> = {},
  ): Promise<string> {
    const { account, region } = group;
    const at = new Date(clock.now()).toISOString();
    const finding: AwsSecurityFinding = {
      SchemaVersion: '2018-10-08',
      Id: `arn:${partition}:securityhub:${region}:${account}:security-control/${control}/finding/${String(++findings)}`,
      ProductArn: `arn:${partition}:securityhub:${region}::product/aws/securityhub`,
      GeneratorId: `security-control/${control}`,
      AwsAccountId: account,
      Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
      CreatedAt: at,
      UpdatedAt: at,
      Severity: { Label: 'HIGH' },
      Title: `${control} fails`,
      Description: `${control} fails on ${group.id}.`,
      Resources: [{ Type: 'AwsEc2SecurityGroup', Id: group.arn, Partition: 'aws', Region: region }],
      Compliance: { Status: 'FAILED', SecurityControlId: control },
      RecordState: 'ACTIVE',
      ...changes,
    };
    const imported = await clients
      .securityHub({ account, region })
      .send(new BatchImportFindingsCommand({ Findings: [finding] }));
    const [failed] = imported.FailedFindings ?? [];
    if (failed) throw new Error(failed.ErrorMessage);
    return finding.Id ?? '';
  }

  async function findingOf(id: string): Promise<AwsSecurityFinding> {
    const { Findings = [] } = await clients
      .securityHub(hub)
      .send(new GetFindingsCommand({ Filters: { Id: [{ Value: id, Comparison: 'EQUALS' }] } }));
    const [finding] = Findings;
    if (!finding) throw new Error(`Security Hub has no finding ${id}`);
    return finding;
  }

  async function actionArn(name: string): Promise<string> {
    const { ActionTargets = [] } = await clients.securityHub(hub).send(new DescribeActionTargetsCommand({}));
    const action = ActionTargets.find(({ Name }) => Name === name);
    return action?.ActionTargetArn ?? '';
  }

  /** The event that the console makes of a click. */
  async function customActionEvent(findingsOfEvent: readonly object[], actionName = 'Close ingress') {
    return {
      Source: 'aws.securityhub',
      DetailType: 'Security Hub Findings - Custom Action',
      Resources: [await actionArn(actionName)],
      Detail: JSON.stringify({ actionName, actionDescription: '', findings: findingsOfEvent }),
    };
  }

  async function put(event: Awaited<ReturnType<typeof customActionEvent>>): Promise<void> {
    await clients.events.send(new PutEventsCommand({ Entries: [event] }));
  }

  /** A person selects the findings and chooses an action: one event each, sent together. */
  async function choose(action: string, ...ids: readonly string[]): Promise<void> {
    const selected = await Promise.all(ids.map(findingOf));
    const Entries = await Promise.all(selected.map((finding) => customActionEvent([finding], action)));
    await clients.events.send(new PutEventsCommand({ Entries }));
  }

  const messages = () => ask<readonly Message[]>('sqs/messages');

  return {
    clients,
    clock,
    hub,
    partition,
    ask,
    openGroup,
    importFinding,
    findingOf,
    customActionEvent,
    put,
    messages,

    /** Past EventBridge, straight onto the queue that the dispatcher reads. */
    async enqueue(body: string): Promise<void> {
      const QueueUrl = `${sandbox.endpoint}/${HUB}/Portcullis-Findings`;
      await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
    },

    choose,

    /** {@link choose} for Close ingress. */
    press: (...ids: readonly string[]) => choose('Close ingress', ...ids),

    /** Until nothing is under way and nothing is due within the hour that `skipping` time skips. */
    settle: () => clock.idle(),

    async ingressOf(group: Group): Promise<readonly SecurityGroupRule[]> {
      const { SecurityGroupRules = [] } = await clients
        .ec2(group)
        .send(new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [group.id] }] }));
      return SecurityGroupRules.filter(({ IsEgress }) => IsEgress !== true);
    },

    async recordOf(findingId: string): Promise<LedgerRecord> {
      const remediationId = (await findingOf(findingId)).UserDefinedFields?.['PortcullisRemediationId'] ?? '';
      const { Item } = await clients.dynamoDb.send(
        new GetItemCommand({
          TableName: 'Portcullis-Ledger',
          Key: { pk: { S: `REMEDIATION#${remediationId}` }, sk: { S: 'RECORD' } },
        }),
      );
      const document = Item?.['document']?.B;
      if (!document) throw new Error(`The ledger has no record of ${remediationId}`);
      return JSON.parse(gunzipSync(document).toString('utf8')) as LedgerRecord;
    },

    async deadLetters(): Promise<readonly Message[]> {
      return (await messages()).filter(({ queue }) => queue.endsWith(':Portcullis-DeadLetters'));
    },

    /** Sends what is on the bus `portcullis` from now on to a queue of the test's own. */
    async subscribe(): Promise<void> {
      const { account, region } = hub;
      const queueArn = `arn:${partition}:sqs:${region}:${account}:subscriber`;
      await clients.sqs.send(
        new CreateQueueCommand({
          QueueName: 'subscriber',
          Attributes: {
            Policy: JSON.stringify({
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Principal: { Service: 'events.amazonaws.com' },
                  Action: 'sqs:SendMessage',
                  Resource: queueArn,
                },
              ],
            }),
          },
        }),
      );
      await clients.events.send(
        new PutRuleCommand({ Name: 'all', EventBusName: 'portcullis', EventPattern: '{"source":["portcullis"]}' }),
      );
      await clients.events.send(
        new PutTargetsCommand({ Rule: 'all', EventBusName: 'portcullis', Targets: [{ Id: 'q', Arn: queueArn }] }),
      );
    },

    async domainEventsAbout(group: Group): Promise<readonly DomainEvent[]> {
      return (await messages())
        .filter(({ queue }) => queue.endsWith(':subscriber'))
        .map(({ body }) => JSON.parse(body) as DomainEvent)
        .filter(({ detail }) => JSON.stringify(detail).includes(group.id));
    },

    /** Durable executions of the orchestrator. */
    executions: () => ask<readonly Execution[]>('lambda/executions'),

    /** How often the dispatcher or the orchestrator was invoked. */
    async invocationsOf(functionName: string): Promise<number> {
      return (await ask<readonly unknown[]>('lambda/invocations', { functionName })).length;
    },

    async metric(name: string): Promise<number> {
      const values = await ask<readonly { readonly name: string; readonly value: number }[]>('lambda/metrics');
      return values.filter((each) => each.name === name).reduce((sum, { value }) => sum + value, 0);
    },

    /** Arms the loss of the orchestrator's process at a checkpoint; answers what is still armed. */
    kill: (order: object) =>
      ask<{ readonly armed: readonly unknown[] }>(
        'lambda/kill',
        Object.keys(order).length > 0 ? { functionName: 'Portcullis-Orchestrator', ...order } : order,
      ),

    async misbehave(...faults: readonly Fault[]): Promise<void> {
      await ask('faults', [...faults]);
    },

    async behave(): Promise<void> {
      await fetch(`${sandbox.endpoint}/_sandbox/faults`, { method: 'DELETE' });
    },

    async stop(): Promise<void> {
      await sandbox.stop();
      if (directory !== assembly) rmSync(directory, { recursive: true, force: true });
    },
  };
}

export function tcp(from: number, to: number, ...sources: readonly string[]): IpPermission {
  return {
    IpProtocol: 'tcp',
    FromPort: from,
    ToPort: to,
    IpRanges: sources.filter((source) => !source.includes(':')).map((CidrIp) => ({ CidrIp })),
    Ipv6Ranges: sources.filter((source) => source.includes(':')).map((CidrIpv6) => ({ CidrIpv6 })),
  };
}
