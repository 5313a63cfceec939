import { AwsError, LostResponse } from './aws-error';
import type { Call, Principal, Service } from './operation';

/**
 * What can go wrong with a call.
 * - `throttle`, `internal-error`, `deny`: refused before anything happened, with the service's own code.
 * - `lost-response`: the effect takes place, the caller's connection closes without an answer.
 * - `duplicate`: the effect takes place twice, as when a request or an event is delivered twice.
 * - `stale`: reads of services that are eventually consistent answer what was there `seconds` ago; other calls are left
 *   alone.
 * - `clock-jump`: it is `seconds` later all at once, before the call takes effect.
 * - `kill-before`, `kill-after`: the function process that calls is lost, before or after the effect.
 */
export type FaultKind =
  | 'throttle'
  | 'internal-error'
  | 'deny'
  | 'lost-response'
  | 'duplicate'
  | 'stale'
  | 'clock-jump'
  | 'kill-before'
  | 'kill-after';

/** Which calls go wrong; what is left out matches every call. */
export interface Fault {
  readonly kind: FaultKind;
  /** Signing name. */
  readonly service?: string;
  readonly operation?: string;
  readonly account?: string;
  readonly region?: string;
  /** Whose calls. */
  readonly callers?: readonly Principal['kind'][];
  /** Matching calls that pass before the first one goes wrong. Default 0. */
  readonly after?: number;
  /** How many then go wrong. Default: all. */
  readonly times?: number;
  /** Passes by itself so long after it struck first. Default: never. */
  readonly lastsSeconds?: number;
  /** How old a `stale` read is, or how far the clock jumps. Default 5. */
  readonly seconds?: number;
}

const DEFAULT_SECONDS = 5;

interface ArmedFault {
  readonly fault: Fault;
  matches: number;
  struckMillis: number | undefined;
}

/** The faults that tests and `POST /_sandbox/faults` have asked for. */
export class Faults {
  #armed: ArmedFault[] = [];

  add(fault: Fault): void {
    this.#armed.push({ fault, matches: 0, struckMillis: undefined });
  }

  clear(): void {
    this.#armed = [];
  }

  /** Whether reads may be asked to be stale, so that what is changed now must be remembered. */
  get mayReadStale(): boolean {
    return this.#armed.some(({ fault }) => fault.kind === 'stale');
  }

  /** The first fault that strikes this call; every matching fault counts the call. */
  inject(service: string, operation: string, call: Call, nowMillis: number): StruckFault | undefined {
    const struck = this.#armed.filter((armed) => {
      const { fault } = armed;
      if (!matches(fault, service, operation, call)) return false;
      const nth = armed.matches++ - (fault.after ?? 0);
      if (nth < 0 || nth >= (fault.times ?? Infinity)) return false;
      armed.struckMillis ??= nowMillis;
      return nowMillis <= armed.struckMillis + (fault.lastsSeconds ?? Infinity) * 1000;
    });
    const [first] = struck;
    return first && { kind: first.fault.kind, millis: (first.fault.seconds ?? DEFAULT_SECONDS) * 1000 };
  }
}

/** What is to happen to one call. */
export interface StruckFault {
  readonly kind: FaultKind;
  readonly millis: number;
}

function matches(fault: Fault, service: string, operation: string, call: Call): boolean {
  return (
    (fault.service ?? service) === service &&
    (fault.operation ?? operation) === operation &&
    (fault.account ?? call.account) === call.account &&
    (fault.region ?? call.region) === call.region &&
    (fault.callers?.includes(call.principal.kind) ?? true) &&
    (fault.kind !== 'stale' || isStaleable(service, operation))
  );
}

/**
 * Reads that need not show what was just changed.
 * - EC2: https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
 * - Security Hub, where an update "can take several minutes":
 *   https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html
 * - SSM says nothing of its executions, so that they are taken to lag as well.
 */
export function isStaleable(service: string, operation: string): boolean {
  if (service === 'securityhub') return operation === 'GetFindings' || operation === 'GetFindingsV2';
  if (service === 'ssm') return operation === 'GetAutomationExecution';
  return service === 'ec2' && isRead(operation);
}

/** Whether the name begins with `Describe` or `Get`: such calls change nothing. */
export function isRead(operation: string): boolean {
  return /^(Describe|Get)/.test(operation);
}

/** Each service's documented way of saying "too fast". */
const THROTTLES: Readonly<Record<string, readonly [code: string, message: string, status: number]>> = {
  ec2: ['RequestLimitExceeded', 'Request limit exceeded.', 503],
  sts: ['Throttling', 'Rate exceeded', 400],
  sns: ['Throttled', 'Rate exceeded', 429],
  sqs: ['RequestThrottled', 'Rate exceeded', 403],
  lambda: ['TooManyRequestsException', 'Rate Exceeded.', 429],
  securityhub: ['LimitExceededException', 'Rate exceeded', 429],
  elasticloadbalancing: ['Throttling', 'Rate exceeded', 400],
  'elasticloadbalancing-classic': ['Throttling', 'Rate exceeded', 400],
  dynamodb: ['ThrottlingException', 'Rate of requests exceeds the allowed throughput.', 400],
};

const INTERNAL_ERRORS: Readonly<Record<string, string>> = {
  ec2: 'InternalError',
  sts: 'InternalFailure',
  sns: 'InternalError',
  sqs: 'InternalError',
  lambda: 'ServiceException',
  ssm: 'InternalServerError',
  events: 'InternalException',
  securityhub: 'InternalException',
  dynamodb: 'InternalServerError',
};

/** Kinds that refuse a call, or keep its answer back. */
export type RefusalKind = 'throttle' | 'internal-error' | 'deny' | 'lost-response';

/**
 * What the caller gets: the code, words and HTTP status that the service documents for the case; of a lost response
 * nothing, for {@link LostResponse} makes the server close the connection.
 */
export function toFaultError(kind: RefusalKind, service: Service, operation: string): AwsError {
  switch (kind) {
    case 'throttle': {
      const [code, message, status] = THROTTLES[service.signingName] ?? ['ThrottlingException', 'Rate exceeded', 400];
      return new AwsError(code, message, status);
    }
    case 'internal-error':
      return new AwsError(
        INTERNAL_ERRORS[service.signingName] ?? 'InternalFailure',
        'An internal error has occurred. Retry your request.',
        500,
      );
    case 'deny':
      return toAccessDenied(
        service,
        `User is not authorized to perform: ${prefixOf(service)}:${operation} (a fault of the sandbox)`,
      );
    case 'lost-response':
      return new LostResponse();
  }
}

/** Of its permissions; both APIs of load balancers have the same. */
function prefixOf({ signingName }: Service): string {
  return signingName.replace(/-classic$/, '');
}

/** Access denied in the service's own words and status. */
export function toAccessDenied(service: Pick<Service, 'signingName' | 'protocol'>, message: string): AwsError {
  if (service.signingName === 'sns') return new AwsError('AuthorizationError', message, 403);
  if (service.signingName === 'sqs') return new AwsError('AccessDenied', message, 403);
  switch (service.protocol) {
    case 'ec2Query':
      return new AwsError('UnauthorizedOperation', `You are not authorized to perform this operation. ${message}`, 403);
    case 'awsQuery':
      return new AwsError('AccessDenied', message, 403);
    case 'restJson1':
      return new AwsError('AccessDeniedException', message, 403);
    case 'restXml':
      return new AwsError('AccessDenied', message, 403);
    case 'awsJson1_0':
    case 'awsJson1_1':
      return new AwsError('AccessDeniedException', message, 400);
  }
}
