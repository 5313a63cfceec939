import type { EditTemplate } from '../assembly';
import { busEvent } from '../channels/bus-event';
import { deployWithChannels } from '../channels/outside';
import { createServices } from '../../../sandbox/create-services';
import { grantsOf } from './granted-actions';
import { testGrants } from './test-grants';

const configurationFile = 'test/end-to-end/channels/channels.yaml';

interface Endings {
  /** Whether a receiver that is out of order at first is tried again within a minute. */
  readonly soon: boolean;
  readonly posted: readonly string[];
  readonly deadLetters: readonly string[];
  readonly mails: number;
  readonly tested: string;
  /** What somebody learned of the receivers. */
  readonly looked: unknown;
  readonly logged: boolean;
}

const AS_GRANTED: Endings = {
  soon: true,
  posted: ['Ingress Closed', 'Ingress Closed', 'Test'],
  deadLetters: ['garbage PortcullisReason'],
  mails: 1,
  tested: '200',
  looked: ['taken', 'taken', 'taken'],
  logged: true,
};

/** An event whose receiver is out of order at first, one that comes twice, something that is no event, and a test. */
async function playNotices(edit?: EditTemplate): Promise<Endings> {
  const portcullis = await deployWithChannels({
    services: createServices({ lambda: { processesPerFunction: 1 } }),
    ...(edit && { edit }),
  });
  try {
    const event = busEvent('Ingress Closed');
    await portcullis.answer('webhook', { status: 500 });
    await portcullis.deliver('webhook', event);
    await portcullis.deliver('webhook', event);
    await portcullis.deliverText('webhook', 'garbage');
    await portcullis.deliver('email', event);
    const reply = await portcullis.test('webhook');
    const looked = await portcullis.commands.ask({ command: 'look-at-channels' });
    const sent = await portcullis.outbox('webhook');
    const [first = 0, second = 0] = sent.map(({ at }) => Date.parse(at));
    const lines = await portcullis.ask<readonly object[]>('lambda/logs', { functionName: 'Portcullis-Notifier' });
    return {
      soon: second - first < 60_000,
      posted: sent.map(({ body }) => (JSON.parse(body) as { type: string }).type),
      deadLetters: (await portcullis.deadLettersOf('webhook')).map(
        ({ body, attributes }) => `${body.slice(0, 10)} ${Object.keys(attributes).join()}`,
      ),
      mails: (await portcullis.outbox('email')).length,
      tested: reply.ok ? String(reply.value.status) : reply.error.code,
      looked: looked.ok ? answersIn(looked.value.body) : looked.error.code,
      logged: lines.length > 0,
    };
  } finally {
    await portcullis.stop();
  }
}

function answersIn(body: unknown): unknown {
  const { receivers = [] } = body as { readonly receivers?: readonly { readonly answer: string }[] };
  return receivers.map(({ answer }) => answer);
}

const ofChannels = grantsOf('Portcullis-Commands', configurationFile).filter(
  ({ sid }) => sid === 'TestChannels' || sid === 'ProbeReceivers',
);

testGrants('with what the templates grant, every notice ends as it should', {
  grants: [...grantsOf('Portcullis-Notifier', configurationFile), ...ofChannels],
  play: playNotices,
  asGranted: AS_GRANTED,
});
