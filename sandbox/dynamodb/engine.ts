import { EventEmitter } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { HttpResponse, type HttpRequest } from '@smithy/core/protocols';
import dynalite from 'dynalite';

/** One DynamoDB engine in memory. */
export interface Engine {
  readonly client: DynamoDBClient;
  stop(): void;
}

/**
 * Makes a dynalite and a client for it that hands its requests over within this process: dynalite comes as a server,
 * but a connection to oneself would cost more than the engine's work. Tables are there at once, without CREATING.
 * @param region as signed into every call: from there dynalite takes it
 */
export function startEngine(region: string): Engine {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const client = new DynamoDBClient({
    region,
    endpoint: 'http://dynalite.localhost',
    // The engine asks for a signature but checks nothing: permissions were judged before.
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    signer: {
      sign: (request) => {
        const credential = `sandbox/20120810/${region}/dynamodb/aws4_request`;
        request.headers['authorization'] =
          `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=none`;
        request.headers['x-amz-date'] = '20120810T000000Z';
        return Promise.resolve(request);
      },
    },
    requestHandler: { handle: async (request: HttpRequest) => ({ response: await exchange(server, request) }) },
    // What fails here must show at once and once: a retry belongs to whoever called the sandbox.
    maxAttempts: 1,
  });
  return { client, stop: () => client.destroy() };
}

/** What dynalite uses of Node's request and response, and nothing else of them. */
function exchange(server: Server, { method, path, headers, body }: HttpRequest): Promise<HttpResponse> {
  return new Promise((resolve) => {
    const lowerCase: Record<string, string> = {};
    for (const [name, value] of Object.entries(headers)) lowerCase[name.toLowerCase()] = value;
    const request = Object.assign(new EventEmitter(), { method, url: path, headers: lowerCase });
    const answered: Record<string, string> = {};
    const response = {
      statusCode: 200,
      setHeader(name: string, value: string | number) {
        answered[name.toLowerCase()] = String(value);
      },
      end(text = '') {
        resolve(new HttpResponse({ statusCode: response.statusCode, headers: answered, body: Buffer.from(text) }));
      },
    };
    server.emit('request', request as unknown as IncomingMessage, response as unknown as ServerResponse);
    if (body !== undefined) request.emit('data', toBuffer(body as string | Uint8Array));
    request.emit('end');
  });
}

function toBuffer(body: string | Uint8Array): Buffer {
  return typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}
