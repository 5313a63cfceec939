import { GRANT_FORM } from '../../core/interactions/buttons';
import type { Interaction } from '../../core/interactions/interaction';
import { toSayingForm } from '../../core/messages/slack/forms';
import { failure } from '../../core/result';
import { showGrantForm } from './grant-in-slack';
import type { InteractPorts, InteractSettings, SlackReply } from './interact-ports';

type Shortcut = Extract<Interaction, { readonly kind: 'shortcut' }>;

/** Shows what a shortcut of the app stands for; a form is also the only way to show its user that they may not. */
export async function takeShortcut(
  { user, shortcut, triggerId }: Shortcut,
  settings: InteractSettings,
  ports: InteractPorts,
): Promise<SlackReply> {
  const shown =
    shortcut === GRANT_FORM
      ? await showGrantForm(user, '', triggerId, settings, ports)
      : failure('This shortcut is none that this version of Portcullis knows.');
  if (shown.ok) return { status: 200 };
  const { log, metrics, slack } = ports;
  log.warn('Shortcut changed nothing', { user, shortcut, cause: shown.error });
  const replied = await slack.openForm(triggerId, toSayingForm('Nothing was opened', shown.error));
  if (replied.ok) return { status: 200 };
  metrics.count('SlackRequestsFailed');
  log.error('Shortcut not answered', { cause: replied.error });
  return { status: 200 };
}
