import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingClient } from '@aws-sdk/client-elastic-load-balancing';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Place } from './place';

/** Of an administrator; those without a place are the hub's. */
export interface Clients {
  readonly ec2: (place: Place) => EC2Client;
  readonly elb: (place: Place) => ElasticLoadBalancingV2Client;
  readonly classicElb: (place: Place) => ElasticLoadBalancingClient;
  readonly ssm: (place: Place) => SSMClient;
  readonly securityHub: (place: Place) => SecurityHubClient;
  readonly events: EventBridgeClient;
  readonly sqs: SQSClient;
  readonly lambda: LambdaClient;
  readonly dynamoDb: DynamoDBClient;
  /** Closes all connections. */
  destroy(): void;
}

export function createClients(endpoint: string, hub: Place): Clients {
  const made: { destroy(): void }[] = [];
  const settings = ({ account, region }: Place) => ({
    endpoint,
    region,
    credentials: { accessKeyId: account, secretAccessKey: 'any' },
    maxAttempts: 1,
  });
  const keep = <Client extends { destroy(): void }>(client: Client): Client => {
    made.push(client);
    return client;
  };
  return {
    ec2: oncePerPlace((place) => keep(new EC2Client(settings(place)))),
    elb: oncePerPlace((place) => keep(new ElasticLoadBalancingV2Client(settings(place)))),
    classicElb: oncePerPlace((place) => keep(new ElasticLoadBalancingClient(settings(place)))),
    ssm: oncePerPlace((place) => keep(new SSMClient(settings(place)))),
    securityHub: oncePerPlace((place) => keep(new SecurityHubClient(settings(place)))),
    events: keep(new EventBridgeClient(settings(hub))),
    sqs: keep(new SQSClient(settings(hub))),
    lambda: keep(new LambdaClient(settings(hub))),
    dynamoDb: keep(new DynamoDBClient(settings(hub))),
    destroy() {
      for (const client of made) client.destroy();
    },
  };
}

/** A client of the SDK keeps its connections, so that each call of a test need not open one. */
function oncePerPlace<Client>(create: (place: Place) => Client): (place: Place) => Client {
  const made = new Map<string, Client>();
  return ({ account, region }) => {
    const key = `${account}/${region}`;
    const client = made.get(key) ?? create({ account, region });
    made.set(key, client);
    return client;
  };
}
