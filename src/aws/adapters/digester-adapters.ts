import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { DigestPorts } from '../../flow/ports';
import { clientSettings } from '../client-settings';
import { createDigestSource } from '../ledger/digest-source';
import { createChannelQueues } from '../sqs/channel-queues';
import { systemClock } from '../system-clock';

export interface DigesterResources {
  readonly ledgerTable: string;
  /** Of the queue of mail. */
  readonly queueUrl: string;
}

/** A scan of everything takes as long as it takes. */
const PATIENT = { ...clientSettings, maxAttempts: 10 };

/** Everything that the digester speaks to; made once for each function container. */
export function createDigesterAdapters({ ledgerTable, queueUrl }: DigesterResources): DigestPorts {
  return {
    clock: systemClock,
    source: createDigestSource(new DynamoDBClient(PATIENT), ledgerTable),
    channelQueues: createChannelQueues(new SQSClient(clientSettings), { email: queueUrl }),
  };
}
