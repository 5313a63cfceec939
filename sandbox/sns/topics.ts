import type { MessageAttributeValue } from '@aws-sdk/client-sns';

import type { EventPattern } from '../events/event-pattern';
import { parseArn } from '../runtime/arn';
import { AwsError } from '../runtime/aws-error';
import type { PolicyDocument } from '../runtime/operation';
import { Regional } from '../runtime/regional';
import type { World } from '../runtime/world';

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly rawDelivery: boolean;
  readonly filter: EventPattern | undefined;
}

export interface Topic {
  readonly arn: string;
  readonly name: string;
  policy: PolicyDocument | undefined;
  readonly subscriptions: Map<string, Subscription>;
}

export interface PublishedMessage {
  readonly topicArn: string;
  readonly messageId: string;
  readonly subject: string | undefined;
  readonly message: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly at: string;
}

/** What went to a subscriber, or why it did not. Mail is never sent: being listed here is all that happens to it. */
export interface SnsDelivery {
  readonly topicArn: string;
  readonly messageId: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly outcome: 'delivered' | 'recorded' | 'failed';
  readonly reason?: string;
}

const PROTOCOLS = ['sqs', 'lambda', 'email', 'email-json', 'http', 'https', 'sms'];

/** The topics of all accounts and Regions, and what was published. */
export class Topics {
  readonly #places = new Regional(() => new Map<string, Topic>());
  readonly published: PublishedMessage[] = [];
  readonly deliveries: SnsDelivery[] = [];

  /** As in AWS, making a topic that exists gives that topic. */
  create(place: { readonly world: World; readonly account: string; readonly region: string }, name: string): Topic {
    if (!/^[\w-]{1,256}$/.test(name)) throw new AwsError('InvalidParameter', 'Invalid parameter: Topic Name');
    const topics = this.#places.at(place.account, place.region);
    const known = topics.get(name);
    if (known) return known;
    const arn = `arn:${place.world.partition}:sns:${place.region}:${place.account}:${name}`;
    const topic: Topic = { arn, name, policy: undefined, subscriptions: new Map() };
    topics.set(name, topic);
    return topic;
  }

  find(topicArn: string): Topic | undefined {
    const arn = parseArn(topicArn);
    return arn && this.#places.at(arn.account, arn.region).get(arn.resource);
  }

  /** @throws AwsError NotFound */
  get(topicArn: string): Topic {
    const topic = this.find(topicArn);
    if (!topic) throw new AwsError('NotFound', 'Topic does not exist', 404);
    return topic;
  }

  list(account: string, region: string): readonly Topic[] {
    return [...this.#places.at(account, region).values()];
  }

  /** @throws AwsError InvalidParameter, NotFound */
  subscribe(world: World, request: Omit<Subscription, 'arn'>): Subscription {
    const topic = this.get(request.topicArn);
    if (!PROTOCOLS.includes(request.protocol)) {
      throw new AwsError(
        'InvalidParameter',
        `Invalid parameter: Does not support this protocol string: ${request.protocol}`,
      );
    }
    const subscription = { ...request, arn: `${topic.arn}:${world.uuid()}` };
    topic.subscriptions.set(subscription.arn, subscription);
    return subscription;
  }
}
