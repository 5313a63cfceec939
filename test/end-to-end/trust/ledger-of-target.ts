import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { targetKey } from '../../../src/core/target';
import type { Deployed, Group } from '../deployed-portcullis';

/** What the ledger holds under a group with keys that begin so, oldest first. */
async function itemsOf(
  { clients }: Deployed,
  { account, region, id }: Group,
  prefix: string,
  table = 'Portcullis-Ledger',
) {
  const target = { kind: 'security-group', partition: 'aws', account, region, id } as const;
  const { Items = [] } = await clients.dynamoDb.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': { S: `TARGET#${targetKey(target)}` }, ':sk': { S: prefix } },
      ConsistentRead: true,
    }),
  );
  return Items.map((item) => unmarshall(item));
}

export interface Requested {
  readonly id: string;
  readonly action: string;
  readonly isAnswered: boolean;
}

/** Requests about a group, answered or not. */
export async function requestsOf(portcullis: Deployed, group: Group): Promise<readonly Requested[]> {
  return (await itemsOf(portcullis, group, 'REQUEST#')).map((item) => ({
    id: String(item['id']),
    action: String(item['action']),
    isAnswered: item['answeredAt'] !== undefined,
  }));
}

/** Ids of the remediations of a group in the ledger of a deployment, oldest first. */
export async function remediationsOf(
  portcullis: Deployed,
  group: Group,
  deployment = 'Portcullis',
): Promise<readonly string[]> {
  const items = await itemsOf(portcullis, group, 'REMEDIATION#', `${deployment}-Ledger`);
  return items.map(({ sk }) => String(sk).split('#')[2] ?? '');
}

/** Until a request from a terminal stands in the ledger; its id. The sandbox's time does not pass meanwhile. */
export async function untilAskedFor(portcullis: Deployed, group: Group): Promise<string> {
  for (;;) {
    const asked = (await requestsOf(portcullis, group)).find(({ id }) => id.startsWith('cli-'));
    if (asked) return asked.id;
  }
}
