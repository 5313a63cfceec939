import { z } from 'zod';

import { parseEventPattern } from '../events/event-pattern';
import { AwsError } from '../runtime/aws-error';
import type { Provisioner } from '../runtime/operation';
import { booleanProperty, ignoredProperty, parseProperties, policyProperty } from '../runtime/parse-properties';
import { physicalName } from '../runtime/physical-name';
import type { Topics } from './topics';

const topicProperties = z.strictObject({
  TopicName: z.string().optional(),
  DisplayName: ignoredProperty,
  KmsMasterKeyId: ignoredProperty,
  SignatureVersion: ignoredProperty,
  TracingConfig: ignoredProperty,
  Subscription: z.array(z.strictObject({ Protocol: z.string(), Endpoint: z.string() })).optional(),
  Tags: ignoredProperty,
});

const topicPolicyProperties = z.strictObject({ Topics: z.array(z.string()), PolicyDocument: policyProperty });

const subscriptionProperties = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
  RawMessageDelivery: booleanProperty.optional(),
  FilterPolicy: z.record(z.string(), z.unknown()).optional(),
  FilterPolicyScope: z.literal('MessageAttributes').optional(),
  RedrivePolicy: ignoredProperty,
  Region: ignoredProperty,
});

/**
 * Makes topics, their policies and subscriptions with filters on message attributes.
 * @throws AwsError ValidationError for properties that the sandbox does not have, AlreadyExists for a topic's name
 */
export function createProvisioners(topics: Topics): Readonly<Record<string, Provisioner>> {
  return {
    'AWS::SNS::Topic': (properties, place) => {
      const { TopicName, Subscription } = parseProperties('AWS::SNS::Topic', topicProperties, properties);
      const name = TopicName ?? physicalName(place, 256);
      if (topics.list(place.account, place.region).some((topic) => topic.name === name)) {
        throw new AwsError('AlreadyExists', `AWS::SNS::Topic: ${name} already exists`);
      }
      const topic = topics.create(place, name);
      for (const { Protocol, Endpoint } of Subscription ?? []) {
        topics.subscribe(place.world, {
          topicArn: topic.arn,
          protocol: Protocol,
          endpoint: Endpoint,
          rawDelivery: false,
          filter: undefined,
        });
      }
      return { ref: topic.arn, attributes: { TopicArn: topic.arn, TopicName: topic.name } };
    },

    'AWS::SNS::TopicPolicy': (properties, place) => {
      const parsed = parseProperties('AWS::SNS::TopicPolicy', topicPolicyProperties, properties);
      for (const topicArn of parsed.Topics) topics.get(topicArn).policy = parsed.PolicyDocument;
      return { ref: physicalName(place, 64), attributes: {} };
    },

    'AWS::SNS::Subscription': (properties, { world }) => {
      const parsed = parseProperties('AWS::SNS::Subscription', subscriptionProperties, properties);
      const { arn } = topics.subscribe(world, {
        topicArn: parsed.TopicArn,
        protocol: parsed.Protocol,
        endpoint: parsed.Endpoint,
        rawDelivery: parsed.RawMessageDelivery ?? false,
        filter: parsed.FilterPolicy && parseEventPattern(JSON.stringify(parsed.FilterPolicy)),
      });
      return { ref: arn, attributes: { Arn: arn } };
    },
  };
}
