import { reasonToSkip } from '../../core/policy/reason-to-skip';
import type { Question } from '../../core/questions/question';
import { success } from '../../core/result';
import type { Hub, PortResult } from '../ports';

/**
 * Whether Security Hub shows that there is nothing to decide any more: each finding has passed, or was archived,
 * suppressed or resolved, or is gone.
 */
export async function isResolvedByHand(
  { findings }: Question,
  { hub }: { readonly hub: Pick<Hub, 'fetchFindings'> },
): PortResult<boolean> {
  const found = await hub.fetchFindings(findings);
  if (!found.ok) return found;
  const open = found.value.filter(
    (finding) => reasonToSkip(finding, 'custom-action') === undefined && finding.workflow !== 'RESOLVED',
  );
  return success(open.length === 0);
}
