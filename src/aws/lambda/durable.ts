import { gunzipSync, gzipSync } from 'node:zlib';
import type { DurableContext, RetryDecision, Serdes } from '@aws/durable-execution-sdk-js';
import { failure } from '../../core/result';
import type { Durable, FailureCode, PortFailure } from '../../flow/ports';

/** Pauses before a step is tried again; the SDK of the service has tried three times each time. */
const RETRY_SECONDS = [1, 2, 4, 8, 15, 30] as const;

/**
 * A throttled call has done nothing and will succeed when its turn comes, so it is tried for a quarter of an hour, each
 * at moments of its own: hundreds of executions that begin together would otherwise come back together, for ever too
 * many.
 */
const THROTTLED_ATTEMPTS = 60;
const LONGEST_SECONDS = 30;

/** A checkpoint takes 256 KB: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_CHECKPOINT_BYTES = 240_000;

/** Below this, results stay readable in the console. */
const COMPRESS_FROM_BYTES = 16_000;
const COMPRESSED = 'gzip:';

/** Carries a retryable failure to the durable SDK, which retries what is thrown. */
class RetryableStep extends Error {
  override readonly name = 'RetryableStep';
  readonly code: FailureCode;

  constructor({ cause, code }: PortFailure) {
    super(cause);
    this.code = code;
  }
}

/** Our durable port on AWS Lambda durable functions. */
export function createDurable(context: DurableContext): Durable {
  return {
    step: (name, run) =>
      context.step(
        name,
        async ({ attempt }) => {
          const result = await run(attempt);
          if (!result.ok && result.error.retryable && isWorthRetrying(result.error.code, attempt)) {
            throw new RetryableStep(result.error);
          }
          return result.ok && toCheckpoint(result).length > MAX_CHECKPOINT_BYTES ? failure(tooLarge(name)) : result;
        },
        { retryStrategy, serdes: compactSerdes() },
      ),
    sleep: async (name, seconds) => {
      await context.wait(name, { seconds });
    },
  };
}

/**
 * Attempts count both kinds of failure. Only what was throttled gets past the last attempt of a service out of order,
 * so that there such a failure is new, and is outlasted as well.
 */
function isWorthRetrying(code: FailureCode, attempt: number): boolean {
  if (attempt <= RETRY_SECONDS.length) return true;
  if (code !== 'throttled' && attempt === RETRY_SECONDS.length + 1) return false;
  return attempt <= THROTTLED_ATTEMPTS;
}

function retryStrategy(error: Error, attempt: number): RetryDecision {
  // Anything else that is thrown is a bug, and stays one however often it runs.
  if (!(error instanceof RetryableStep) || !isWorthRetrying(error.code, attempt)) return { shouldRetry: false };
  const seconds =
    error.code === 'throttled' ? throttledSeconds(attempt) : (RETRY_SECONDS[attempt - 1] ?? LONGEST_SECONDS);
  return { shouldRetry: true, delay: { seconds } };
}

function throttledSeconds(attempt: number): number {
  const longest = Math.min(2 ** attempt, LONGEST_SECONDS);
  return 1 + Math.floor(Math.random() * longest);
}

function tooLarge(step: string): PortFailure {
  const cause = `The result of "${step}" is larger than a checkpoint may be (${String(MAX_CHECKPOINT_BYTES)} bytes compressed).`;
  return { code: 'too-large', retryable: false, cause };
}

/** A group with many rules is hundreds of kilobytes of JSON that compress to a tenth. */
function compactSerdes<Value>(): Serdes<Value> {
  return {
    serialize: (value) => Promise.resolve(value === undefined ? undefined : toCheckpoint(value)),
    // What is read back is what was written in the same execution, so its type is known.
    deserialize: (text) => Promise.resolve(text === undefined ? undefined : (fromCheckpoint(text) as Value)),
  };
}

/** What is checkpointed as text, `undefined` included. */
export function toCheckpoint(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length < COMPRESS_FROM_BYTES ? json : COMPRESSED + gzipSync(json).toString('base64');
}

/** What `toCheckpoint` made a text of. */
export function fromCheckpoint(text: string): unknown {
  const json = text.startsWith(COMPRESSED)
    ? gunzipSync(Buffer.from(text.slice(COMPRESSED.length), 'base64')).toString('utf8')
    : text;
  return JSON.parse(json);
}
