import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLedger } from '../../../src/aws/ledger/ledger';
import { createCommandsClient, type CommandsClient } from '../../../src/aws/execute-api/commands-client';
import { deployPortcullis, type Synthesized } from '../../../src/cli/sandbox/deploy-portcullis';
import type { Ledger } from '../../../src/flow/ports';
import type { SandboxWorld } from '../../../sandbox/runtime/create-world';
import { callMade, type CallMade } from '../../../sandbox/runtime/operation';
import { readConfiguration } from '../../../stacks/config';
import { editAssembly, synthesizeOnce } from '../assembly';
import { createClients } from '../deployed/clients';
import { createFindings, type Findings } from '../deployed/findings';
import type { Place } from '../deployed/place';
import { withClocksFrom } from '../edited-settings';
import { CallHooks } from './call-hooks';
import { CallRecorder } from './fault-point';

const CONFIGURATION_FILE = 'portcullis.sandbox.yaml';
const GATE_FILE = 'test/end-to-end/trust/gate.yaml';

/** Portcullis in a sandbox whose time stands still, played on by one scenario after the other. */
export interface Stage {
  readonly world: SandboxWorld;
  readonly hub: Place;
  readonly ledger: Ledger;
  /** A second deployment in the same hub: what it closed it undoes, and no other. */
  readonly gate: { readonly ledger: Ledger; readonly commands: CommandsClient };
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
  const clocks = mkdtempSync(join(tmpdir(), 'portcullis-clocks-'));
  const clocksFile = join(clocks, 'clocks.json');
  const [ours, gate] = [CONFIGURATION_FILE, GATE_FILE].map((file) => prepare(file, clocksFile)) as [
    Synthesized,
    Synthesized,
  ];
  const { world, endpoint, stop } = await deployPortcullis({
    ...ours,
    beside: [gate],
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
  const commandsOf = (prefix: string) =>
    createCommandsClient({
      ssm: clients.ssm(hub),
      parameter: `/portcullis/${prefix}/commands`,
      region: hub.region,
    });
  return {
    world,
    hub,
    ledger: createLedger(clients.dynamoDb, 'Portcullis-Ledger'),
    commands: commandsOf('Portcullis'),
    gate: { ledger: createLedger(clients.dynamoDb, 'Gate-Ledger'), commands: commandsOf('Gate') },
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
      for (const each of [ours.directory, gate.directory, clocks]) rmSync(each, { recursive: true, force: true });
    },
  };
}

function prepare(file: string, clocksFile: string): Synthesized {
  const configuration = readConfiguration(file);
  if (!configuration.ok) throw new Error(configuration.error.join('\n'));
  const directory = editAssembly(synthesizeOnce(file), withClocksFrom(clocksFile));
  return { directory, configuration: configuration.value };
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
