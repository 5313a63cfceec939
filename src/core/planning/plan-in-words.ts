import { renderAskReason, type AskReason } from '../reasons/ask-reasons';
import { renderRemark, type RemarkReason } from '../reasons/remark-reasons';
import type { NetworkAclPlan, SecurityGroupPlan } from './plan';

/** A plan as it is made: what it asks and remarks is data only. */
export type UnwordedPlan<Of extends SecurityGroupPlan | NetworkAclPlan> = Omit<
  Of,
  'ask' | 'askReasons' | 'remarks' | 'remarkReasons'
> & {
  readonly ask: readonly AskReason[];
  readonly remarks: readonly RemarkReason[];
};

/** Puts the texts of what a plan asks and remarks beside their data. */
export function planInWords(plan: UnwordedPlan<SecurityGroupPlan>): SecurityGroupPlan;
export function planInWords(plan: UnwordedPlan<NetworkAclPlan>): NetworkAclPlan;
export function planInWords({
  ask,
  remarks,
  ...plan
}: UnwordedPlan<SecurityGroupPlan> | UnwordedPlan<NetworkAclPlan>): SecurityGroupPlan | NetworkAclPlan {
  return {
    ...plan,
    ask: ask.map(renderAskReason),
    askReasons: ask,
    remarks: remarks.map(renderRemark),
    remarkReasons: remarks,
  };
}
