import type { OutsideRequest, OutsideResponse } from './outside-request';
import { answerWebhook, receiverOf, type Answer, type Receiver } from './receivers';

/** What was sent, whatever was answered to it. */
export interface OutboxEntry extends OutsideRequest {
  readonly channel: Receiver;
  /** ISO 8601, by the sandbox's clock. */
  readonly at: string;
  /** What the receiver says against its form; missing where it is of the form that its vendor documents. */
  readonly refused?: string;
}

/** What a receiver is to answer to its next requests, instead of what it would. */
export interface Order {
  readonly status: number;
  readonly times: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly hang?: true;
}

/** Everybody outside of AWS whom functions write to: receivers that answer, and an outbox of all that was sent. */
export class Outside {
  readonly #outbox: OutboxEntry[] = [];
  readonly #orders = new Map<Receiver, { order: Order; left: number }[]>();
  readonly #answers: Readonly<Partial<Record<Receiver, Answer>>>;

  constructor(answers: Readonly<Partial<Record<Receiver, Answer>>>) {
    this.#answers = answers;
  }

  sent(channel?: string): readonly OutboxEntry[] {
    return this.#outbox.filter((entry) => channel === undefined || entry.channel === channel);
  }

  order(receiver: Receiver, order: Order): void {
    this.#orders.set(receiver, [...(this.#orders.get(receiver) ?? []), { order, left: order.times }]);
  }

  record(channel: Receiver, request: OutsideRequest, now: number): void {
    this.#outbox.push({ channel, at: new Date(now).toISOString(), ...request });
  }

  /** @returns `hang` where the receiver is never to answer */
  take(request: OutsideRequest, now: number): OutsideResponse | 'hang' {
    const receiver = receiverOf(request);
    const order = this.#nextOrder(receiver);
    const isOut = order !== undefined && (order.hang === true || order.status >= 300);
    const answer = isOut ? undefined : (this.#answers[receiver] ?? answerWebhook)(request);
    const refused = answer === undefined ? undefined : whyRefused(answer);
    this.#outbox.push({
      ...{ channel: receiver, at: new Date(now).toISOString(), ...request },
      ...(refused !== undefined && { refused }),
    });
    if (order?.hang) return 'hang';
    // A receiver that refuses, or has trouble, does nothing; an answer of another form comes after what it did.
    if (answer === undefined)
      return { status: order?.status ?? 500, headers: order?.headers ?? {}, body: order?.body ?? '' };
    if (!order) return answer;
    return { status: order.status, headers: { ...answer.headers, ...order.headers }, body: order.body ?? answer.body };
  }

  #nextOrder(receiver: Receiver): Order | undefined {
    const orders = this.#orders.get(receiver) ?? [];
    const [first] = orders;
    if (!first) return undefined;
    first.left -= 1;
    if (first.left === 0) orders.shift();
    return first.order;
  }
}

/** 400, or what Slack says of a form instead; what is not there any more, or not allowed, says nothing of the form. */
function whyRefused({ status, body }: OutsideResponse): string | undefined {
  const [error] = /"(invalid_\w+|msg_blocks_too_long|unknown_method)"/.exec(body) ?? [];
  if (status === 400) return body === '' ? 'is not JSON' : body;
  return error !== undefined && body.includes('"ok":false') ? body : undefined;
}
