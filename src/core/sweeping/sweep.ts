import type { ControlId } from '../controls/control-id';
import type { Unreadable } from './swept-place';

/** What a sweep is asked for. */
export interface SweepRequest {
  readonly sweepId: string;
  /** Who asked for it: `portcullis scan by arn:…`, or the schedule. */
  readonly by: string;
  /** Undefined: every account whose findings the hub gets, and the hub's own. */
  readonly accounts?: readonly string[];
  readonly regions: readonly string[];
  /** Undefined: all. */
  readonly controls?: readonly ControlId[];
  /** Whether what it finds is imported as findings of ours. */
  readonly imports: boolean;
}

/** A sweep as the ledger holds it. */
export interface Sweep extends SweepRequest {
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Undefined while it goes on. */
  readonly finishedAt?: string;
  /** Accounts times Regions, and how many of them are done. */
  readonly places: number;
  readonly done: number;
  readonly totals: SweepTotals;
  /** The first of them; all are with their places. */
  readonly unreadable: readonly Unreadable[];
  /** Why nothing could be swept at all. */
  readonly failed?: string;
}

export interface SweepTotals {
  /** Of which something could be read. */
  readonly accounts: number;
  readonly regions: number;
  readonly securityGroups: number;
  readonly networkAcls: number;
  readonly violating: number;
  readonly unreadable: number;
  /** Findings of ours that were imported into Security Hub: failed ones, and ones that pass now. */
  readonly imported: number;
  readonly archived: number;
}

/** `swp-` and 16 hexadecimal digits. */
export function isSweepId(text: string): boolean {
  return /^swp-[0-9a-f]{16}$/.test(text);
}

/** The id of a sweep that somebody asked for under an id of their own: asked for twice, it is one. */
export function toSweepId(askId: string): string {
  return `swp-${askId.replaceAll('-', '').slice(0, 16)}`;
}

/**
 * The id of the sweep that a schedule starts at a moment: the message that says so may come twice, and is one sweep.
 * @param at ISO 8601, UTC
 */
export function toScheduledSweepId(at: string): string {
  return `swp-${Math.floor(Date.parse(at) / 1000)
    .toString(16)
    .padStart(16, '0')}`;
}
