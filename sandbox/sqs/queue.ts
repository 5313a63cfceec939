import { createHash } from 'node:crypto';

import type { MessageAttributeValue } from '@aws-sdk/client-sqs';

import { AwsError } from '../runtime/aws-error';
import type { PolicyDocument } from '../runtime/operation';
import type { World } from '../runtime/world';
import { FairOrder } from './fair-order';
import type { QueuedMessage } from './queued-message';

/** Signal: messages of a queue became visible; payload `QueueAvailable`. */
export const SQS_AVAILABLE = 'sqs:available';

export interface QueueAvailable {
  readonly queueArn: string;
}

export interface QueueSettings {
  readonly visibilityTimeoutSeconds: number;
  readonly delaySeconds: number;
  readonly retentionSeconds: number;
  readonly receiveWaitSeconds: number;
  readonly redrive: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number } | undefined;
}

/** A standard queue: messages, their visibility by the world's clock, and the way to the dead-letter queue. */
export class Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly createdMillis: number;
  settings: QueueSettings;
  policy: PolicyDocument | undefined;
  readonly #world: World;
  readonly #deadLetter: (arn: string) => Queue | undefined;
  readonly #messages = new Map<string, QueuedMessage>();
  readonly #fair = new FairOrder();
  /** By each handle that was issued: the id of its message. */
  readonly #issuedHandles = new Map<string, string>();
  readonly #waiters = new Set<() => void>();

  constructor(place: {
    readonly world: World;
    readonly account: string;
    readonly region: string;
    readonly name: string;
    readonly settings: QueueSettings;
    readonly deadLetter: (arn: string) => Queue | undefined;
  }) {
    const { world, account, region, name } = place;
    this.#world = world;
    this.#deadLetter = place.deadLetter;
    this.name = name;
    this.arn = `arn:${world.partition}:sqs:${region}:${account}:${name}`;
    this.url = `${world.endpoint}/${account}/${name}`;
    this.createdMillis = world.clock.now();
    this.settings = place.settings;
  }

  get messages(): readonly QueuedMessage[] {
    return [...this.#messages.values()];
  }

  send(message: {
    readonly body: string;
    readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
    readonly senderId: string;
    readonly group?: string | undefined;
    readonly delaySeconds?: number | undefined;
  }): QueuedMessage {
    const now = this.#world.clock.now();
    const sent: QueuedMessage = {
      id: this.#world.uuid(),
      body: message.body,
      attributes: message.attributes,
      senderId: message.senderId,
      group: message.group,
      sentMillis: now,
      visibleMillis: now + (message.delaySeconds ?? this.settings.delaySeconds) * 1000,
      receiveCount: 0,
      firstReceivedMillis: undefined,
      receiptHandle: undefined,
      wakeUp: undefined,
    };
    this.#add(sent);
    return sent;
  }

  /** Takes up to `limit` visible messages and hides them; those received too often go to the dead-letter queue. */
  receive(limit: number, visibilityTimeoutSeconds = this.settings.visibilityTimeoutSeconds): QueuedMessage[] {
    const now = this.#world.clock.now();
    const received: QueuedMessage[] = [];
    for (const message of this.#fair.order(this.#messages.values(), now)) {
      if (message.sentMillis + this.settings.retentionSeconds * 1000 <= now) {
        this.#remove(message);
        continue;
      }
      if (message.visibleMillis > now || this.#redrive(message)) continue;
      if (received.length === limit) break;
      message.receiveCount += 1;
      this.#fair.received(message, now);
      message.firstReceivedMillis ??= now;
      message.receiptHandle = this.#world.id('', 96);
      this.#issuedHandles.set(message.receiptHandle, message.id);
      this.#hide(message, visibilityTimeoutSeconds);
      received.push(message);
    }
    return received;
  }

  /** Resolves when a message becomes visible, at the latest at `endMillis`. */
  async available(endMillis: number): Promise<void> {
    const { clock } = this.#world;
    await clock.waiting(
      new Promise<void>((resolve) => {
        const wake = (): void => {
          cancel();
          this.#waiters.delete(wake);
          resolve();
        };
        const cancel = clock.schedule(endMillis, wake);
        this.#waiters.add(wake);
      }),
    );
  }

  /** An older handle of a message that was received again deletes nothing, and succeeds, as in AWS. */
  delete(receiptHandle: string): void {
    const message = this.#byHandle(receiptHandle);
    if (!message) return;
    this.#fair.processed(message, this.#world.clock.now());
    this.#remove(message);
  }

  /** @throws AwsError MessageNotInflight */
  changeVisibility(receiptHandle: string, seconds: number): void {
    const message = this.#byHandle(receiptHandle);
    if (!message || message.visibleMillis <= this.#world.clock.now()) {
      throw new AwsError('MessageNotInflight', 'The specified message is not in flight.');
    }
    this.#hide(message, seconds);
  }

  purge(): void {
    for (const message of this.#messages.values()) this.#remove(message);
  }

  #byHandle(receiptHandle: string): QueuedMessage | undefined {
    const id = this.#issuedHandles.get(receiptHandle);
    if (id === undefined) {
      throw new AwsError(
        'ReceiptHandleIsInvalid',
        `The input receipt handle "${receiptHandle}" is not a valid receipt handle.`,
      );
    }
    const message = this.#messages.get(id);
    return message?.receiptHandle === receiptHandle ? message : undefined;
  }

  #add(message: QueuedMessage): void {
    this.#messages.set(message.id, message);
    this.#announce(message);
  }

  #remove(message: QueuedMessage): void {
    message.wakeUp?.();
    this.#messages.delete(message.id);
  }

  #hide(message: QueuedMessage, seconds: number): void {
    message.visibleMillis = this.#world.clock.now() + seconds * 1000;
    this.#announce(message);
  }

  #announce(message: QueuedMessage): void {
    message.wakeUp?.();
    const emit = (): void => {
      for (const wake of this.#waiters) wake();
      this.#world.emit(SQS_AVAILABLE, { queueArn: this.arn } satisfies QueueAvailable);
    };
    if (message.visibleMillis <= this.#world.clock.now()) emit();
    else message.wakeUp = this.#world.clock.schedule(message.visibleMillis, emit);
  }

  #redrive(message: QueuedMessage): boolean {
    const { redrive } = this.settings;
    if (!redrive || message.receiveCount < redrive.maxReceiveCount) return false;
    const queue = this.#deadLetter(redrive.deadLetterTargetArn);
    if (!queue) return false;
    this.#remove(message);
    queue.#add({ ...message, receiptHandle: undefined, wakeUp: undefined, visibleMillis: this.#world.clock.now() });
    return true;
  }
}

/** The digest that SQS answers as `MD5OfMessageBody`, and SDKs check: 32 hexadecimal digits of the UTF-8 text. */
export function md5Hex(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
