import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { AuthorizeSecurityGroupIngressCommand, CreateManagedPrefixListCommand } from '@aws-sdk/client-ec2';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { createServices } from '../../../sandbox/create-services';
import type { EditTemplate } from '../assembly';
import { ANYWHERE, deploy, MEMBER, OTHER_MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';
import { withShortPauses } from '../edited-settings';
import { playRewrites } from './rewrites';

/** How one story ended, as people see it. */
type Ending = readonly [workflow: string | undefined, outcome: string | undefined, openPorts: string];

export interface Endings {
  readonly stories: Readonly<Record<string, Ending>>;
  /** Whether a finding says RESOLVED while its port is open: the one thing that must never be. */
  readonly lies: readonly string[];
  readonly deadLetters: readonly string[];
  readonly metrics: Readonly<Record<string, number>>;
  readonly domainEvents: readonly string[];
  readonly takeOverInvocations: number;
  readonly rewrites: Readonly<Record<string, readonly string[]>>;
}

const virginia = { account: MEMBER, region: 'us-east-1' };
const METRICS = ['EventsRejected', 'RemediationsNotClosed', 'FindingUpdatesFailed', 'DomainEventsFailed'];

/**
 * Deploys, plays every main story once, and tells how all of them ended.
 * @param isEnough whether what the first stories showed decides the test, so that the others need not be played.
 */
export async function playStories(
  edit?: EditTemplate,
  isEnough: (endings: Omit<Endings, 'rewrites'>) => boolean = () => false,
): Promise<Endings> {
  const portcullis = await deploy({
    clockMode: 'skipping',
    // So few operations that a remediation of usual length needs more than one page of its state; and one process a
    // function, since starting them is what takes the time of these tests.
    services: createServices({ lambda: { operationsPerPage: 8, processesPerFunction: 1 } }),
    edit(template, file) {
      withShortPauses(template, file);
      edit?.(template, file);
    },
  });
  try {
    const endings = await play(portcullis);
    return { ...endings, rewrites: isEnough(endings) ? {} : await playRewrites(portcullis) };
  } finally {
    await portcullis.stop();
  }
}

async function play(portcullis: Deployed): Promise<Omit<Endings, 'rewrites'>> {
  await portcullis.subscribe();
  await portcullis.misbehave({
    kind: 'deny',
    service: 'ec2',
    operation: 'RevokeSecurityGroupIngress',
    account: OTHER_MEMBER,
  });
  const closed = await groupWithPrefixList(portcullis);
  const kept = await portcullis.openGroup(virginia, [tcp(0, 65_535, ANYWHERE)]);
  const failing = await portcullis.openGroup({ account: OTHER_MEMBER, region: 'us-east-1' }, [tcp(22, 22, ANYWHERE)]);
  const unknown = await portcullis.openGroup(virginia, [tcp(22, 22, '10.0.0.0/8')]);
  const takenOver = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
  const stories: readonly (readonly [name: string, group: Group, findingId: string])[] = [
    ['close', closed, await portcullis.importFinding(closed, 'EC2.13')],
    ['close, keeping 80 and 443', kept, await portcullis.importFinding(kept, 'EC2.13')],
    ['runbook fails', failing, await portcullis.importFinding(failing, 'EC2.13')],
    ['unknown control', unknown, await portcullis.importFinding(unknown, 'S3.8')],
    ['execution before died', takenOver, await portcullis.importFinding(takenOver, 'EC2.13')],
  ];
  const ids = stories.map(([, , id]) => id);
  await portcullis.enqueue('garbage');
  await portcullis.clients.lambda.send(
    new InvokeCommand({
      FunctionName: 'Portcullis-Orchestrator:live',
      InvocationType: 'Event',
      DurableExecutionName: 'bad-input',
      Payload: Buffer.from('{}'),
    }),
  );
  await portcullis.press(...ids.slice(0, 4));
  await portcullis.settle();
  const takeOverInvocations = await takeOver(portcullis, takenOver, ids.slice(4));
  return { ...(await endingsOf(portcullis, stories)), takeOverInvocations };
}

/** Without the permission to read the list, nobody can tell whether the rule from it is open. */
async function groupWithPrefixList(portcullis: Deployed): Promise<Group> {
  const ec2 = portcullis.clients.ec2(virginia);
  const { PrefixList } = await ec2.send(
    new CreateManagedPrefixListCommand({
      PrefixListName: 'offices',
      AddressFamily: 'IPv4',
      MaxEntries: 1,
      Entries: [{ Cidr: '10.0.0.0/8' }],
    }),
  );
  const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
  const PrefixListId = PrefixList?.PrefixListId ?? '';
  const fromOffices = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, PrefixListIds: [{ PrefixListId }] };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions: [fromOffices] }));
  return group;
}

/** The claim of an execution that died is taken over, while DynamoDB answers as it may: the dispatcher has to look. */
async function takeOver(portcullis: Deployed, { account, region, id }: Group, ids: readonly string[]): Promise<number> {
  await portcullis.clients.dynamoDb.send(
    new PutItemCommand({
      TableName: 'Portcullis-Ledger',
      Item: {
        pk: { S: `TARGET#${account}/${region}/security-group/${id}` },
        sk: { S: 'CLAIM' },
        generation: { N: '1' },
        arrivals: { N: '1' },
        leaseUntil: { N: '1' },
      },
    }),
  );
  const before = await portcullis.invocationsOf('Portcullis-Dispatcher');
  await portcullis.misbehave({
    kind: 'lost-response',
    service: 'dynamodb',
    operation: 'UpdateItem',
    after: 1,
    times: 1,
  });
  await portcullis.press(...ids);
  await portcullis.settle();
  return (await portcullis.invocationsOf('Portcullis-Dispatcher')) - before;
}

async function endingsOf(
  portcullis: Deployed,
  played: readonly (readonly [name: string, group: Group, findingId: string])[],
): Promise<Omit<Endings, 'takeOverInvocations' | 'rewrites'>> {
  const stories: Record<string, Ending> = {};
  const lies: string[] = [];
  const domainEvents: string[] = [];
  for (const [name, group, findingId] of played) {
    const { Workflow, UserDefinedFields } = await portcullis.findingOf(findingId);
    const ingress = await portcullis.ingressOf(group);
    const open = ingress.filter(({ CidrIpv4 }) => CidrIpv4 === ANYWHERE);
    const ports = open.map(({ FromPort, ToPort }) => `${String(FromPort)}-${String(ToPort)}`).sort();
    stories[name] = [Workflow?.Status, UserDefinedFields?.['PortcullisOutcome'], ports.join()];
    const isOpen = open.some(({ FromPort = 0, ToPort = 0 }) => FromPort <= 22 && 22 <= ToPort);
    if (Workflow?.Status === 'RESOLVED' && isOpen) lies.push(name);
    for (const event of await portcullis.domainEventsAbout(group))
      domainEvents.push(`${name}: ${event['detail-type']}`);
  }
  const deadLetters = (await portcullis.deadLetters()).map(
    ({ body, attributes }) => `${body.slice(0, 10)} ${Object.keys(attributes).sort().join()}`,
  );
  const metrics = await Promise.all(METRICS.map(async (name) => [name, await portcullis.metric(name)] as const));
  return { stories, lies, domainEvents, deadLetters: deadLetters.sort(), metrics: Object.fromEntries(metrics) };
}
