import { decidedByWish, requestIdOfWish, type Wish } from '../../core/interactions/wish';
import { success } from '../../core/result';
import { startRemediation, type StartPorts } from '../intake/start-remediation';
import type { GrantRequest, PortResult, UndoRequest, Wishes } from '../ports';

export interface WishDuePorts extends StartPorts {
  readonly wishes: Pick<Wishes, 'fetchWish'>;
}

/**
 * Has done what somebody in Slack wants: an ordinary request, which may be made twice, and which the orchestrator holds
 * against history and configuration as any other.
 */
export async function carryOutWish(wishId: string, ports: WishDuePorts): PortResult<void> {
  const read = await ports.wishes.fetchWish(wishId);
  if (!read.ok) return read;
  if (read.value === undefined) {
    ports.log.warn('What somebody wants is not in the ledger', { wishId });
    return success(undefined);
  }
  return startRemediation({ target: read.value.target, requests: [toRequest(read.value)] }, ports);
}

function toRequest(wish: Wish): UndoRequest | GrantRequest {
  const common = {
    id: requestIdOfWish(wish),
    trigger: 'custom-action',
    decidedBy: decidedByWish(wish),
    findings: [],
    chosenAt: wish.at,
  } as const;
  switch (wish.kind) {
    case 'undo':
      return { ...common, action: 'undo', remediationId: wish.remediationId, confirmed: false };
    case 'grant': {
      const { by, rule, until, reason } = wish;
      return { ...common, action: 'grant', rule, until, reason, by };
    }
  }
}
