import { setTimeout as pause } from 'node:timers/promises';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { BatchImportFindingsCommand, DescribeActionTargetsCommand } from '@aws-sdk/client-securityhub';
import { DeleteMessageCommand, GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { pressCustomAction } from '../../../../src/cli/scenarios/press';
import { SandboxClients } from '../../../../src/cli/scenarios/sandbox-clients';
import { toScenarioFinding } from '../../../../src/cli/scenarios/scenario-finding';
import type { ForeignSandbox } from '../foreign-sandbox';
import type { Ending, Probe } from './occasion';

const QUEUE = 'Portcullis-DeadLetters';
const PATIENCE_MILLIS = 60_000;

/** What must end where somebody looks, because it cannot be worked on. */
export const DEAD_LETTERS: readonly Probe[] = [
  { name: 'an event that nobody understands', refuses: [], play: playNonsense },
  { name: 'the orchestrator cannot read what is asked of it', refuses: ['dynamodb:Query'], play: playUnreadable },
];

async function playNonsense(foreign: ForeignSandbox, hurry: () => number): Promise<Ending> {
  await putNonsense(foreign);
  return waitForDeadLetter(foreign, 'nonsense', hurry);
}

async function playUnreadable(foreign: ForeignSandbox, hurry: () => number): Promise<Ending> {
  const { faults } = foreign.sandbox.world;
  faults.add({ kind: 'deny', service: 'dynamodb', operation: 'Query' });
  try {
    return await waitForDeadLetter(foreign, await pressOnUnreadable(foreign), hurry);
  } finally {
    faults.clear();
  }
}

async function putNonsense({ endpoint, sandbox }: ForeignSandbox): Promise<void> {
  const { account, region } = sandbox.world.hub;
  const clients = new SandboxClients(endpoint);
  const { ActionTargets = [] } = await clients.securityHub(account, region).send(new DescribeActionTargetsCommand({}));
  const action = ActionTargets.find(({ Name }) => Name === 'Close ingress');
  await clients.eventBridge(account, region).send(
    new PutEventsCommand({
      Entries: [
        {
          Source: 'aws.securityhub',
          DetailType: 'Security Hub Findings - Custom Action',
          Resources: [action?.ActionTargetArn ?? ''],
          Detail: JSON.stringify({ actionName: 'Close ingress', findings: ['nonsense'] }),
        },
      ],
    }),
  );
}

let presses = 0;

/** @returns the id of the group that the finding is about */
async function pressOnUnreadable({ endpoint, sandbox }: ForeignSandbox): Promise<string> {
  const { hub, partition } = sandbox.world;
  const clients = new SandboxClients(endpoint);
  const target = { kind: 'security-group', partition, account: '222222222222', region: hub.region } as const;
  const id = `sg-${String(presses++).padStart(8, '0')}`;
  const at = new Date().toISOString();
  const finding = toScenarioFinding({ target: { ...target, id }, control: 'EC2.13', uid: id, at });
  await clients
    .securityHub(target.account, target.region)
    .send(new BatchImportFindingsCommand({ Findings: [finding] }));
  const securityHub = clients.securityHub(hub.account, hub.region);
  const eventBridge = clients.eventBridge(hub.account, hub.region);
  await pressCustomAction({ securityHub, eventBridge }, 'Close ingress', [finding.Id ?? '']);
  return id;
}

/** Empties the dead-letter queue until the message comes that mentions something. */
async function waitForDeadLetter({ sandbox }: ForeignSandbox, mentions: string, hurry: () => number): Promise<Ending> {
  const { account, region } = sandbox.world.hub;
  const credentials = { accessKeyId: account, secretAccessKey: 'any' };
  const sqs = new SQSClient({ endpoint: sandbox.endpoint, region, credentials });
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: QUEUE }));
  const began = Date.now();
  while ((Date.now() - began) * hurry() < PATIENCE_MILLIS) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    for (const { Body, ReceiptHandle } of Messages) {
      // What probes before this one have left goes too: no answer holds more than ten.
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      if (Body?.includes(mentions)) return { surprises: [], resolvedWhileOpen: false };
    }
    await pause(100);
  }
  return { surprises: [`no dead letter mentions ${mentions}`], resolvedWhileOpen: false };
}
