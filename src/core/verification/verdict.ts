import type { Violation } from '../planning/plan';
import type { Because } from '../reasons/because';

/** What a read-back says. Only `closed` may resolve a finding. */
export type Verdict =
  | { readonly kind: 'closed' }
  | { readonly kind: 'still-open'; readonly violations: readonly Violation[] }
  | ({ readonly kind: 'could-not-tell' } & Because);
