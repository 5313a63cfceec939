import { AwsError, LostResponse } from './aws-error';
import type { Call, Service } from './operation';

/**
 * What can go wrong with a call.
 * - `throttle`, `internal-error`, `deny`: refused before anything happened, with the service's own code.
 * - `lost-response`: the effect takes place, the caller's connection closes without an answer.
 */
export type FaultKind = 'throttle' | 'internal-error' | 'deny' | 'lost-response';

/** Which calls go wrong; what is left out matches every call. */
export interface Fault {
  readonly kind: FaultKind;
  /** Signing name. */
  readonly service?: string;
  readonly operation?: string;
  readonly account?: string;
  readonly region?: string;
  /** Matching calls that pass before the first one goes wrong. Default 0. */
  readonly after?: number;
  /** How many then go wrong. Default: all. */
  readonly times?: number;
}

/** The faults that tests and `POST /_sandbox/faults` have asked for. */
export class Faults {
  #faults: { readonly fault: Fault; matches: number }[] = [];

  add(fault: Fault): void {
    this.#faults.push({ fault, matches: 0 });
  }

  clear(): void {
    this.#faults = [];
  }

  /** The first fault that strikes this call; every matching fault counts the call. */
  strike(service: string, operation: string, call: Call): FaultKind | undefined {
    const struck = this.#faults.filter((entry) => {
      if (!matches(entry.fault, service, operation, call)) return false;
      const nth = entry.matches++ - (entry.fault.after ?? 0);
      return nth >= 0 && nth < (entry.fault.times ?? Infinity);
    });
    return struck[0]?.fault.kind;
  }
}

function matches(fault: Fault, service: string, operation: string, call: Call): boolean {
  return (
    (fault.service ?? service) === service &&
    (fault.operation ?? operation) === operation &&
    (fault.account ?? call.account) === call.account &&
    (fault.region ?? call.region) === call.region
  );
}

/** Each service's documented way of saying "too fast". */
const throttles: Readonly<Record<string, readonly [code: string, message: string, status: number]>> = {
  ec2: ['RequestLimitExceeded', 'Request limit exceeded.', 503],
  sts: ['Throttling', 'Rate exceeded', 400],
  sns: ['Throttled', 'Rate exceeded', 429],
  sqs: ['RequestThrottled', 'Rate exceeded', 403],
  lambda: ['TooManyRequestsException', 'Rate Exceeded.', 429],
  securityhub: ['LimitExceededException', 'Rate exceeded', 429],
  dynamodb: ['ThrottlingException', 'Rate of requests exceeds the allowed throughput.', 400],
};

const internalErrors: Readonly<Record<string, string>> = {
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

export function toFaultError(kind: FaultKind, service: Service, operation: string): AwsError {
  switch (kind) {
    case 'throttle': {
      const [code, message, status] = throttles[service.signingName] ?? ['ThrottlingException', 'Rate exceeded', 400];
      return new AwsError(code, message, status);
    }
    case 'internal-error':
      return new AwsError(
        internalErrors[service.signingName] ?? 'InternalFailure',
        'An internal error has occurred. Retry your request.',
        500,
      );
    case 'deny':
      return toAccessDenied(
        service,
        `User is not authorized to perform: ${service.signingName}:${operation} (a fault of the sandbox)`,
      );
    case 'lost-response':
      return new LostResponse();
  }
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
    case 'awsJson1_0':
    case 'awsJson1_1':
      return new AwsError('AccessDeniedException', message, 400);
  }
}
