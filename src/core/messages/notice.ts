import type { Digest } from '../digest/digest';
import type { Target } from '../target';
import type { MatterEffect } from './matter';

/**
 * An event of the bus, as channels are notified of it. Texts are those of people and of AWS: each channel escapes them.
 */
export interface Notice {
  /** The event's id on the bus: a message that comes again has it again. */
  readonly id: string;
  /** The event's detail type. */
  readonly kind: string;
  /** What it does to what people know to be open: its own word, or what its detail type says. */
  readonly matter: MatterEffect;
  /** When it was put on the bus, to the second, ISO 8601, UTC: what the order of notices about a target goes by. */
  readonly sentAt: string;
  /** When it happened, ISO 8601, UTC. */
  readonly occurredAt: string;
  /** Of a test there is none, nor of an event about no target. */
  readonly target: (Target & { readonly arn: string }) | undefined;
  readonly controls: readonly string[];
  /** The gravest of its findings; undefined where the event does not say. */
  readonly severity: string | undefined;
  /** One sentence or more: what was done, or why not. */
  readonly summary: string;
  /** What was known about the target, in a few sentences, what matters most first. */
  readonly known?: string;
  /** What closing would change, and what would stay open to the internet afterwards, in sentences. */
  readonly wouldChange?: string;
  /** The same as data, fact by fact. */
  readonly context?: Readonly<Record<string, NoticedFact>>;
  /** Lines: what the owner of its source must change so that it is not opened again. */
  readonly ownerMustChange?: readonly string[];
  readonly remediation: NoticedRemediation | undefined;
  /** What a person is asked, where that was left in the ledger. */
  readonly question: NoticedQuestion | undefined;
  readonly reopening: NoticedReopening | undefined;
  /** What was opened for a while, or is over. */
  readonly grant?: NoticedGrant;
  /** Ids of the exceptions that it is about. */
  readonly exceptions?: readonly string[];
  /** Of a digest, which is about no target. */
  readonly digest?: Digest;
  readonly findings: NoticedFindings;
}

/** Each with its value and what says so, or with the reason why it is not known. */
export type NoticedFact = Readonly<Record<string, unknown>> & { readonly known: boolean };

export interface NoticedRemediation {
  readonly id: string;
  readonly action: string;
  readonly outcome: string;
  readonly trigger: string;
  readonly decidedBy: string;
  readonly undoes?: string;
  readonly decision?: { readonly mode: string; readonly entry: string; readonly reason: string };
  readonly startedAt: string;
  readonly finishedAt: string;
}

export interface NoticedQuestion {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly until: string;
  /** What becomes of it when nobody answers in time: `close` or `leave`. */
  readonly onSilence: string;
  /** Missing where the policy names none. */
  readonly approvers?: readonly string[];
  /** It was said before, and nobody has answered. */
  readonly isReminder: boolean;
  /** Who is asked as well from now on: nobody has answered. */
  readonly escalatedTo?: readonly string[];
}

export interface NoticedGrant {
  readonly id: string;
  readonly reason: string;
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly until: string;
}

export interface NoticedReopening {
  readonly by: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly call: string;
  readonly times: number;
  /** CloudTrail's id of the call. */
  readonly eventId: string;
  readonly asked?: string;
}

export interface NoticedFindings {
  /** At most 20. */
  readonly ids: readonly string[];
  readonly count: number;
  readonly notUpdated: number;
}
