import type { Finding } from '../../core/findings/finding';
import type { Resource } from '../../core/resource';
import { toVerdict } from '../../core/verification/to-verdict';

/**
 * Whether a finding's control fails by what is there. Whoever has suppressed a finding wants to hear nothing of it, and
 * an archived one has nobody to hear it.
 *
 * @param after undefined where it could not be read back, which is taken for open
 */
export function failsAgain({ control, recordState, workflow }: Finding, after: Resource | undefined): boolean {
  if (control === undefined || recordState === 'ARCHIVED' || workflow === 'SUPPRESSED') return false;
  return after === undefined || toVerdict({ kind: 'found', resource: after }, [control]).kind !== 'closed';
}
