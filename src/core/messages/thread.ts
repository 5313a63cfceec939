import type { Notice } from './notice';
import { TEST_KIND } from './notice-kinds';

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

/** Stands for the target as a whole, of which an event that names no control says something. */
const WHOLE = '*';

/** What a notice says something about, and nothing newer did: controls, or the target as a whole. */
export function currentControls(notice: Notice, thread: Thread): readonly string[] {
  return concernedBy(notice, thread).filter((control) => (stateOf(thread, control)?.sentAt ?? '') <= notice.sentAt);
}

/** Whether a channel believes a control to be open. */
export function isOpen(thread: Thread, control: string): boolean {
  return stateOf(thread, control)?.isOpen === true;
}

/** Whether a notice is about something that a channel believes to be open. */
export function isAboutOpen(notice: Notice, thread: Thread): boolean {
  return concernedBy(notice, thread).some((control) => isOpen(thread, control));
}

/** Whether a channel believes anything of the target to be open. */
export function isAnyOpen({ controls }: Thread): boolean {
  return Object.values(controls).some((each) => each.isOpen);
}

/** A thread once a notice is done with. */
export function afterNotice(thread: Thread, notice: Notice): Thread {
  if (notice.kind === TEST_KIND || notice.matter === 'stays') return thread;
  const state = { isOpen: notice.matter === 'opens', sentAt: notice.sentAt };
  const changed = currentControls(notice, thread).map((control) => [control, state] as const);
  const controls: Readonly<Record<string, ControlState>> = Object.fromEntries(changed);
  return { ...thread, controls: { ...thread.controls, ...controls } };
}

/** The control of PagerDuty's, and others', names; nothing for the target as a whole. */
export function nameOfControl(control: string): string {
  return control === WHOLE ? '' : control;
}

/**
 * A target that is gone takes everything with it; whatever ends a control ends what was said of the target as a whole.
 */
function concernedBy({ kind, matter, controls }: Notice, thread: Thread): readonly string[] {
  if (kind === 'Target Gone') return [...new Set([...controls, ...Object.keys(thread.controls)])];
  if (matter === 'ends' && isOpen(thread, WHOLE)) return [...controls, WHOLE];
  return controls.length === 0 ? [WHOLE] : controls;
}

function stateOf({ controls }: Thread, control: string): ControlState | undefined {
  return Object.hasOwn(controls, control) ? controls[control] : undefined;
}
