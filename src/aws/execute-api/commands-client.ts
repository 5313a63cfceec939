import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { SignatureV4 } from '@smithy/signature-v4';
import { failure, success, type Result } from '../../core/result';
import type { FailureCode, PortResult, PortFailure } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { Sha256 } from './sha-256-checksum';

/** What the commands function answered: 200 done, 400 nothing that can be done, 503 something failed. */
export interface CommandReply {
  readonly status: number;
  readonly body: unknown;
}

export interface CommandsClient {
  /** Asks once, however often it has to try: a request is known by its own id. */
  ask(body: object): PortResult<CommandReply>;
}

export interface CommandsClientOptions {
  readonly ssm: SSMClient;
  /** Name of the parameter that holds the address. */
  readonly parameter: string;
  readonly region: string;
}

const NOT_ASKED: PortFailure = { code: 'unknown', retryable: true, cause: 'The commands function was not asked.' };

const ATTEMPTS = 3;
const PAUSE_MILLIS = 500;
/** API Gateway gives up before. */
const TIMEOUT_MILLIS = 35_000;
/** AWS takes a signature whose time is five minutes off at most. */
const SKEW_MILLIS = 4 * 60_000;

/** The HTTP API of a deployment, asked with the caller's own signature. */
export function createCommandsClient({ ssm, parameter, region }: CommandsClientOptions): CommandsClient {
  const signer = new SignatureV4({
    service: 'execute-api',
    region,
    credentials: () => ssm.config.credentials(),
    sha256: Sha256,
  });

  async function send(url: URL, body: string, skewMillis: number): Promise<Response> {
    const signed = await signer.sign(
      {
        method: 'POST',
        protocol: url.protocol,
        hostname: url.hostname,
        ...(url.port === '' ? {} : { port: Number(url.port) }),
        path: url.pathname,
        query: {},
        headers: { host: url.host, 'content-type': 'application/json' },
        body,
      },
      { signingDate: new Date(Date.now() + skewMillis) },
    );
    const { host: _, ...headers } = signed.headers;
    return fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT_MILLIS) });
  }

  /** An answer may break off in its middle, too. */
  async function sendAndRead(url: URL, body: string, skewMillis: number) {
    const response = await send(url, body, skewMillis);
    return { response, said: await response.text() };
  }

  return {
    async ask(body) {
      const address = await fetchAddress(ssm, parameter);
      if (!address.ok) return address;
      const text = JSON.stringify(body);
      let skewMillis = 0;
      let last: Result<CommandReply, PortFailure> = failure(NOT_ASKED);
      for (let tried = 0; tried < ATTEMPTS; tried++) {
        if (tried > 0) await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLIS * tried));
        const answered = await attempt('The commands function could not be reached', () =>
          sendAndRead(address.value, text, skewMillis).catch(asConnectionError),
        );
        if (!answered.ok) {
          if (!answered.error.retryable) return answered;
          last = answered;
          continue;
        }
        const { response, said } = answered.value;
        const reply = readReply(response, said);
        if (reply.ok) return reply;
        last = reply;
        const skew = skewOf(response);
        if (skew !== undefined) skewMillis = skew;
        else if (!reply.error.retryable) return reply;
      }
      return last;
    },
  };
}

async function fetchAddress(ssm: SSMClient, parameter: string): PortResult<URL> {
  const read = await attempt(`The address of the commands function could not be read from ${parameter}`, () =>
    ssm.send(new GetParameterCommand({ Name: parameter })),
  );
  if (!read.ok) return read;
  const text = read.value.Parameter?.Value ?? '';
  const isSafe = URL.canParse(text) && (new URL(text).protocol === 'https:' || isLoopback(new URL(text)));
  if (isSafe) return success(new URL(text));
  const cause = `The parameter ${parameter} holds no address such as https://ID.execute-api.REGION.amazonaws.com/commands.`;
  return failure({ code: 'invalid', retryable: false, cause });
}

/** Nothing leaves the machine there. */
function isLoopback({ hostname }: URL): boolean {
  return hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]';
}

/** What fetch throws names its cause in another error; the SDK's clients throw that one. */
function asConnectionError(error: unknown): never {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error) throw cause;
  throw error;
}

/** The function answers with `error`, API Gateway with `message`. */
function readReply(response: Response, text: string): Result<CommandReply, PortFailure> {
  const body: unknown = parse(text);
  const { status } = response;
  const isOurs = status === 200 || (typeof body === 'object' && body !== null && 'error' in body);
  if (isOurs) return success({ status, body });
  const said = typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : text;
  const code = CODES[status] ?? (status >= 500 ? 'unavailable' : 'unknown');
  const hint = status === 403 ? '; it needs execute-api:Invoke on POST /commands of the API' : '';
  return failure({
    code,
    retryable: status === 429 || status >= 500,
    cause: `The commands function was not asked: HTTP ${String(status)} ${said.slice(0, 200)}${hint}`,
  });
}

const CODES: Readonly<Record<number, FailureCode>> = { 403: 'access-denied', 404: 'not-found', 429: 'throttled' };

/** How far the clock here is off, where that is why AWS refuses the signature. */
function skewOf(response: Response): number | undefined {
  const theirs = Date.parse(response.headers.get('date') ?? '');
  const skew = theirs - Date.now();
  return response.status === 403 && Math.abs(skew) > SKEW_MILLIS ? skew : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
