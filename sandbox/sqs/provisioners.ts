import { z } from 'zod';

import { AwsError } from '../runtime/aws-error';
import type { Provisioner } from '../runtime/operation';
import {
  booleanProperty,
  ignoredProperty,
  integerProperty,
  parseProperties,
  policyProperty,
} from '../runtime/parse-properties';
import { physicalName } from '../runtime/physical-name';
import type { QueueSettings } from './queue';
import { DEFAULT_SETTINGS, type Queues } from './queues';

const queueProperties = z.strictObject({
  QueueName: z.string().optional(),
  VisibilityTimeout: integerProperty.min(0).max(43_200).optional(),
  DelaySeconds: integerProperty.min(0).max(900).optional(),
  MessageRetentionPeriod: integerProperty.min(60).max(1_209_600).optional(),
  ReceiveMessageWaitTimeSeconds: integerProperty.min(0).max(20).optional(),
  RedrivePolicy: z
    .object({ deadLetterTargetArn: z.string(), maxReceiveCount: integerProperty.min(1).max(1000) })
    .optional(),
  RedriveAllowPolicy: ignoredProperty,
  MaximumMessageSize: ignoredProperty,
  SqsManagedSseEnabled: booleanProperty.optional(),
  KmsMasterKeyId: ignoredProperty,
  KmsDataKeyReusePeriodSeconds: ignoredProperty,
  Tags: ignoredProperty,
});

const queuePolicyProperties = z.strictObject({ Queues: z.array(z.string()), PolicyDocument: policyProperty });

/** @throws AwsError ValidationError */
export function toSettings(properties: Readonly<Record<string, unknown>>): QueueSettings {
  const parsed = parseProperties('AWS::SQS::Queue', queueProperties, properties);
  return {
    visibilityTimeoutSeconds: parsed.VisibilityTimeout ?? DEFAULT_SETTINGS.visibilityTimeoutSeconds,
    delaySeconds: parsed.DelaySeconds ?? DEFAULT_SETTINGS.delaySeconds,
    retentionSeconds: parsed.MessageRetentionPeriod ?? DEFAULT_SETTINGS.retentionSeconds,
    receiveWaitSeconds: parsed.ReceiveMessageWaitTimeSeconds ?? DEFAULT_SETTINGS.receiveWaitSeconds,
    redrive: parsed.RedrivePolicy,
  };
}

/**
 * Makes queues, and sets their policies by the queues' URLs.
 * @throws AwsError ValidationError for properties that the sandbox does not have, and for a queue that is not there
 */
export function createProvisioners(queues: Queues): Readonly<Record<string, Provisioner>> {
  return {
    'AWS::SQS::Queue': (properties, place) => {
      const { QueueName } = parseProperties('AWS::SQS::Queue', queueProperties, properties);
      const queue = queues.create(place, QueueName ?? physicalName(place, 80), toSettings(properties));
      return {
        ref: queue.url,
        attributes: { Arn: queue.arn, QueueName: queue.name, QueueUrl: queue.url },
        remove: () => {
          queues.remove(place.account, place.region, queue.name);
        },
      };
    },

    'AWS::SQS::QueuePolicy': (properties, place) => {
      const { Queues: urls, PolicyDocument } = parseProperties(
        'AWS::SQS::QueuePolicy',
        queuePolicyProperties,
        properties,
      );
      for (const url of urls) {
        const queue = queues.list(place.account, place.region).find((candidate) => candidate.url === url);
        if (!queue) throw new AwsError('ValidationError', `AWS::SQS::QueuePolicy: there is no queue ${url}`);
        queue.policy = PolicyDocument;
      }
      return { ref: physicalName(place, 80), attributes: {}, remove: () => undefined };
    },
  };
}
