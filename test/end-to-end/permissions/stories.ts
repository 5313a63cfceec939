import { randomUUID } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  ModifyVpcBlockPublicAccessOptionsCommand,
} from '@aws-sdk/client-ec2';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { createIdentifiers } from '../../../src/aws/identifiers';
import type { Context } from '../../../src/core/context/context';
import { targetKey } from '../../../src/core/target';
import { createServices } from '../../../sandbox/create-services';
import type { EditTemplate } from '../assembly';
import { ANYWHERE, deploy, MEMBER, OTHER_MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';
import { withAutomatic, withShortPauses } from '../edited-settings';
import { playRewrites } from './rewrites';
import { standInFront } from './stand-in-front';

/** How one story ended, as people see it. */
type Ending = readonly [workflow: string | undefined, outcome: string | undefined, openPorts: string];

export interface Endings {
  readonly stories: Readonly<Record<string, Ending>>;
  /** Whether a finding says RESOLVED while its port is open: the one thing that must never be. */
  readonly lies: readonly string[];
  /** What was known around the targets, where something violated. */
  readonly contexts: readonly string[];
  readonly deadLetters: readonly string[];
  readonly metrics: Readonly<Record<string, number>>;
  readonly domainEvents: readonly string[];
  readonly takeOverInvocations: number;
  /** What commands were answered, and how their finding looked afterwards. */
  readonly commands: readonly string[];
  readonly rewrites: Readonly<Record<string, readonly string[]>>;
}

const virginia = { account: MEMBER, region: 'us-east-1' };
const METRICS = ['EventsRejected', 'RemediationsNotClosed', 'FindingUpdatesFailed', 'DomainEventsFailed'];

/** Endings, as far as they are known. */
type Sofar = Partial<Endings>;

/**
 * Deploys, plays every main story once, and returns how all of them ended.
 * @param isEnough whether what was shown so far decides the test, so that what else there is need not be played.
 */
export function playStories(edit?: EditTemplate, isEnough: (sofar: Sofar) => boolean = () => false): Promise<Endings> {
  return inDeployment(edit, async (portcullis) => {
    const main = await play(portcullis);
    if (isEnough(main)) return { ...main, commands: [], rewrites: {} };
    const more = { ...main, commands: await playCommands(portcullis) };
    return { ...more, rewrites: isEnough(more) ? {} : await playRewrites(portcullis) };
  });
}

/** Only what somebody asks for at a terminal: all that the commands function has a part in. */
export function playCommandsAlone(edit?: EditTemplate): Promise<readonly string[]> {
  return inDeployment(edit, async (portcullis) => {
    await portcullis.subscribe();
    return playCommands(portcullis);
  });
}

async function inDeployment<Answer>(
  edit: EditTemplate | undefined,
  run: (portcullis: Deployed) => Promise<Answer>,
): Promise<Answer> {
  const portcullis = await deploy({
    clockMode: 'skipping',
    // So few operations that a remediation of usual length needs more than one page of its state; and one process a
    // function, since starting them is what takes the time of these tests.
    services: createServices({ lambda: { operationsPerPage: 8, processesPerFunction: 1 } }),
    edit(template, file) {
      withShortPauses(template, file);
      withAutomatic('EC2.18')(template, file);
      edit?.(template, file);
    },
  });
  try {
    return await run(portcullis);
  } finally {
    await portcullis.stop();
  }
}

async function play(portcullis: Deployed): Promise<Omit<Endings, 'commands' | 'rewrites'>> {
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
  // What is around them is known only to who may read it.
  await portcullis.runInstance(closed, 'web', true);
  await portcullis.runInstance(failing, 'web', true);
  await standInFront(portcullis, kept);
  await portcullis.clients
    .ec2({ account: OTHER_MEMBER, region: 'us-east-1' })
    .send(new ModifyVpcBlockPublicAccessOptionsCommand({ InternetGatewayBlockMode: 'block-ingress' }));
  const unknown = await portcullis.openGroup(virginia, [tcp(22, 22, '10.0.0.0/8')]);
  const takenOver = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
  // Which ports EC2.18 authorizes, a finding of the account's own product is not believed.
  const own = await portcullis.openGroup(virginia, [tcp(8080, 8080, ANYWHERE)]);
  const ProductArn = `arn:aws:securityhub:${virginia.region}:${MEMBER}:product/${MEMBER}/default`;
  const stories: readonly (readonly [name: string, group: Group, findingId: string])[] = [
    ['close', closed, await portcullis.importFinding(closed, 'EC2.13')],
    ['close, keeping 80 and 443', kept, await portcullis.importFinding(kept, 'EC2.13')],
    ['runbook fails', failing, await portcullis.importFinding(failing, 'EC2.13')],
    ['own product, by itself', own, await portcullis.importFinding(own, 'EC2.18', { ProductArn })],
    ['unknown control', unknown, await portcullis.importFinding(unknown, 'S3.8')],
    ['execution before died', takenOver, await portcullis.importFinding(takenOver, 'EC2.13')],
  ];
  const ids = stories.filter(([, group]) => group !== own).map(([, , id]) => id);
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

/**
 * The claim of an execution that is over is taken over, while DynamoDB answers as it may: the dispatcher has to look
 * whether its request is there, and who is alive.
 */
async function takeOver(portcullis: Deployed, group: Group, ids: readonly string[]): Promise<number> {
  await leaveDeadHolder(portcullis, group);
  const before = await portcullis.invocationsOf('Portcullis-Dispatcher');
  await portcullis.misbehave({ kind: 'lost-response', service: 'dynamodb', operation: 'PutItem', times: 1 });
  await portcullis.press(...ids);
  await portcullis.settle();
  // A dispatcher that may not write has not met the fault: it must not meet what the next story writes.
  await portcullis.behave();
  return (await portcullis.invocationsOf('Portcullis-Dispatcher')) - before;
}

/** As after a ledger was restored from its backup: it says that an execution is at work which ended long ago. */
async function leaveDeadHolder(portcullis: Deployed, { account, region, id }: Group): Promise<void> {
  const target = { kind: 'security-group', partition: 'aws', account, region, id } as const;
  const tenure = { generation: 1, nonce: randomUUID() };
  await portcullis.clients.lambda.send(
    new InvokeCommand({
      FunctionName: 'Portcullis-Orchestrator:live',
      InvocationType: 'Event',
      DurableExecutionName: createIdentifiers('Portcullis').executionName(target, tenure),
      Payload: Buffer.from(JSON.stringify({ target, ...tenure })),
    }),
  );
  await portcullis.settle();
  await portcullis.breakGlass(() =>
    portcullis.clients.dynamoDb.send(
      new PutItemCommand({
        TableName: 'Portcullis-Ledger',
        Item: {
          pk: { S: `TARGET#${targetKey(target)}` },
          sk: { S: 'CLAIM' },
          generation: { N: '1' },
          arrivals: { N: '1' },
          nonce: { S: tenure.nonce },
        },
      }),
    ),
  );
}

/** A closing and its undo as somebody asks for them at a terminal, the first over a holder that is dead. */
async function playCommands(portcullis: Deployed): Promise<readonly string[]> {
  const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
  const findingId = await portcullis.importFinding(group, 'EC2.13');
  await leaveDeadHolder(portcullis, group);
  const ask = async (body: object): Promise<string> => {
    const reply = await portcullis.commands.ask(body);
    await portcullis.settle();
    if (!reply.ok) return reply.error.code;
    const { requests = [] } = reply.value.body as { readonly requests?: readonly { readonly status: string }[] };
    return [String(reply.value.status), ...requests.map(({ status }) => status)].join(' ');
  };
  const readState = async () => {
    const { Workflow, UserDefinedFields } = await portcullis.findingOf(findingId);
    return `${Workflow?.Status ?? ''} ${UserDefinedFields?.['PortcullisOutcome'] ?? ''}`;
  };
  const closed = await ask({ command: 'remediate', findingIds: [findingId], askId: randomUUID() });
  const afterClosing = await readState();
  const isOpen = (await portcullis.ingressOf(group)).length > 0;
  const lies = afterClosing.startsWith('RESOLVED') && isOpen ? ['RESOLVED over an open port'] : [];
  const { PortcullisRemediationId: remediationId = 'rem-0000000000000000' } =
    (await portcullis.findingOf(findingId)).UserDefinedFields ?? {};
  const undone = await ask({ command: 'undo', remediationId, confirmed: false, askId: randomUUID() });
  // Nobody holds it: whoever may not release finds out all the same.
  const ended = await ask({ command: 'end-exception', exceptionId: 'exc-0000000000000000', askId: randomUUID() });
  const released = await ask({ command: 'release', account: virginia.account });
  const scanned = await ask({ command: 'scan', askId: randomUUID(), accounts: [MEMBER], imports: false });
  const engaged = await ask({ command: 'engage', reason: '' });
  const decided = await denyWhatIsAsked(portcullis, ask);
  const lifted = await ask({ command: 'release' });
  const notified = (await portcullis.messages())
    .filter(({ queue, body }) => queue.endsWith(':subscriber') && body.includes('"Brake '))
    .map(({ body }) => (JSON.parse(body) as { readonly 'detail-type': string })['detail-type']);
  const nowhere = { kind: 'security-group', partition: 'aws', ...virginia, id: 'sg-00000000000000000' };
  await ask({ command: 'context', askId: randomUUID(), target: nowhere });
  const seen = (await portcullis.recordsOn(nowhere.id)).map(({ reason }) => reason).join();
  const disabled = await probeDisabledRegion(portcullis);
  const lines = await portcullis.ask<readonly object[]>('lambda/logs', { functionName: 'Portcullis-Commands' });
  const logged = lines.length > 0 ? 'logged' : 'nothing logged';
  return [
    closed,
    afterClosing,
    undone,
    await readState(),
    ended,
    released,
    scanned,
    engaged,
    ...decided,
    lifted,
    notified.sort().join(),
    seen,
    disabled,
    logged,
    ...lies,
  ];
}

/** What somebody is notified of who asks about a target where the account has disabled the Region. */
async function probeDisabledRegion(portcullis: Deployed): Promise<string> {
  const there = { account: OTHER_MEMBER, region: 'us-east-1' };
  await portcullis.enableRegion(there.account, there.region, false);
  const target = { kind: 'security-group', partition: 'aws', ...there, id: 'sg-00000000000000001' };
  await portcullis.commands.ask({ command: 'context', askId: randomUUID(), target });
  await portcullis.settle();
  await portcullis.enableRegion(there.account, there.region, true);
  const [record] = await portcullis.recordsOn(target.id);
  return record?.reason?.includes('is not enabled in account') === true ? 'Region not enabled' : 'no idea';
}

/** What is automatic asks while the brake is on: somebody leaves it open, and what was due about it is due no more. */
async function denyWhatIsAsked(
  portcullis: Deployed,
  ask: (body: object) => Promise<string>,
): Promise<readonly string[]> {
  const group = await portcullis.openGroup(virginia, [tcp(3389, 3389, ANYWHERE)]);
  const findingId = await portcullis.importFinding(group, 'EC2.14');
  await portcullis.settle();
  const due = async () => `${String((await portcullis.ask<readonly object[]>('scheduler/schedules')).length)} due`;
  const asked = await due();
  const denied = await ask({ command: 'deny', findingId, comment: 'a jump host' });
  const answered = await due();
  await portcullis.clock.advance(120_000);
  await portcullis.settle();
  const events = await portcullis.domainEventsAbout(group);
  const notified = events.map((event) => event['detail-type']).join();
  return [asked, denied, answered, await due(), notified];
}

async function endingsOf(
  portcullis: Deployed,
  played: readonly (readonly [name: string, group: Group, findingId: string])[],
): Promise<Omit<Endings, 'takeOverInvocations' | 'commands' | 'rewrites'>> {
  const stories: Record<string, Ending> = {};
  const lies: string[] = [];
  const contexts: string[] = [];
  const domainEvents: string[] = [];
  for (const [name, group, findingId] of played) {
    const { Workflow, UserDefinedFields } = await portcullis.findingOf(findingId);
    const ingress = await portcullis.ingressOf(group);
    const open = ingress.filter(({ CidrIpv4 }) => CidrIpv4 === ANYWHERE);
    const ports = open.map(({ FromPort, ToPort }) => `${String(FromPort)}-${String(ToPort)}`).sort();
    stories[name] = [Workflow?.Status, UserDefinedFields?.['PortcullisOutcome'], ports.join()];
    const isOpen = open.some(({ FromPort = 0, ToPort = 0 }) => FromPort <= 22 && 22 <= ToPort);
    if (Workflow?.Status === 'RESOLVED' && isOpen) lies.push(name);
    const { context } = (await portcullis.findRecordOf(findingId)) ?? {};
    if (context) contexts.push(`${name}: ${contextText(context)}`);
    for (const event of await portcullis.domainEventsAbout(group))
      domainEvents.push(`${name}: ${event['detail-type']}`);
  }
  const deadLetters = (await portcullis.deadLetters()).map(
    ({ body, attributes }) => `${body.slice(0, 10)} ${Object.keys(attributes).sort().join()}`,
  );
  const metrics = await Promise.all(METRICS.map(async (name) => [name, await portcullis.metric(name)] as const));
  return {
    stories,
    lies,
    contexts,
    domainEvents,
    deadLetters: deadLetters.sort(),
    metrics: Object.fromEntries(metrics),
  };
}

function contextText({ attached, reachable, otherWayIn, openedBy, account }: Context): string {
  const names = attached.known ? attached.value.items.map(({ name }) => name ?? 'without a name') : ['unknown'];
  return [
    names.join(),
    `reachable ${reachable.known ? reachable.value.answer : 'unknown'}`,
    `other ${otherWayIn.known ? otherWayIn.value.answer : 'unknown'}`,
    `opened with ${openedBy.known ? openedBy.value.with : 'unknown'}`,
    `account ${account.known ? account.value.name : 'unknown'}`,
  ].join(' ');
}
