import type { Service } from '../runtime/operation';
import type { Protocol } from '../runtime/service-api';
import type { AwsError } from '../runtime/aws-error';
import type { OperationSchema } from './operation-schema';

/** A request as it arrived. */
export interface WireRequest {
  readonly method: string;
  /** Undecoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** The server's side of one AWS protocol. */
export interface Codec {
  /** Which operation is meant; undefined when the request does not say. */
  operationName(request: WireRequest, service: Service): string | undefined;
  /** @throws AwsError when the request does not fit the operation's shape. */
  readInput(request: WireRequest, operation: OperationSchema, service: Service): object;
  writeOutput(output: unknown, operation: OperationSchema, service: Service, requestId: string): WireResponse;
  writeError(error: AwsError, service: Service, requestId: string): WireResponse;
}

export type Codecs = Readonly<Record<Protocol, Codec>>;
