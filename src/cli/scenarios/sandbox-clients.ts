import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SSMClient } from '@aws-sdk/client-ssm';

/**
 * SDK clients as an outside user of the sandbox has them: an access key id of 12 digits is that account's
 * administrator.
 */
export class SandboxClients {
  readonly endpoint: string;

  constructor(endpoint: string) {
    this.endpoint = endpoint;
  }

  ec2(account: string, region: string): EC2Client {
    return new EC2Client(this.#settings(account, region));
  }

  securityHub(account: string, region: string): SecurityHubClient {
    return new SecurityHubClient(this.#settings(account, region));
  }

  eventBridge(account: string, region: string): EventBridgeClient {
    return new EventBridgeClient(this.#settings(account, region));
  }

  ssm(account: string, region: string): SSMClient {
    return new SSMClient(this.#settings(account, region));
  }

  dynamoDb(account: string, region: string): DynamoDBClient {
    return new DynamoDBClient(this.#settings(account, region));
  }

  logs(account: string, region: string): CloudWatchLogsClient {
    return new CloudWatchLogsClient(this.#settings(account, region));
  }

  #settings(account: string, region: string) {
    return {
      endpoint: this.endpoint,
      region,
      credentials: { accessKeyId: account, secretAccessKey: 'anything' },
    };
  }
}
