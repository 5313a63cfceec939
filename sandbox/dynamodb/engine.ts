import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';

/** One DynamoDB engine in memory, reached over loopback. */
export interface Engine {
  readonly client: DynamoDBClient;
  stop(): Promise<void>;
}

/**
 * Starts dynalite on a free port of loopback, with a client for it. Tables are there at once, without CREATING.
 * @param region signed into every call: from there dynalite takes it
 */
export async function startEngine(region: string): Promise<Engine> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  // Closing idle connections races with the client that uses them again, and loses now and then on a busy machine.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = new DynamoDBClient({
    region,
    endpoint: `http://127.0.0.1:${port}`,
    // The engine asks for a signature but checks nothing: permissions were judged before.
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    // What fails here must show at once and once: a retry belongs to whoever called the sandbox.
    maxAttempts: 1,
  });
  return { client, stop: () => stopEngine(client, server) };
}

async function stopEngine(client: DynamoDBClient, server: Server): Promise<void> {
  client.destroy();
  const closed = new Promise<void>((resolve, reject) => {
    server.close((error) => {
      if (error) reject(error);
      else resolve();
    });
  });
  server.closeAllConnections();
  await closed;
}
