import type { EditTemplate } from '../assembly';
import { deployWithChannels } from '../channels/outside';
import { grantsOf } from './granted-actions';
import { testGrants } from './test-grants';

// What `notifications.email.digest` adds: a function in the hub that reads the ledger, and a role that starts it.

const DIGEST = 'test/end-to-end/channels/digest.yaml';
const ROLES = ['Portcullis-Digester', 'Portcullis-DigestStarter'];

const AS_GRANTED = { mails: 1, logged: true, deadLetters: 1 };

/** A digest is mailed; the next day nothing can be read. */
async function playDays(edit?: EditTemplate): Promise<unknown> {
  const portcullis = await deployWithChannels({ configurationFile: DIGEST, ...(edit && { edit }) });
  const aDayLater = async () => {
    await portcullis.clock.advance(86_400_000);
    await portcullis.settle();
  };
  try {
    await aDayLater();
    const lines = await portcullis.ask<readonly object[]>('lambda/logs', { functionName: 'Portcullis-Digester' });
    const mails = (await portcullis.outbox('email')).length;
    await portcullis.misbehave({ kind: 'deny', service: 'dynamodb', operation: 'Scan' });
    await aDayLater();
    const deadLetters = (await portcullis.messages()).filter(({ queue }) => queue.endsWith('DeadLetters')).length;
    return { mails, logged: lines.length > 0, deadLetters };
  } finally {
    await portcullis.stop();
  }
}

testGrants<unknown>('with what the templates grant, the digest is mailed', {
  grants: ROLES.flatMap((role) => grantsOf(role, DIGEST)),
  play: playDays,
  asGranted: AS_GRANTED,
});
