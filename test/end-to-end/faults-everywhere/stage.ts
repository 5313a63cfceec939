import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLedger } from '../../../src/aws/ledger/ledger';
import { createCommandsClient, type CommandsClient } from '../../../src/aws/execute-api/commands-client';
import { deployPortcullis } from '../../../src/cli/sandbox/deploy-portcullis';
import type { Ledger } from '../../../src/flow/ports';
import type { SandboxWorld } from '../../../sandbox/kernel/create-world';
import { callMade, type CallMade } from '../../../sandbox/kernel/operation';
import { readConfiguration } from '../../../stacks/config';
import { editAssembly, synthesizeOnce } from '../assembly';
import { createClients } from '../deployed/clients';
import { createFindings, type Findings } from '../deployed/findings';
import type { Place } from '../deployed/place';
import { withClocksFrom } from '../edited-settings';
import { CallHooks } from './call-hooks';
import { CallRecorder } from './fault-point';

const CONFIGURATION_FILE = 'portcullis.sandbox.yaml';

/** Portcullis in a sandbox whose time stands still, played on by one scenario after the other. */
export interface Stage {
  readonly world: SandboxWorld;
  readonly hub: Place;
  readonly ledger: Ledger;
  /** As somebody at a terminal asks. */
  readonly commands: CommandsClient;
  readonly findings: Findings;
  readonly hooks: CallHooks;
  /** By how much the clocks of functions are off, by name. */
  setClocks(offMillis: Readonly<Record<string, number>>): void;
  /** Begins to record the calls of AWS anew. */
  record(): CallRecorder;
  /** A number that was not given before. */
  next(): number;
  stop(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const configuration = readConfiguration(CONFIGURATION_FILE);
  if (!configuration.ok) throw new Error(configuration.error.join('\n'));
  const assembly = synthesizeOnce(CONFIGURATION_FILE);
  const clocks = mkdtempSync(join(tmpdir(), 'portcullis-clocks-'));
  const clocksFile = join(clocks, 'clocks.json');
  const directory = editAssembly(assembly, withClocksFrom(clocksFile));
  const { world, endpoint, stop } = await deployPortcullis({
    directory,
    configuration: configuration.value,
    port: 0,
    clockMode: 'manual',
  });
  const { hub } = world;
  const clients = createClients(endpoint, hub);
  let recorder = new CallRecorder();
  world.on(callMade, (payload) => {
    recorder.add(payload as CallMade);
  });
  let given = 0;
  return {
    world,
    hub,
    ledger: createLedger(clients.dynamoDb, 'Portcullis-Ledger'),
    commands: createCommandsClient({
      ssm: clients.ssm(hub),
      parameter: '/portcullis/Portcullis/commands',
      region: hub.region,
    }),
    findings: createFindings({ clients, hub, partition: 'aws', now: () => world.clock.now() }),
    hooks: new CallHooks(world),
    setClocks: (offMillis) => {
      writeFileSync(clocksFile, JSON.stringify(offMillis));
    },
    record: () => (recorder = new CallRecorder()),
    next: () => ++given,
    stop: async () => {
      clients.destroy();
      await stop();
      for (const each of [directory, clocks]) rmSync(each, { recursive: true, force: true });
    },
  };
}

/** Calls AWS as the administrator of an account, past the wire. */
export async function call<Answer>(
  { world }: Pick<Stage, 'world'>,
  { account, region }: Place,
  service: string,
  operation: string,
  input: object,
): Promise<Answer> {
  const principal = { kind: 'account', account } as const;
  return (await world.call(service, operation, input, { principal, account, region })) as Answer;
}

/** What a service of the sandbox answers outside of AWS's API. */
export async function inspect<Answer>({ world }: Pick<Stage, 'world'>, service: string, key: string): Promise<Answer> {
  return (await world.service(service).inspect?.[key]?.(undefined)) as Answer;
}
