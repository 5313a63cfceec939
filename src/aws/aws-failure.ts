import { failure, success } from '../core/result';
import type { FailureCode, PortResult, PortFailure } from '../flow/ports';

/**
 * The one place where SDK errors become values.
 *
 * @param doing what was tried, to begin the sentence for people: `Role Portcullis-Member cannot be assumed in account
 *   …`
 * @throws whatever is not an error of AWS or of the way there: that is a bug of ours.
 */
export async function attempt<Value>(doing: string, call: () => Promise<Value>): PortResult<Value> {
  try {
    return success(await call());
  } catch (error) {
    return failure(toPortFailure(error, doing));
  }
}

function toPortFailure(error: unknown, doing: string): PortFailure {
  if (!isAwsError(error)) throw error;
  const code = codeOf(error);
  const cause = `${doing}: ${error.name}: ${shortened(error.message)}${absenceOf(error)}`;
  return { code, retryable: RETRYABLE.has(code), cause };
}

/** What a Region, or an account, without the service answers: neither waiting nor a permission helps. */
function absenceOf({ name, code = '' }: AwsError): string {
  if (/^(OptInRequired|RegionDisabledException)$/.test(name)) {
    return ' (the account has not switched this Region or service on)';
  }
  if (/^(UnknownOperation(Exception)?|InvalidAction)$/.test(name)) return ' (this Region does not have the call)';
  return code === 'ENOTFOUND' ? ' (the address does not exist: this Region may not have the service)' : '';
}

interface AwsError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $retryable?: { readonly throttling?: boolean };
  /** Node's code of a connection that failed, such as ECONNRESET. */
  readonly code?: string;
}

const RETRYABLE: ReadonlySet<FailureCode> = new Set(['throttled', 'unavailable']);

/**
 * Names by service, since services name the same thing differently; what is not here is reported by the HTTP status.
 */
const CODES: readonly (readonly [FailureCode, RegExp])[] = [
  // Before "access": EC2 and STS answer an expired session like a denied one, and a new session helps.
  ['unavailable', /^(ExpiredToken(Exception)?|RequestExpired)$/],
  // Of STS, and what we call a Region of which EC2 says elsewhere that the account has not enabled it.
  ['region-disabled', /^RegionDisabled(Exception)?$/],
  [
    'access-denied',
    /^(AccessDenied(Exception)?|UnauthorizedOperation|AuthFailure|InvalidAccessException|InvalidClientTokenId|UnrecognizedClientException|OptInRequired|CredentialsProviderError|KMSAccessDeniedException)$/,
  ],
  // LimitExceededException is how Security Hub throttles (HTTP 429).
  [
    'throttled',
    /^(Throttl\w*|EC2Throttled\w*|RequestThrottled\w*|RequestLimitExceeded|LimitExceededException|TooManyRequestsException|TooManyUpdates|ProvisionedThroughputExceededException|AutomationExecutionLimitExceededException|SlowDown|PriorRequestNotComplete)$/,
  ],
  [
    'conflict',
    /^(ConditionalCheckFailedException|IdempotentParameterMismatch|DurableExecutionAlreadyStartedException|ResourceConflictException|ConflictException)$/,
  ],
  ['not-found', /(NotFound|NotFoundException|DoesNotExist|NoSuchEntity)$/],
  ['unavailable', /^(Internal\w*|ServiceUnavailable\w*|Unavailable|RequestTimeout\w*|TimeoutError|NetworkingError)$/],
  ['invalid', /^(Validation\w*|Invalid\w*|MalformedInput\w*|SerializationException)/],
];

/** Whether an error of this name, as services spell it, is a transient failure. */
export function isTransientErrorName(name: string): boolean {
  const named = CODES.find(([, names]) => names.test(name));
  return named !== undefined && RETRYABLE.has(named[0]);
}

/** https://nodejs.org/api/errors.html#common-system-errors; fetch has codes of its own, such as UND_ERR_SOCKET. */
const CONNECTION_CODES = /^(E(CONN\w+|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|AI_AGAIN)|ENOTFOUND|UND_ERR_\w+)$/;

function codeOf(error: AwsError): FailureCode {
  if (error.$retryable?.throttling === true) return 'throttled';
  const named = CODES.find(([, names]) => names.test(error.name));
  if (named) return named[0];
  if (CONNECTION_CODES.test(error.code ?? '')) return 'unavailable';
  const status = error.$metadata?.httpStatusCode ?? 0;
  if (status === 429) return 'throttled';
  if (status === 403) return 'access-denied';
  return status >= 500 ? 'unavailable' : 'unknown';
}

function isAwsError(error: unknown): error is AwsError {
  if (!(error instanceof Error)) return false;
  if ('$metadata' in error || '$fault' in error) return true;
  if (error.name === 'TimeoutError' || error.name === 'NetworkingError') return true;
  if (error.name === 'CredentialsProviderError') return true;
  return 'code' in error && typeof error.code === 'string' && CONNECTION_CODES.test(error.code);
}

/** Service messages may hold whole encoded authorization details; a finding's note holds 512 characters. */
function shortened(message: string): string {
  const line = message
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/ Encoded authorization failure message: \S+/, '');
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
