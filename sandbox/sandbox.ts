import { createWorld, type SandboxWorld, type WorldOptions } from './runtime/create-world';
import { startServer } from './wire/server';

export interface SandboxOptions extends WorldOptions {
  /** Default 0: any free port. */
  readonly port?: number;
}

/** A world and the server that shows it on loopback. */
export interface Sandbox {
  readonly world: SandboxWorld;
  /** `http://127.0.0.1:4599`: the AWS_ENDPOINT_URL for SDKs, the AWS CLI and boto3. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** @throws Error when the port is taken or the options contradict each other. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const world = createWorld(options);
  const server = await startServer(world, options.port ?? 0).catch(async (error: unknown) => {
    await world.stop();
    throw error;
  });
  return {
    world,
    endpoint: server.endpoint,
    stop: async () => {
      await world.stop();
      await server.stop();
    },
  };
}
