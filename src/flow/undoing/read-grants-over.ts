import { stateOfGrant } from '../../core/grants/grant';
import type { GrantOver } from '../../core/grants/grant-over';
import { success } from '../../core/result';
import type { Target } from '../../core/target';
import type { Durable, Ledger, PortResult } from '../ports';

/**
 * The grants of a target that are over by now: an undo opens nothing again that they had opened, since nobody would
 * take it away any more.
 */
export function readGrantsOver(
  target: Target,
  now: Date,
  { durable, ledger }: { readonly durable: Durable; readonly ledger: Pick<Ledger, 'fetchGrants'> },
): PortResult<readonly GrantOver[]> {
  return durable.step('read grants that are over', async () => {
    const grants = await ledger.fetchGrants(target);
    if (!grants.ok) return grants;
    const over = grants.value.filter((grant) => stateOfGrant(grant, now) !== 'live');
    return success(
      over.map(({ grantId, openedBy, ruleId }) => ({ grantId, openedBy, ...(ruleId === undefined ? {} : { ruleId }) })),
    );
  });
}
