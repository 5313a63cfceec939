/** What becomes of a question that nobody answers: the target is closed, or stays as it is. */
export const SILENCES = ['close', 'leave'] as const;

export type Silence = (typeof SILENCES)[number];

/** `ask` of an entry of `decisions`, as it stands in `portcullis.yaml`. */
export interface AskTerms {
  /** Who may answer; missing means everybody who may send commands. */
  readonly approvers?: readonly string[];
  /** How long it may be answered, such as `24h`. */
  readonly within?: string;
  /** After how long people are reminded once; missing means not at all. */
  readonly remindAfter?: string;
  /** Who else is asked, and may answer, when nobody has by then. */
  readonly escalate?: EscalationTerms;
  readonly onSilence?: Silence;
}

export interface EscalationTerms {
  readonly to: readonly string[];
  /** Such as `18h`; missing means after three quarters of its time. */
  readonly after?: string;
}

/** Of `remindAfter`. */
export const NEVER = 'never';

/** Where nothing else is said: time enough for a holiday, and nothing is closed because nobody looked. */
export const DEFAULT_WITHIN = '7d';
export const DEFAULT_SILENCE: Silence = 'leave';

/** Parts of a question's time: when people are reminded, and when others are asked as well, where nothing is said. */
export const DEFAULT_REMINDER = 1 / 2;
export const DEFAULT_ESCALATION = 3 / 4;

const SECONDS = { m: 60, h: 3600, d: 86_400 } as const;

/** `30m`, `24h` or `7d` in seconds; undefined for what is none, and for none of them. */
export function durationSeconds(text: string): number | undefined {
  const [, count, unit] = /^([1-9]\d{0,4})([mhd])$/.exec(text) ?? [];
  if (unit !== 'm' && unit !== 'h' && unit !== 'd') return undefined;
  return Number(count) * SECONDS[unit];
}
