import type { SlackRights } from '../../interactions/slack-rights';
import { BUTTONS } from '../../interactions/buttons';
import { toTargetText } from '../../parse-target-text';
import { howToUndo } from '../how-to-undo';
import type { Notice } from '../notice';
import type { NoticeKind } from '../notice-kinds';
import { plainText, toSection, type SlackBlock, type SlackButton } from './blocks';

/**
 * Beneath an isolation: to take it back. Beneath a closing: that, and to open it to one address for a while, where
 * somebody in Slack may. Who may shows when they click: naming a group would call all of it for each closing.
 */
export function toClosedButtons(
  notice: Notice,
  { undo, granters }: Omit<SlackRights, 'approvers'>,
): readonly SlackBlock[] {
  const { kind, target, remediation, occurredAt } = notice;
  if (!UNDOABLE.has(kind) || target === undefined || remediation === undefined) return [];
  const isUndoable = undo !== undefined && howToUndo(notice) !== undefined;
  const buttons = [
    ...(isUndoable ? [toUndo(remediation.id, kind === 'Target Isolated' ? REJOIN : REOPEN)] : []),
    ...(granters !== undefined && target.kind === 'security-group' ? [toGrant(toTargetText(target))] : []),
  ];
  if (buttons.length === 0) return [];
  const until = isUndoable ? [toSection(`*Undo* until ${toMinute(occurredAt, undo.withinMinutes)}`)] : [];
  return [...until, { type: 'actions', block_id: `portcullis/${remediation.id}`, elements: buttons }];
}

const UNDOABLE: ReadonlySet<string> = new Set<NoticeKind>(['Ingress Closed', 'Target Isolated']);

const REOPEN = {
  title: 'Open it again?',
  text: 'What was closed is opened again, as far as nobody has changed it since.',
} as const;

const REJOIN = {
  title: 'End the isolation?',
  text: 'Every interface gets back the groups that it had, as far as nobody has changed them since.',
} as const;

function toMinute(from: string, minutes: number): string {
  return `${new Date(Date.parse(from) + minutes * 60_000).toISOString().slice(0, 16)}Z`;
}

function toUndo(remediationId: string, { title, text }: typeof REOPEN | typeof REJOIN): SlackButton {
  return {
    type: 'button',
    action_id: BUTTONS.undo,
    text: plainText('Undo'),
    value: remediationId,
    style: 'danger',
    confirm: {
      title: plainText(title),
      text: plainText(text),
      confirm: plainText('Undo'),
      deny: plainText('Not yet'),
    },
  };
}

function toGrant(target: string): SlackButton {
  return { type: 'button', action_id: BUTTONS.grant, text: plainText('Grant…'), value: target };
}
