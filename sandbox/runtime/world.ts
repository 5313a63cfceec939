import type { Call, Principal } from './call';
import type { Clock } from './clock';
import type { ServiceApi } from './service-api';

/** Temporary credentials of a role session, as STS answers them. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** Who is who: roles, sessions and what access keys stand for. */
export interface Identity {
  /**
   * A service takes on a role, as Lambda and SSM Automation do: the role's trust policy is asked, with
   * `aws:SourceAccount` and `aws:SourceArn`.
   * @throws AwsError AccessDenied when the role does not exist or does not trust the service for that source.
   */
  assumeAsService(request: {
    readonly service: string;
    readonly roleArn: string;
    readonly sessionName: string;
    readonly sourceAccount: string;
    readonly sourceArn: string;
  }): { readonly principal: Principal; readonly credentials: SessionCredentials };
  /** An access key id of 12 digits is that account's administrator; others are role sessions. */
  principalOf(accessKeyId: string): Principal | undefined;
}

/** The whole sandbox as its services see it. */
export interface World {
  readonly partition: string;
  readonly organizationId: string;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** The Security Hub administrator's account and its aggregation Region. */
  readonly hub: { readonly account: string; readonly region: string };
  readonly clock: Clock;
  readonly identity: Identity;
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
  /** The organization of an account; undefined of one that has left it. */
  organizationOf(account: string): string | undefined;
  /** An account more, from now on in the organization. */
  addAccount(account: string): void;
  /** It is not in the organization any more; it goes on by itself. */
  removeAccount(account: string): void;
  /** What EC2 DescribeRegions says of a Region to an account. */
  optInStatus(account: string, region: string): 'opt-in-not-required' | 'opted-in' | 'not-opted-in';
  /** All of them: an SSM step looks here for the operation that its document names. */
  readonly services: readonly ServiceApi[];
  /** Whether calls may ask how something was a moment ago: who can answer that remembers what changes from now on. */
  readonly keepsHistory: boolean;
  /** Typed by nobody on purpose: a service publishes under its own names (`sqs:sent`), whoever cares listens. */
  on(signal: string, listener: (payload: unknown) => void): void;
  emit(signal: string, payload: unknown): void;
}
