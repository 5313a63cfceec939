import { DynamoDBClient, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { marshall } from '@aws-sdk/util-dynamodb';
import { createCommandsClient, type CommandsClient } from '../../../../src/aws/execute-api/commands-client';
import { targetKey, type Target } from '../../../../src/core/target';
import {
  ANYWHERE,
  MEMBER,
  OTHER_MEMBER,
  tcp,
  type Deployed,
  type Group,
  type Place,
  type Somebody,
} from '../../deployed-portcullis';

export const MEMBER_PLACE = { account: MEMBER, region: 'us-east-1' };
export const OTHER_PLACE = { account: OTHER_MEMBER, region: 'us-east-1' };
export const TABLE = 'Portcullis-Ledger';
const OFFICES = '10.0.0.0/8';

/** Tries what a line of docs/security.md says of somebody, and what it says that they cannot do. */
export type Actor = (portcullis: Deployed) => Promise<void>;

/** A group with one rule that EC2.13 forbids, tcp 22 from anywhere, and one that it does not, from 10.0.0.0/8. */
export interface Scene {
  readonly group: Group;
  readonly target: Target;
  readonly findingId: string;
}

export interface ClosedScene extends Scene {
  readonly remediationId: string;
}

export async function openScene(portcullis: Deployed, place: Place = MEMBER_PLACE): Promise<Scene> {
  const group = await portcullis.openGroup(place, [tcp(22, 22, ANYWHERE, OFFICES)]);
  const target = { kind: 'security-group', partition: 'aws', ...place, id: group.id } as const;
  return { group, target, findingId: await portcullis.importFinding(group, 'EC2.13') };
}

export async function closedScene(portcullis: Deployed, place?: Place): Promise<ClosedScene> {
  const scene = await openScene(portcullis, place);
  await portcullis.press(scene.findingId);
  await portcullis.settle();
  expect(await sourcesOf(portcullis, scene)).toEqual(CLOSED);
  return { ...scene, remediationId: await remediationOf(portcullis, scene) };
}

export const CLOSED = [OFFICES];
export const OPEN = [ANYWHERE, OFFICES];

/** From where the group lets in, whatever the port. */
export async function sourcesOf(portcullis: Deployed, { group }: Scene): Promise<readonly string[]> {
  return (await portcullis.ingressOf(group)).map(({ CidrIpv4 = '' }) => CidrIpv4).sort();
}

export async function remediationOf(portcullis: Deployed, { findingId }: Scene): Promise<string> {
  return (await portcullis.findingOf(findingId)).UserDefinedFields?.['PortcullisRemediationId'] ?? '';
}

type Item = Record<string, AttributeValue>;

/** Somebody asks for a command at the API, whose address they were told. */
export async function askAs(
  portcullis: Deployed,
  { settings }: Somebody,
  body: object,
): ReturnType<CommandsClient['ask']> {
  const own = new SSMClient(settings);
  const administrator = portcullis.clients.ssm(portcullis.hub);
  const ssm = { config: own.config, send: administrator.send.bind(administrator) } as unknown as SSMClient;
  const { region } = portcullis.hub;
  const reply = await createCommandsClient({ ssm, parameter: '/portcullis/Portcullis/commands', region }).ask(body);
  await portcullis.settle();
  return reply;
}

/** The item of a request to undo a closing, as the functions write it, by whoever says that they decided it. */
export function undoRequest(portcullis: Deployed, { target, remediationId }: ClosedScene, decidedBy = 'nobody'): Item {
  return marshall({
    pk: `TARGET#${targetKey(target)}`,
    sk: 'REQUEST#forged',
    id: 'forged',
    action: 'undo',
    trigger: 'custom-action',
    decidedBy,
    findings: [],
    remediationId,
    confirmed: true,
    askedAt: new Date(portcullis.clock.now()).toISOString(),
  });
}

/** Somebody writes an item into the ledger. */
export async function putItem({ settings }: Somebody, Item: Item): Promise<void> {
  const client = new DynamoDBClient(settings);
  try {
    await client.send(new PutItemCommand({ TableName: TABLE, Item }));
  } finally {
    client.destroy();
  }
}

/** Another finding of the target is previewed: an execution begins, and processes whatever waits. */
export async function previewAnother(portcullis: Deployed, { group }: Scene): Promise<void> {
  await portcullis.choose('Preview closing', await portcullis.importFinding(group, 'EC2.19'));
  await portcullis.settle();
}

/** The refusal of IAM in whatever words of the service, where a call must not work. */
export async function expectRefused(call: Promise<unknown>, because = /not authorized to perform/): Promise<void> {
  await expect(call).rejects.toMatchObject({ message: expect.stringMatching(because) as string });
}
