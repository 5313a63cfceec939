import * as schemas from '@aws-sdk/client-sqs';

import type { Service } from '../runtime/operation';
import { createMessageOperations } from './message-operations';
import { createProvisioners } from './provisioners';
import { createQueueOperations } from './queue-operations';
import { Queues } from './queues';

/** SQS: standard queues with visibility, long polling and dead letters. No FIFO queues. */
export function createSqs(): Service {
  const queues = new Queues();
  return {
    signingName: 'sqs',
    protocol: 'awsJson1_0',
    schemas,
    operations: { ...createMessageOperations(queues), ...createQueueOperations(queues) },
    provisioners: createProvisioners(queues),
    resourcePolicy: (queueArn) => queues.findByArn(queueArn)?.policy,
    inspect: {
      messages: () =>
        queues.all().flatMap((queue) =>
          queue.messages.map(({ id, body, attributes, receiveCount, sentMillis }) => ({
            queue: queue.arn,
            id,
            body,
            attributes,
            receiveCount,
            sentAt: new Date(sentMillis).toISOString(),
          })),
        ),
    },
  };
}
