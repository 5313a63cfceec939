import { parseInteraction } from '../../core/interactions/parse-interaction';
import { memberOf, textOf } from '../../core/read-member';
import type { SlackRequest } from '../ports';
import { answerClick } from './answer-click';
import { takeForm } from './take-form';
import { takeShortcut } from './take-shortcut';
import type { InteractPorts, InteractSettings, SlackReply } from './interact-ports';

/** Longer than a signature is taken, either way. */
const REMEMBERED_MILLIS = 15 * 60_000;

/**
 * Takes one request of Slack: whoever did not sign it, or repeats one that was taken, changes nothing and is answered
 * nothing. What is signed is answered within the three seconds that Slack waits: what takes longer is a message to the
 * hub's queue.
 */
export async function receiveRequest(
  request: SlackRequest,
  settings: InteractSettings,
  ports: InteractPorts,
): Promise<SlackReply> {
  const { clock, log, seen, signatures } = ports;
  const text = new TextDecoder().decode(request.body);
  const form = new URLSearchParams(text);
  // Slack's own look at the certificate of an address, which it does not sign. It asks for nothing.
  if (form.get('ssl_check') === '1' && !form.has('payload')) return { status: 200 };
  const signed = await signatures.isSigned(request);
  if (!signed.ok) return unavailable('Signature could not be judged', signed.error.cause, ports);
  if (!signed.value) {
    log.warn('Request refused', { reason: 'no signature of Slack of these minutes' });
    return { status: 401 };
  }
  const until = new Date(clock.now().getTime() + REMEMBERED_MILLIS);
  const first = await seen.takeOnce(request.headers['x-slack-signature'] ?? '', until);
  if (!first.ok) return unavailable('Request could not be remembered', first.error.cause, ports);
  if (!first.value) {
    log.warn('Request refused', { reason: 'it was taken before' });
    return { status: 401 };
  }
  const challenge = challengeIn(text);
  if (challenge !== undefined) return { status: 200, body: { challenge } };
  const interaction = parseInteraction(form.get('payload') ?? '');
  if (!interaction.ok) return notUnderstood(interaction.error, ports);
  switch (interaction.value.kind) {
    case 'click':
      return answerClick(interaction.value, settings, ports);
    case 'submission':
      return takeForm(interaction.value, settings, ports);
    case 'shortcut':
      return takeShortcut(interaction.value, settings, ports);
    case 'other':
      return notUnderstood(`of type ${interaction.value.type}`, ports);
  }
}

/** https://docs.slack.dev/reference/events/url_verification */
function challengeIn(text: string): string | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return memberOf(value, 'type') === 'url_verification' ? textOf(memberOf(value, 'challenge')) : undefined;
  } catch {
    return undefined;
  }
}

/** Nothing was done: whoever clicked sees a sign of Slack that it did not work, and the alarm says why. */
function unavailable(what: string, cause: string, { log, metrics }: InteractPorts): SlackReply {
  metrics.count('SlackRequestsFailed');
  log.error('Request of Slack not taken', { what, cause });
  return { status: 503 };
}

function notUnderstood(reason: string, { log, metrics }: InteractPorts): SlackReply {
  metrics.count('SlackRequestsFailed');
  log.error('Request of Slack not understood', { reason });
  return { status: 400 };
}
