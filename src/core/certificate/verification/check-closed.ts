import type { CertificateParts, CertifiedControl } from '../certificate';
import { findForbiddenEntries } from '../evaluation/acl-openings';
import { findGroupOpenings } from '../evaluation/group-openings';
import type { ReadState } from '../evaluation/read-state';
import type { Evidence } from './evidence';
import { couldNotTell, doesNotHold, holds, notClaimed, type Statement } from './statement';

export interface Openness {
  /** What is open though a control forbids it. */
  readonly open: readonly string[];
  /** Why there may be more. */
  readonly unclear: readonly string[];
}

/** Outcomes that say that nothing forbidden is open. */
export function claimsClosed({ outcome }: CertificateParts): boolean {
  return outcome.outcome === 'closed' || outcome.outcome === 'already-closed';
}

/** Nothing that the requested controls forbid is reachable after, nor what the control of any finding forbids. */
export function checkClosed({ after }: Evidence, parts: CertificateParts): readonly Statement[] {
  if (parts.outcome.outcome === 'excepted') return checkExcepted(after, parts);
  if (!claimsClosed(parts)) return [notClaimed('closed', { code: 'ended-otherwise', outcome: parts.outcome.outcome })];
  if (after === undefined) return [couldNotTell('closed', { code: 'state-not-judged' }, 'after')];
  const { open, unclear } = judge(after, [
    ...parts.controls.map(withoutExceptions),
    ...parts.findings.flatMap(({ control }) => (control === undefined ? [] : withoutExceptions(control))),
  ]);
  if (open.length > 0) return open.map((opening) => doesNotHold('closed', { code: 'open-after', opening }, 'after'));
  if (unclear.length > 0)
    return unclear.map((cause) => couldNotTell('closed', { code: 'openness-unclear', cause }, 'after'));
  return [holds('closed')];
}

/** It does not claim that nothing is open, but that nothing is beyond the exceptions that it names. */
function checkExcepted(after: ReadState | undefined, { controls }: CertificateParts): readonly Statement[] {
  if (after === undefined) return [couldNotTell('closed', { code: 'state-not-judged' }, 'after')];
  const { open, unclear } = judge(after, controls);
  if (open.length > 0)
    return open.map((opening) => doesNotHold('closed', { code: 'open-beyond-exceptions', opening }, 'after'));
  if (unclear.length > 0)
    return unclear.map((cause) => couldNotTell('closed', { code: 'openness-unclear', cause }, 'after'));
  return [notClaimed('closed', { code: 'left-open-by-exceptions' })];
}

/** A control as such, whoever accepted what of it. */
export function withoutExceptions({ id, parameters }: CertifiedControl): CertifiedControl {
  return { id, parameters };
}

/** Holds a state against controls; without any, nothing can be said. */
export function judge(state: ReadState, controls: readonly CertifiedControl[]): Openness {
  if (controls.length === 0) return { open: [], unclear: ['there is no control to hold it against'] };
  const found = uniqueControls(controls).map((control) => judgeBy(state, control));
  return {
    open: [...new Set(found.flatMap(({ open }) => open))],
    unclear: [...new Set(found.flatMap(({ unclear }) => unclear))],
  };
}

function uniqueControls(controls: readonly CertifiedControl[]): readonly CertifiedControl[] {
  return [...new Map(controls.map((control) => [JSON.stringify(control), control])).values()];
}

function judgeBy(state: ReadState, control: CertifiedControl): Openness {
  switch (state.kind) {
    case 'security-group': {
      const { openings, unclear } = findGroupOpenings(state, control);
      return { open: openings.map(({ text }) => text), unclear };
    }
    case 'network-acl': {
      const { entries, unclear } = findForbiddenEntries(state, control);
      return { open: entries.map(({ text }) => text), unclear };
    }
  }
}
