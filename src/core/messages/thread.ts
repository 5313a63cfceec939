import type { Notice } from './notice';
import { endsMatter, TEST_KIND } from './notice-kinds';

/** What a channel was told about one target so far. */
export interface Thread {
  /** What the receiver calls it: a message's `ts`, the key of a ticket; by names of the channel. */
  readonly keys: Readonly<Record<string, string>>;
  /** By control: what the newest notice about it says, whether or not the channel was told of it. */
  readonly controls: Readonly<Record<string, ControlState>>;
}

export interface ControlState {
  readonly isOpen: boolean;
  /** When that notice was put on the bus, ISO 8601, UTC. */
  readonly sentAt: string;
}

export const NEW_THREAD: Thread = { keys: {}, controls: {} };

/** Controls of a notice about which nothing newer was said. */
export function currentControls(notice: Notice, thread: Thread): readonly string[] {
  return notice.controls.filter((control) => (stateOf(thread, control)?.sentAt ?? '') <= notice.sentAt);
}

/** Whether a channel believes a control to be open. */
export function isOpen(thread: Thread, control: string): boolean {
  return stateOf(thread, control)?.isOpen === true;
}

/** A thread once a notice is done with. */
export function afterNotice(thread: Thread, notice: Notice): Thread {
  if (notice.kind === TEST_KIND) return thread;
  const state = { isOpen: !endsMatter(notice), sentAt: notice.sentAt };
  const changed = currentControls(notice, thread).map((control) => [control, state] as const);
  const controls: Readonly<Record<string, ControlState>> = Object.fromEntries(changed);
  return { ...thread, controls: { ...thread.controls, ...controls } };
}

function stateOf({ controls }: Thread, control: string): ControlState | undefined {
  return Object.hasOwn(controls, control) ? controls[control] : undefined;
}
