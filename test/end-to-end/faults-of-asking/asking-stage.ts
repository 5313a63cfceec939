import { rmSync } from 'node:fs';
import { createCommandsClient } from '../../../src/aws/execute-api/commands-client';
import { createLedger } from '../../../src/aws/ledger/ledger';
import { createLedgerQuestions } from '../../../src/aws/ledger/ledger-questions';
import { deployPortcullis } from '../../../src/cli/sandbox/deploy-portcullis';
import { callMade, type CallMade } from '../../../sandbox/runtime/operation';
import { outsideOf } from '../../../sandbox/wire/outside-endpoint';
import { readConfiguration } from '../../../stacks/config';
import { editAssembly, synthesizeOnce } from '../assembly';
import { createClients } from '../deployed/clients';
import { createFindings } from '../deployed/findings';
import { withShortPauses } from '../edited-settings';
import { CallRecorder } from '../faults-everywhere/fault-point';

const CONFIGURATION_FILE = 'test/end-to-end/faults-of-asking/asking.yaml';
const TABLE = 'Portcullis-Ledger';

export type AskingStage = Awaited<ReturnType<typeof makeStage>>;

/** Portcullis in a sandbox whose time stands still, with questions, grants and channels. */
export function openAskingStage(): Promise<AskingStage> {
  return makeStage();
}

async function makeStage() {
  const configuration = readConfiguration(CONFIGURATION_FILE);
  if (!configuration.ok) throw new Error(configuration.error.join('\n'));
  const directory = editAssembly(synthesizeOnce(CONFIGURATION_FILE), withShortPauses);
  const deployed = await deployPortcullis({
    directory,
    configuration: configuration.value,
    port: 0,
    clockMode: 'manual',
  });
  const { world, endpoint, stop } = deployed;
  const { hub } = world;
  const clients = createClients(endpoint, hub);
  const described = await fetch(`${endpoint}/_sandbox/world`);
  const { slackInteractions } = (await described.json()) as {
    readonly slackInteractions: { readonly url: string; readonly signingSecret: string };
  };
  let recorder = new CallRecorder();
  /** Bodies that EventBridge gave, or tried to give, to the queue of the webhook. */
  const notified: string[] = [];
  world.on(callMade, (payload) => {
    const made = payload as CallMade;
    recorder.add(made);
    const { QueueUrl = '', MessageBody = '' } = made.input as {
      readonly QueueUrl?: string;
      readonly MessageBody?: string;
    };
    if (made.operation === 'SendMessage' && QueueUrl.endsWith('-Notify-webhook')) notified.push(MessageBody);
  });
  return {
    world,
    hub,
    notified,
    /** Where clicks go to, and what Slack signs them with. */
    slack: slackInteractions,
    outside: outsideOf(world),
    ledger: createLedger(clients.dynamoDb, TABLE),
    questions: createLedgerQuestions(clients.dynamoDb, TABLE),
    commands: createCommandsClient({
      ssm: clients.ssm(hub),
      parameter: '/portcullis/Portcullis/commands',
      region: hub.region,
    }),
    findings: createFindings({ clients, hub, partition: 'aws', now: () => world.clock.now() }),
    record: () => (recorder = new CallRecorder()),
    stop: async () => {
      clients.destroy();
      await stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
