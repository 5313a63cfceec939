import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployPortcullis, type PortcullisSandbox } from '../../../src/cli/sandbox/deploy-portcullis';
import { synthesizeApp } from '../../../src/cli/sandbox/synthesize-app';
import type { SandboxWorld } from '../../../sandbox/runtime/create-world';
import { createServices } from '../../../sandbox/create-services';
import { readConfiguration } from '../../../stacks/config';
import { createForeignEc2 } from './foreign-ec2';
import { Moto, type RoleToMake } from './moto';
import { RoutingEndpoint } from './routing-endpoint';

const CONFIGURATION = 'portcullis.sandbox.yaml';

/** So few that the orchestrator has to ask for the rest of its history in every scenario. */
const OPERATIONS_PER_PAGE = 5;

export interface ForeignSandbox {
  readonly sandbox: PortcullisSandbox;
  readonly moto: Moto;
  /** What everybody talks to: scenarios and functions. */
  readonly endpoint: string;
  readonly routing: RoutingEndpoint;
  /** All roles of the deployed templates. */
  readonly roles: readonly RoleToMake[];
  stop(): Promise<void>;
}

/** Portcullis deployed into the sandbox, with EC2, STS and IAM of moto in the place of the sandbox's own. */
export async function startForeignSandbox(motoUrl: string): Promise<ForeignSandbox> {
  const configuration = readConfiguration(CONFIGURATION);
  if (!configuration.ok) throw new Error(configuration.error.join('\n'));
  const directory = await mkdtemp(join(tmpdir(), 'portcullis-peers-'));
  await synthesizeApp(CONFIGURATION, directory);
  const moto = new Moto(motoUrl);
  const services = createServices({ lambda: { operationsPerPage: OPERATIONS_PER_PAGE } }).map((service) =>
    service.signingName === 'ec2' ? createForeignEc2(moto) : service,
  );
  const sandbox = await deployPortcullis({
    directory,
    configuration: configuration.value,
    port: 0,
    clockMode: 'skipping',
    services,
  });
  const routing = new RoutingEndpoint(sandbox, moto);
  const stop = async (): Promise<void> => {
    await sandbox.stop();
    await routing.stop();
    await rm(directory, { recursive: true, force: true });
  };
  noteRefusals(sandbox.world, routing);
  try {
    const endpoint = await routing.listen();
    // Functions are told the endpoint when their first process starts.
    sandbox.world.endpoint = endpoint;
    const roles = await fetchRoles(sandbox.endpoint);
    await moto.begin(sandbox.world.accounts);
    for (const role of roles) await moto.makeRole(role);
    return { sandbox, moto, endpoint, routing, roles, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What Lambda and SSM do with a role of ours does not come by the endpoint. */
function noteRefusals(world: SandboxWorld, routing: RoutingEndpoint): void {
  const call = world.call.bind(world);
  world.call = async (...request) => {
    try {
      return await call(...request);
    } catch (error) {
      routing.note(String(error));
      throw error;
    }
  };
}

async function fetchRoles(endpoint: string): Promise<readonly RoleToMake[]> {
  const response = await fetch(`${endpoint}/_sandbox/iam/roles`);
  return (await response.json()) as readonly RoleToMake[];
}
