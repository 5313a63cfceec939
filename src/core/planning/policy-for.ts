import type { ControlId } from '../controls/control-id';
import type { Tag } from '../network/security-group-rule';
import type { PlanPolicy, StrategyOverride } from './plan-policy';

/** What the overrides of a policy match. */
export interface PolicySubject {
  readonly account: string | undefined;
  /** Tags of the security group or network ACL. */
  readonly tags: readonly Tag[];
  /** The requested controls. */
  readonly controls: readonly ControlId[];
}

/** The policy for one target: the first override that matches gives the strategy. */
export function policyFor(policy: PlanPolicy, subject: PolicySubject): PlanPolicy {
  const override = policy.overrides?.find((candidate) => isMatch(candidate, subject));
  return override === undefined ? policy : { ...policy, strategy: override.strategy };
}

function isMatch({ controls, accounts, tags }: StrategyOverride, subject: PolicySubject): boolean {
  return (
    (controls === undefined || subject.controls.some((control) => controls.includes(control))) &&
    (accounts === undefined || (subject.account !== undefined && accounts.includes(subject.account))) &&
    (tags === undefined ||
      tags.some(({ key, value }) => subject.tags.some((tag) => tag.Key === key && (value ?? tag.Value) === tag.Value)))
  );
}
