import { stateOfGrant } from '../../core/grants/grant';
import type { GrantOver } from '../../core/grants/grant-over';
import { REMEDIATION_TAG } from '../../core/planning/undo/undo-rules';
import type { Resource } from '../../core/resource';
import { success } from '../../core/result';
import type { Target } from '../../core/target';
import type { Durable, Ledger, PortResult } from '../ports';

/**
 * The grants of a target that are over by now: an undo opens nothing again that they had opened, since nobody would take it
 * away any more. They are read only where a rule carries the tag of a remediation, as every granted one does.
 *
 * @param before as the closing found the target
 */
export async function readGrantsOver(
  target: Target,
  before: Resource,
  now: Date,
  { durable, ledger }: { readonly durable: Durable; readonly ledger: Pick<Ledger, 'fetchGrants'> },
): PortResult<readonly GrantOver[]> {
  const isMarked =
    before.kind === 'security-group' &&
    before.rules.some(({ Tags = [] }) => Tags.some(({ Key }) => Key === REMEDIATION_TAG));
  if (!isMarked) return success([]);
  return durable.step('read grants that are over', async () => {
    const grants = await ledger.fetchGrants(target);
    if (!grants.ok) return grants;
    const over = grants.value.filter((grant) => stateOfGrant(grant, now) !== 'live');
    return success(
      over.map(({ grantId, openedBy, ruleId }) => ({ grantId, openedBy, ...(ruleId === undefined ? {} : { ruleId }) })),
    );
  });
}
