import { rmSync } from 'node:fs';
import { deployPortcullis } from '../../src/cli/sandbox/deploy-portcullis';
import { assertDocumented } from '../channels/as-documented';
import type { OutboxEntry } from '../../sandbox/outside/outside';
import type { createServices } from '../../sandbox/create-services';
import { spareProcesses } from '../../sandbox/lambda/process/spare-processes';
import { readConfiguration } from '../../stacks/config';
import { editAssembly, synthesizeOnce, type EditDeployed } from './assembly';
import { createCommandsClient } from '../../src/aws/execute-api/commands-client';
import { toDeploymentNames } from '../../src/core/configuration/names/deployment-names';
import { createBreakGlass } from './deployed/break-glass';
import { createClients } from './deployed/clients';
import { createDocuments } from './deployed/documents';
import { createFindings } from './deployed/findings';
import { createGroups } from './deployed/groups';
import { createLedgerRecords } from './deployed/ledger-records';
import { createMessages } from './deployed/messages';
import { rememberNeededGrants } from './deployed/needed-grants';
import { createNetworkAcls } from './deployed/network-acls';
import { arnsOf, HUB } from './deployed/place';
import { createPrefixLists } from './deployed/prefix-lists';
import { createPrincipals } from './deployed/principals';
import { createRunbookExecutions } from './deployed/runbooks';
import { askSandbox, createSandboxControls } from './deployed/sandbox-controls';

export { tcp, type Group } from './deployed/groups';
export type { Somebody } from './deployed/principals';
export { ANYWHERE, HUB, MEMBER, OTHER_MEMBER, type Located, type Place } from './deployed/place';

export const SANDBOX_FILE = 'portcullis.sandbox.yaml';
// Now, because no test's time-out counts while a module is loaded: from scratch it takes a busy machine a while.
synthesizeOnce(SANDBOX_FILE);
// A test more in the same process finds its functions warm.
spareProcesses.keep(12);

export interface Deployment {
  readonly clockMode: 'skipping' | 'manual';
  readonly configurationFile?: string;
  readonly partition?: string;
  readonly edit?: EditDeployed;
  readonly services?: ReturnType<typeof createServices>;
  /** Configurations of further deployments in the same hub. */
  readonly beside?: readonly string[];
}

export type Deployed = Awaited<ReturnType<typeof makeDeployed>>;

/** Portcullis in an AWS of its own, seen through SDK clients as its users and the people around it see it. */
export function deploy(deployment: Deployment): Promise<Deployed> {
  return makeDeployed(deployment);
}

function synthesizedFrom(file: string) {
  const configuration = readConfiguration(file);
  if (!configuration.ok) throw new Error(configuration.error.join('\n'));
  return { directory: synthesizeOnce(file), configuration: configuration.value };
}

async function makeDeployed(deployment: Deployment) {
  const { clockMode, configurationFile = SANDBOX_FILE, partition = 'aws', edit, services, beside = [] } = deployment;
  const configuration = readConfiguration(configurationFile);
  if (!configuration.ok) throw new Error(configuration.error.join('\n'));
  const assembly = synthesizeOnce(configurationFile);
  const directory = edit ? editAssembly(assembly, edit) : assembly;
  const sandbox = await deployPortcullis({
    directory,
    configuration: configuration.value,
    port: 0,
    clockMode,
    partition,
    ...(services ? { services } : {}),
    beside: beside.map(synthesizedFrom),
  });
  const { endpoint, world } = sandbox;
  const { clock } = world;
  const hub = { account: HUB, region: world.hub.region };
  const arnOf = arnsOf(partition);
  const clients = createClients(endpoint, hub);
  const ask = askSandbox(endpoint);
  const findings = createFindings({ clients, hub, partition, now: () => clock.now() });

  return {
    endpoint,
    clients,
    clock,
    hub,
    partition,
    ask,
    /** As an administrator of the hub account asks from a terminal. */
    commands: createCommandsClient({
      ssm: clients.ssm(hub),
      parameter: toDeploymentNames(configuration.value.prefix).commandsParameter,
      region: hub.region,
    }),
    breakGlass: createBreakGlass(clients, arnOf, hub),
    ...createGroups(clients, arnOf),
    ...createNetworkAcls(clients, arnOf),
    ...createPrefixLists(clients),
    ...createPrincipals(world, endpoint),
    ...findings,
    ...createLedgerRecords(clients, findings),
    ...createMessages({ clients, endpoint, hub, arnOf, ask }),
    ...createRunbookExecutions(clients, clock),
    ...createDocuments(clients),
    ...createSandboxControls(endpoint, ask),

    /** Until nothing is under way and nothing is due within the hour that `skipping` time skips. */
    settle: () => clock.idle(),

    async stop(): Promise<void> {
      const sent = await ask<readonly OutboxEntry[]>('outbox');
      await rememberNeededGrants(ask);
      clients.destroy();
      await sandbox.stop();
      if (directory !== assembly) rmSync(directory, { recursive: true, force: true });
      assertDocumented(sent);
    },
  };
}
