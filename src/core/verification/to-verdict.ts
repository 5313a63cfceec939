import type { ControlInHand } from '../controls/control-id';
import type { SecurityGroup } from '../network/security-group-rule';
import { describeViolation } from '../planning/describe-violation';
import { findViolations } from '../planning/find-violations';
import { toProhibitions } from '../planning/prohibition';
import type { Verdict } from './verdict';

/** A target as it was read back. */
export type ReadBack =
  | { readonly kind: 'found'; readonly group: SecurityGroup }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unreadable'; readonly failure: { readonly cause: string } };

/** Holds what was read back against the controls in hand. Whatever is not known for certain is never `closed`. */
export function toVerdict(readBack: ReadBack, controls: readonly ControlInHand[]): Verdict {
  switch (readBack.kind) {
    case 'gone':
      return { kind: 'closed' };
    case 'unreadable':
      return { kind: 'could-not-tell', reason: readBack.failure.cause };
    case 'found': {
      const prohibitions = toProhibitions(controls);
      const { violations, unclear } = findViolations(readBack.group, prohibitions);
      if (violations.length > 0) {
        return {
          kind: 'still-open',
          violations: violations.map((violation) => describeViolation(violation, prohibitions)),
        };
      }
      const unknown = [...prohibitions.notCovered, ...prohibitions.unreadable, ...unclear];
      if (unknown.length > 0) return { kind: 'could-not-tell', reason: unknown.join(' ') };
      // An empty list of controls forbids nothing: "nothing forbidden is open" would be true and worthless.
      if (controls.length === 0) return { kind: 'could-not-tell', reason: 'No control to hold the target against.' };
      return { kind: 'closed' };
    }
  }
}
