import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Clients } from './clients';
import type { ArnOf, Located, Place } from './place';
import type { AskSandbox } from './sandbox-controls';

export interface Message {
  readonly id: string;
  readonly queue: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, { readonly StringValue?: string }>>;
}

export interface DomainEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: Readonly<Record<string, unknown>>;
}

interface HubOfTests {
  readonly clients: Clients;
  readonly endpoint: string;
  readonly hub: Place;
  readonly arnOf: ArnOf;
  readonly ask: AskSandbox;
}

/** What waits in queues, and what went over the bus. */
export interface Messages {
  messages(): Promise<readonly Message[]>;
  /** Past EventBridge, straight onto the queue that the dispatcher reads. */
  enqueue(body: string): Promise<void>;
  deadLetters(): Promise<readonly Message[]>;
  /** Sends what is on the bus `portcullis` from now on to a queue of the test's own. */
  subscribe(): Promise<void>;
  /** In the order in which the bus delivered them. */
  domainEvents(): Promise<readonly DomainEvent[]>;
  domainEventsAbout(resource: Located): Promise<readonly DomainEvent[]>;
}

export function createMessages({ clients, endpoint, hub, arnOf, ask }: HubOfTests): Messages {
  const messages = () => ask<readonly Message[]>('sqs/messages');
  const domainEvents = async () =>
    (await messages())
      .filter(({ queue }) => queue.endsWith(':subscriber'))
      .map(({ body }) => JSON.parse(body) as DomainEvent);

  return {
    messages,

    async enqueue(body) {
      const QueueUrl = `${endpoint}/${hub.account}/Portcullis-Findings`;
      await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
    },

    async deadLetters() {
      return (await messages()).filter(({ queue }) => queue.endsWith(':Portcullis-DeadLetters'));
    },

    async subscribe() {
      const queueArn = arnOf('sqs', hub, 'subscriber');
      const Policy = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: queueArn,
          },
        ],
      });
      await clients.sqs.send(new CreateQueueCommand({ QueueName: 'subscriber', Attributes: { Policy } }));
      await clients.events.send(
        new PutRuleCommand({ Name: 'all', EventBusName: 'portcullis', EventPattern: '{"source":["portcullis"]}' }),
      );
      await clients.events.send(
        new PutTargetsCommand({ Rule: 'all', EventBusName: 'portcullis', Targets: [{ Id: 'q', Arn: queueArn }] }),
      );
    },

    domainEvents,

    async domainEventsAbout(resource) {
      return (await domainEvents()).filter(({ detail }) => JSON.stringify(detail).includes(resource.id));
    },
  };
}
