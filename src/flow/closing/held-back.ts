import { describePolicyChange } from '../../core/policy/policy-mark';
import type { ClosingLimit } from '../../core/policy/closing-limit';
import type { ControlId } from '../../core/controls/control-id';
import type { DecisionReason } from '../../core/reasons/decision-reasons';
import { success } from '../../core/result';
import type { LivePolicy, PortResult } from '../ports';
import { admitClosing, readHold, type AdmitPorts } from './admit-closing';

/** Why a closing that nobody chose is left to a person, though it has begun. */
export type HeldBack = Extract<DecisionReason, { code: 'automatic-held' | 'policy-changed' }>;

export interface HeldBackPorts extends AdmitPorts {
  /** Missing where a policy does not change under those who go by it. */
  readonly livePolicy?: LivePolicy;
}

/** What a closing asks before it changes anything, and again and again while it waits for its turn. */
export interface Holds {
  readonly admit: () => PortResult<HeldBack | undefined>;
  readonly heldBack: () => PortResult<HeldBack | undefined>;
}

/**
 * An execution goes by the policy of the version in which it began, and may wait for a quarter of an hour. What has
 * been taken from what is automatic meanwhile, or left to others by another decision, asks. Then the brake is read,
 * which also counts who is admitted.
 */
export function createHolds(
  {
    account,
    controls,
    limit,
  }: { readonly account: string; readonly controls: readonly ControlId[]; readonly limit: ClosingLimit | undefined },
  ports: HeldBackPorts,
): Holds {
  const after = (next: () => PortResult<string | undefined>) => async (): PortResult<HeldBack | undefined> => {
    const changed = await readPolicyChange(controls, ports);
    if (!changed.ok || changed.value !== undefined) return changed;
    const held = await next();
    if (!held.ok) return held;
    return success(held.value === undefined ? undefined : { code: 'automatic-held', hold: held.value });
  };
  return {
    admit: after(() => admitClosing(account, limit, ports)),
    heldBack: after(() => readHold(account, ports)),
  };
}

/** A look-up that fails never widens what is done automatically; one that was too many is tried again. */
async function readPolicyChange(
  controls: readonly ControlId[],
  { livePolicy }: HeldBackPorts,
): PortResult<HeldBack | undefined> {
  if (livePolicy === undefined) return success(undefined);
  const live = await livePolicy.fetchMark();
  if (!live.ok) {
    if (live.error.code === 'throttled') return live;
    return success({ code: 'policy-changed', change: `${live.error.cause}.` });
  }
  const change = describePolicyChange(livePolicy.own, live.value, controls);
  return success(change === undefined ? undefined : { code: 'policy-changed', change });
}
