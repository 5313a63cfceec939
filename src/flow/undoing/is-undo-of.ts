import { beginsInTime } from '../../core/policy/undo-begins-within';
import { findingIdentity } from '../intake/route-finding';
import type { CloseRequest, RemediationRequest, UndoRequest } from '../ports';

/** A closing that is asked for, or under way. */
export interface RequestedClosing {
  /** Missing while it has not begun. */
  readonly remediationId?: string;
  readonly requests: readonly CloseRequest[];
}

/**
 * Whether an undo takes back a closing that has not ended: it names that one; or somebody selected a finding of it, or
 * one of the same target that names no other closing. What a person asked for after the undo is not taken back by it.
 * Where the order of the two is not known, a closing under way was first, and one that waits may be later: a closed
 * port is the safer end. One that is out of date stops nothing, as it puts nothing back.
 */
export function isUndoOf(undo: UndoRequest, { remediationId, requests }: RequestedClosing, now: Date): boolean {
  if (!beginsInTime(undo.askedAt, now)) return false;
  if (undo.remediationId !== undefined && undo.remediationId === remediationId) return true;
  // On a terminal a closing is named, and that one is meant.
  if (undo.findings.length === 0) return false;
  if (requests.some((request) => isChosenLater(request, undo) ?? remediationId === undefined)) return false;
  if (undo.remediationId === undefined) return true;
  const requested = new Set(requests.flatMap(({ findings }) => findings.map(findingIdentity)));
  return undo.findings.some((finding) => requested.has(findingIdentity(finding)));
}

/** Whether a person chose a closing after an undo; undefined where nobody knows. */
function isChosenLater(close: CloseRequest, undo: UndoRequest): boolean | undefined {
  if (close.trigger === 'automatic') return false;
  for (const timeOf of [secondChosen, momentWritten]) {
    const [one, other] = [timeOf(close), timeOf(undo)];
    if (Number.isNaN(one) || Number.isNaN(other)) return undefined;
    if (one !== other) return one > other;
  }
  return undefined;
}

/** Events are dated to the second. */
function secondChosen({ chosenAt, askedAt }: RemediationRequest): number {
  return Math.floor(Date.parse(chosenAt ?? askedAt ?? '') / 1000);
}

function momentWritten({ askedAt }: RemediationRequest): number {
  return Date.parse(askedAt ?? '');
}
