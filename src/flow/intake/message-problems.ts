import { MAX_DELIVERIES } from '../limits';
import type { QueueMessage } from './parse-message';
import type { DeadLetters, FailureCode, Log, Metric, Metrics, PortFailure } from '../ports';

export interface MessageProblemsPorts {
  readonly deadLetters: DeadLetters;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface MessageProblem {
  readonly reason: string;
  /** The message is worth so many deliveries. */
  readonly deliveries: number;
  readonly code?: FailureCode;
  /** It was somebody's click that Security Hub did not let us answer on this finding. */
  readonly unanswered?: string;
}

/** The same call with the same message can never work. */
const PERMANENT: ReadonlySet<FailureCode> = new Set(['invalid', 'too-large']);

/** Nobody lets us in, for whatever reason: somebody has to change something there. */
const DENIED: ReadonlySet<FailureCode> = new Set(['access-denied', 'region-disabled']);

/** A failure of a service may pass, and a permission that is missing may be minutes old; what is invalid stays so. */
export function toMessageProblem({ code, cause }: PortFailure): MessageProblem {
  return { reason: cause, deliveries: PERMANENT.has(code) ? 1 : MAX_DELIVERIES, code };
}

/**
 * What kept a message from being worked on, gathered over its findings: as long as any of it may pass, the message
 * comes again as a whole; then it is set aside with every reason. What worked meanwhile is not done twice.
 */
export class MessageProblems {
  readonly #problems = new Map<QueueMessage, MessageProblem[]>();
  readonly #denied: Metric;

  /** @param denied counted for each message that could not be worked on because a call was denied */
  constructor(denied: Metric = 'DispatcherDenied') {
    this.#denied = denied;
  }

  add(message: QueueMessage, problem: MessageProblem): void {
    this.#problems.set(message, [...(this.#problems.get(message) ?? []), problem]);
  }

  /** @returns ids of the messages that must come again. */
  async conclude(ports: MessageProblemsPorts): Promise<readonly string[]> {
    const comingAgain: string[] = [];
    for (const [message, problems] of this.#problems) {
      if (problems.some(({ code }) => code !== undefined && DENIED.has(code))) ports.metrics.count(this.#denied);
      const isDone = problems.every(({ deliveries }) => deliveries <= message.deliveries);
      if (!isDone || !(await setAside(message, problems, ports))) comingAgain.push(message.id);
      if (isDone) continue;
      for (const { reason, code } of problems) {
        ports.log.warn('Message comes again', { messageId: message.id, code, cause: reason });
      }
    }
    return comingAgain;
  }
}

/** @returns whether the dead-letter queue has it; the queue itself moves it there in the end, without a reason. */
async function setAside(
  message: QueueMessage,
  problems: readonly MessageProblem[],
  { deadLetters, log, metrics }: MessageProblemsPorts,
): Promise<boolean> {
  const reasons = [...new Set(problems.map(({ reason }) => reason))].join(' ');
  const isGivenUp = problems.some(({ deliveries }) => deliveries === MAX_DELIVERIES);
  const reason = isGivenUp ? `Given up after ${String(message.deliveries)} deliveries. ${reasons}` : reasons;
  const saved = await deadLetters.save({ body: message.body, reason });
  if (!saved.ok) {
    log.warn('Message comes again', { messageId: message.id, code: saved.error.code, cause: saved.error.cause });
    return false;
  }
  log.error(isGivenUp ? 'Event given up' : 'Event rejected', { messageId: message.id, reason });
  const unanswered = problems.flatMap(({ unanswered: findingId, reason: cause }) =>
    findingId === undefined ? [] : { findingId, cause },
  );
  for (const { findingId, cause } of unanswered) log.error('Finding not updated', { findingId, cause });
  if (unanswered.length > 0) metrics.count('FindingUpdatesFailed', unanswered.length);
  // An alarm of its own rings for what nobody understands or confirms; whatever is set aside rings that of the queue.
  if (!isGivenUp && unanswered.length < problems.length) metrics.count('EventsRejected');
  return true;
}
