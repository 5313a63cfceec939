import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { API_PATH } from '../apigateway/api-path';
import { AwsError } from '../runtime/aws-error';
import type { SandboxWorld } from '../runtime/create-world';
import { answerApiRequest } from './api-endpoint';
import { answerAwsRequest } from './aws-endpoint';
import { OUTSIDE_PATH } from '../outside/outside-path';
import { answerControlRequest } from './control-routes';
import type { WireRequest, WireResponse } from './exchange';
import { answerOutsideRequest } from './outside-endpoint';

export interface WireServer {
  /** `http://127.0.0.1:4599` */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Serves the world on loopback; port 0 takes any free one. Notifies the world its endpoint. */
export async function startServer(world: SandboxWorld, port: number): Promise<WireServer> {
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const response = await answer(world, await readRequest(incoming));
      if (response === 'lost') {
        incoming.socket.destroy();
        return;
      }
      outgoing.statusCode = response.status;
      // The SDKs take another time than theirs for a wrong clock, and try again what failed only once.
      outgoing.setHeader('date', new Date(world.clock.now()).toUTCString());
      for (const [name, value] of Object.entries(response.headers)) outgoing.setHeader(name, value);
      outgoing.end(response.body);
    })();
  });
  // Closing idle connections races with clients that use them again, and loses now and then on a busy machine.
  server.keepAliveTimeout = 0;
  await listen(server, port);
  world.endpoint = `http://127.0.0.1:${toPort(server)}`;
  return { endpoint: world.endpoint, stop: () => close(server) };
}

async function answer(world: SandboxWorld, request: WireRequest): Promise<WireResponse | 'lost'> {
  try {
    const control = request.path === '/_sandbox' || request.path.startsWith('/_sandbox/');
    if (control) return await answerControlRequest(world, request);
    if (request.path.startsWith(API_PATH)) return await answerApiRequest(world, request);
    if (request.path === OUTSIDE_PATH) return await answerOutsideRequest(world, request);
    return await answerAwsRequest(world, request);
  } catch (error) {
    if (error instanceof AwsError) return failure(error.status, error.code, error.message);
    // A bug of the sandbox must not pass for a fault of AWS: it is shown where the sandbox runs, too.
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return failure(500, 'BugInTheSandbox', String(error));
  }
}

function failure(status: number, code: string, message: string): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message }),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const [path = '/', query = ''] = (incoming.url ?? '/').split('?');
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, [value].flat().join(',')] as const);
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

function toPort(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return address.port;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error) reject(error);
      else resolve();
    });
    server.closeAllConnections();
  });
}
