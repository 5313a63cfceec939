import * as schemas from '@aws-sdk/client-sns';
import type {
  CreateTopicInput,
  CreateTopicResponse,
  ListSubscriptionsByTopicInput,
  ListSubscriptionsByTopicResponse,
  ListSubscriptionsResponse,
  ListTopicsResponse,
  SubscribeInput,
  SubscribeResponse,
} from '@aws-sdk/client-sns';

import { parseArn } from '../runtime/arn';
import type { Operation, Service } from '../runtime/operation';
import { createProvisioners } from './provisioners';
import { createPublish } from './publish';
import { Topics, type Subscription } from './topics';

/** SNS: topics, policies and subscriptions; delivers to SQS and Lambda, records mail. */
export function createSns(): Service {
  const topics = new Topics();
  const CreateTopic: Operation<CreateTopicInput, CreateTopicResponse> = {
    permissions: ({ Name = '' }, { world, account, region }) => [
      { action: 'sns:CreateTopic', resource: `arn:${world.partition}:sns:${region}:${account}:${Name}` },
    ],
    handle: ({ Name = '' }, context) => ({ TopicArn: topics.create(context, Name).arn }),
  };
  const Subscribe: Operation<SubscribeInput, SubscribeResponse> = {
    permissions: ({ TopicArn = '*' }) => [{ action: 'sns:Subscribe', resource: TopicArn }],
    handle: ({ TopicArn = '', Protocol = '', Endpoint = '', Attributes = {} }, { world }) => ({
      SubscriptionArn: topics.subscribe(world, {
        topicArn: TopicArn,
        protocol: Protocol,
        endpoint: Endpoint,
        rawDelivery: Attributes['RawMessageDelivery'] === 'true',
        filter: undefined,
      }).arn,
    }),
  };
  const ListTopics: Operation<object, ListTopicsResponse> = {
    permissions: () => [{ action: 'sns:ListTopics', resource: '*' }],
    handle: (_input, { account, region }) => ({
      Topics: topics.list(account, region).map(({ arn }) => ({ TopicArn: arn })),
    }),
  };
  const ListSubscriptions: Operation<object, ListSubscriptionsResponse> = {
    permissions: () => [{ action: 'sns:ListSubscriptions', resource: '*' }],
    handle: (_input, { account, region }) => ({
      Subscriptions: topics
        .list(account, region)
        .flatMap(({ subscriptions }) => [...subscriptions.values()])
        .map(toSubscription),
    }),
  };
  const ListSubscriptionsByTopic: Operation<ListSubscriptionsByTopicInput, ListSubscriptionsByTopicResponse> = {
    permissions: ({ TopicArn = '*' }) => [{ action: 'sns:ListSubscriptionsByTopic', resource: TopicArn }],
    handle: ({ TopicArn = '' }) => ({
      Subscriptions: [...topics.get(TopicArn).subscriptions.values()].map(toSubscription),
    }),
  };
  return {
    signingName: 'sns',
    protocol: 'awsQuery',
    schemas,
    operations: {
      Publish: createPublish(topics),
      CreateTopic,
      Subscribe,
      ListTopics,
      ListSubscriptions,
      ListSubscriptionsByTopic,
    },
    provisioners: createProvisioners(topics),
    resourcePolicy: (topicArn) => topics.find(topicArn)?.policy,
    inspect: {
      messages: () => topics.published,
      deliveries: () => topics.deliveries,
    },
  };
}

/** Every subscription is confirmed at once. */
function toSubscription({ arn, topicArn, protocol, endpoint }: Subscription): schemas.Subscription {
  return {
    SubscriptionArn: arn,
    TopicArn: topicArn,
    Protocol: protocol,
    Endpoint: endpoint,
    Owner: parseArn(topicArn)?.account,
  };
}
