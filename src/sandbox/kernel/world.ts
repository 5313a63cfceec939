import type { Call, Service } from './operation';
import type { Clock } from './clock';

/** The whole sandbox as its services see it. */
export interface World {
  readonly partition: string;
  readonly organizationId: string;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** The Security Hub administrator's account and its aggregation Region. */
  readonly hub: { readonly account: string; readonly region: string };
  readonly clock: Clock;
  /** `http://127.0.0.1:4599`: given to functions as AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  /** Random-looking ids from a seed, the same in every run: `id('sg-', 17)` → `sg-0a1b…`. */
  id(prefix: string, hexDigits: number): string;
  uuid(): string;
  /**
   * Calls an operation as the wire would: faults, then permissions, then the handler. The way in for services that call
   * others (SSM steps, event targets, event source mappings), so that roles are enforced there too.
   * @throws AwsError
   */
  call(signingName: string, operation: string, input: object, call: Call): Promise<unknown>;
  service(signingName: string): Service;
  /** Typed by nobody on purpose: a service publishes under its own names (`sqs:sent`), whoever cares listens. */
  on(signal: string, listener: (payload: unknown) => void): void;
  emit(signal: string, payload: unknown): void;
}
