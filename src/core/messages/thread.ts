import type { Notice } from './notice';
import { TEST_KIND } from './notice-kinds';

/** What a channel was sent about one target so far. */
export interface Thread {
  /** What the receiver calls it: a message's `ts`, the key of a ticket; by names of the channel. */
  readonly keys: Readonly<Record<string, string>>;
  /** By control: what the newest notice about it says, whether or not the channel was notified of it. */
  readonly controls: Readonly<Record<string, ControlState>>;
}

export interface ControlState {
  readonly isOpen: boolean;
  /** Where that notice stands among those about the target. */
  readonly sentAt: string;
}

export const NEW_THREAD: Thread = { keys: {}, controls: {} };

/** Stands for the target as a whole, of which an event that names no control says something. */
const WHOLE = '*';

/** For everything that a target had when it was gone, also what is heard of only later. */
const EVERYTHING = '**';

/**
 * Where a notice stands among those about its target: texts of it sort as what happened did. The bus knows seconds;
 * within one of them goes what the events say.
 */
export function orderOf({ sentAt, occurredAt }: Pick<Notice, 'sentAt' | 'occurredAt'>): string {
  return `${sentAt} ${occurredAt}`;
}

/** When that was, by the bus: ISO 8601, UTC. Earlier versions wrote nothing else. */
export function sentAtOf(order: string): string {
  return order.split(' ')[0] ?? order;
}

/** What a notice says something about, and nothing newer did: controls, or the target as a whole. */
export function currentControls(notice: Notice, thread: Thread): readonly string[] {
  return concernedBy(notice, thread).filter((control) => !isNewerKnown(control, notice, thread));
}

/** What a notice says something about, and something newer did as well, which is done with. */
export function overtakenControls(notice: Notice, thread: Thread): readonly string[] {
  return concernedBy(notice, thread).filter((control) => isNewerKnown(control, notice, thread));
}

function isNewerKnown(control: string, notice: Notice, thread: Thread): boolean {
  return [control, EVERYTHING].some((each) => (stateOf(thread, each)?.sentAt ?? '') > orderOf(notice));
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
  return withStates(thread, statesBy(notice, thread));
}

/** What a notice says of each control that it says something about; nothing where it leaves things as they are. */
export function statesBy(notice: Notice, thread: Thread): Thread['controls'] {
  if (notice.kind === TEST_KIND || notice.matter === 'stays') return {};
  const state = { isOpen: notice.matter === 'opens', sentAt: orderOf(notice) };
  return Object.fromEntries(currentControls(notice, thread).map((control) => [control, state]));
}

/**
 * What a notice found when it was begun, together with what others have said since of what it says nothing about: an
 * older one may have opened something that keeps a ticket open.
 */
export function withOthersSince(before: Thread, now: Thread, notice: Notice): Thread {
  const own = new Set(concernedBy(notice, before));
  return withStates(before, Object.fromEntries(Object.entries(now.controls).filter(([control]) => !own.has(control))));
}

/** A thread that knows what something newer says. */
export function withStates(thread: Thread, states: Thread['controls']): Thread {
  return { ...thread, controls: { ...thread.controls, ...states } };
}

/** The control of PagerDuty's, and others', names; nothing for the target as a whole. */
export function nameOfControl(control: string): string {
  return control === WHOLE ? '' : control;
}

/**
 * A target that is gone takes everything with it; whatever ends a control ends what was said of the target as a whole,
 * whichever of them is heard of first.
 */
function concernedBy({ kind, matter, controls }: Notice, thread: Thread): readonly string[] {
  if (kind === 'Target Gone') return [...new Set([...controls, WHOLE, EVERYTHING, ...Object.keys(thread.controls)])];
  if (matter === 'ends') return [...new Set([...controls, WHOLE])];
  return controls.length === 0 ? [WHOLE] : controls;
}

function stateOf({ controls }: Thread, control: string): ControlState | undefined {
  return Object.hasOwn(controls, control) ? controls[control] : undefined;
}
