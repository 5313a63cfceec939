import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as elb from '@aws-sdk/client-elastic-load-balancing';
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2';
import * as eventbridge from '@aws-sdk/client-eventbridge';
import * as organizations from '@aws-sdk/client-organizations';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';

export const REGION = 'eu-central-1';

/** A cloud that answers SDK calls: ours or another. */
export interface Cloud {
  readonly name: string;
  readonly endpoint: string;
  /** Sends one call as the administrator of an account; throws what the SDK throws. */
  send(account: string, call: string, input: object): Promise<object>;
}

const clients = {
  dynamodb: { module: dynamodb, make: (settings: Settings) => new dynamodb.DynamoDBClient(settings) },
  ec2: { module: ec2, make: (settings: Settings) => new ec2.EC2Client(settings) },
  elb: { module: elb, make: (settings: Settings) => new elb.ElasticLoadBalancingClient(settings) },
  elbv2: { module: elbv2, make: (settings: Settings) => new elbv2.ElasticLoadBalancingV2Client(settings) },
  eventbridge: { module: eventbridge, make: (settings: Settings) => new eventbridge.EventBridgeClient(settings) },
  logs: { module: logs, make: (settings: Settings) => new logs.CloudWatchLogsClient(settings) },
  organizations: {
    module: organizations,
    make: (settings: Settings) => new organizations.OrganizationsClient(settings),
  },
  sns: { module: sns, make: (settings: Settings) => new sns.SNSClient(settings) },
  sqs: { module: sqs, make: (settings: Settings) => new sqs.SQSClient(settings) },
  ssm: { module: ssm, make: (settings: Settings) => new ssm.SSMClient(settings) },
  sts: { module: sts, make: (settings: Settings) => new sts.STSClient(settings) },
};

interface Settings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

type ServiceName = keyof typeof clients;

/** Both clouds take an account id for a key: the sandbox by itself, moto by a header of its own. */
export function openCloud(name: string, endpoint: string): Cloud {
  const opened = new Map<string, Sender>();
  return {
    name,
    endpoint,
    async send(account, call, input) {
      const [service = '', operation = ''] = call.split(':');
      if (!isServiceName(service)) throw new Error(`${call}: no client for ${service}`);
      const key = `${account}/${service}`;
      const client = opened.get(key) ?? openClient(service, account, endpoint);
      opened.set(key, client);
      return client.send(toCommand(service, operation, input));
    },
  };
}

/** What all clients of the SDK have in common; their own types differ by operation. */
interface Sender {
  send(command: object): Promise<object>;
  readonly middlewareStack: { add(middleware: unknown, options: { step: 'build' }): void };
}

function openClient(service: ServiceName, account: string, endpoint: string): Sender {
  const settings = {
    endpoint,
    region: REGION,
    credentials: { accessKeyId: account, secretAccessKey: 'any' },
    maxAttempts: 1,
  };
  const client = clients[service].make(settings) as unknown as Sender;
  client.middlewareStack.add(
    (next: (request: object) => unknown) => (args: { request: { headers: Record<string, string> } }) => {
      args.request.headers['x-moto-account-id'] = account;
      return next(args);
    },
    { step: 'build' },
  );
  return client;
}

/** The SDK exports one class an operation, under the operation's name. */
function toCommand(service: ServiceName, operation: string, input: object): object {
  const Command: unknown = Object.entries(clients[service].module).find(
    ([name]) => name === `${operation}Command`,
  )?.[1];
  if (typeof Command !== 'function') throw new Error(`The SDK has no ${service}:${operation}`);
  return Reflect.construct(Command, [input]) as object;
}

function isServiceName(name: string): name is ServiceName {
  return Object.hasOwn(clients, name);
}
