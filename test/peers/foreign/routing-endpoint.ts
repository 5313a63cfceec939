import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { request } from 'node:http';
import type { Sandbox } from '../../../sandbox/sandbox';
import { textOf, type Moto } from './moto';
import { signV4 } from './sign-v4';

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly accessKeyId: string;
  readonly region: string;
  /** `ec2`, `sts`, …; empty where the request is not signed. */
  readonly service: string;
}

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** How many calls went where. */
export interface RoutedCalls {
  moto: number;
  sandbox: number;
  /** Role sessions that both clouds had to grant. */
  sessions: number;
}

/**
 * One endpoint for two clouds, by the service that a request is signed for: EC2 goes to moto, STS to both, the rest to
 * the sandbox.
 *
 * - A call signed with keys that moto gave out goes to moto untouched: moto verifies the caller's own signature.
 * - Keys of the sandbox (administrators, functions' roles) are exchanged for moto's keys of the same principal.
 * - AssumeRole must be granted by both. The caller gets moto's keys; for services of the sandbox they are translated
 *   back.
 */
export class RoutingEndpoint {
  readonly calls: RoutedCalls = { moto: 0, sandbox: 0, sessions: 0 };
  /** The actions of all calls that one of the clouds has refused for want of a permission. */
  readonly refused = new Set<string>();
  readonly #sandbox: Sandbox;
  readonly #moto: Moto;
  readonly #server: Server;
  /** What moto gave out → what the sandbox knows it by. */
  readonly #twins = new Map<string, { readonly accessKeyId: string; readonly sessionToken: string }>();

  constructor(sandbox: Sandbox, moto: Moto) {
    this.#sandbox = sandbox;
    this.#moto = moto;
    this.#server = createServer((incoming, outgoing) => void this.#serve(incoming, outgoing));
  }

  /** @returns the endpoint's URL */
  listen(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', () => {
        const address = this.#server.address();
        if (address === null || typeof address === 'string') reject(new Error('The endpoint listens on no port.'));
        else resolve(`http://127.0.0.1:${String(address.port)}`);
      });
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
      this.#server.closeAllConnections();
    });
  }

  /** Remembers the action, where the words of an error name one that was refused. */
  note(error: string): void {
    const action = /not authorized to perform: ([\w:]+)/.exec(error)?.[1];
    if (action !== undefined) this.refused.add(action);
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    try {
      const { status, headers, body } = await this.#route(await receive(incoming));
      if (status >= 400) this.note(body.toString());
      outgoing.writeHead(status, headers);
      outgoing.end(body);
    } catch (error) {
      // A lost connection is passed on as one: a fault of the sandbox's may want it so.
      if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ECONNRESET') {
        outgoing.destroy();
        return;
      }
      process.stderr.write(`${String(error)}\n`);
      outgoing.writeHead(502);
      outgoing.end(String(error));
    }
  }

  async #route(received: Received): Promise<Answered> {
    if (received.service === 'ec2') return withoutAssociations(received, await this.#toMoto(received));
    if (received.service === 'sts') return this.#assume(received);
    return this.#toSandbox(received);
  }

  async #toMoto(received: Received): Promise<Answered> {
    this.calls.moto++;
    if (this.#twins.has(received.accessKeyId)) return send(this.#moto.endpoint, received);
    const { world } = this.#sandbox;
    const principal = world.identity.principalOf(received.accessKeyId);
    if (!principal) throw new Error(`Nobody knows the key ${received.accessKeyId}`);
    const keys = await this.#moto.twinOf(principal, world.partition);
    const { service, region, body } = received;
    const headers = signV4({ host: new URL(this.#moto.endpoint).host, service, region, body }, keys);
    return send(this.#moto.endpoint, { ...received, headers });
  }

  #toSandbox(received: Received): Promise<Answered> {
    this.calls.sandbox++;
    const twin = this.#twins.get(received.accessKeyId);
    if (!twin) return send(this.#sandbox.endpoint, received);
    const authorization = received.headers['authorization'] ?? '';
    const headers = {
      ...received.headers,
      authorization: authorization.replace(received.accessKeyId, twin.accessKeyId),
      'x-amz-security-token': twin.sessionToken,
    };
    return send(this.#sandbox.endpoint, { ...received, headers });
  }

  async #assume(received: Received): Promise<Answered> {
    const ours = await this.#toSandbox(received);
    const assumes = received.body.includes('Action=AssumeRole&');
    if (ours.status !== 200 || !assumes) return ours;
    const theirs = await this.#toMoto(received);
    if (theirs.status !== 200) return theirs;
    const [answer, twin] = [theirs.body.toString(), ours.body.toString()];
    this.#twins.set(textOf(answer, 'AccessKeyId'), {
      accessKeyId: textOf(twin, 'AccessKeyId'),
      sessionToken: textOf(twin, 'SessionToken'),
    });
    this.calls.sessions++;
    return theirs;
  }
}

async function receive(incoming: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, [value].flat().join(',')]),
  );
  const scope = /Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\//.exec(headers['authorization'] ?? '');
  const [, accessKeyId = '', region = '', service = ''] = scope ?? [];
  const { method = 'GET', url = '/' } = incoming;
  return { method, url, headers, body: Buffer.concat(chunks), accessKeyId, region, service };
}

/** The Host header stays what it was: it is part of what was signed. */
function send(endpoint: string, { method, url, headers, body }: Received): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(endpoint);
    const outgoing = request({ hostname, port, method, path: url, headers: { ...headers, connection: 'close' } });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const answered = Object.entries(response.headers).filter(([name]) => !hopByHop.includes(name));
        resolve({
          status: response.statusCode ?? 502,
          headers: Object.fromEntries(answered.map(([name, value]) => [name, [value].flat().join(',')])),
          body: Buffer.concat(chunks),
        });
      });
    });
    outgoing.end(body);
  });
}

const hopByHop = ['connection', 'transfer-encoding', 'content-length', 'keep-alive'];

const NO_ASSOCIATIONS =
  '<DescribeSecurityGroupVpcAssociationsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">' +
  '<requestId>none</requestId><securityGroupVpcAssociationSet/></DescribeSecurityGroupVpcAssociationsResponse>';

/** Moto judges the call and has no such operation: groups there are of one VPC each, so that there are none. */
function withoutAssociations({ body }: Received, answered: Answered): Answered {
  if (answered.status < 500 || !body.includes('Action=DescribeSecurityGroupVpcAssociations')) return answered;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: Buffer.from(NO_ASSOCIATIONS) };
}
