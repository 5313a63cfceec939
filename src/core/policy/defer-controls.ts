import type { ControlId } from '../controls/control-id';
import { restoredAs, type Restored, type RestoredRule } from '../ledger/restored';
import type { ResourceRule } from '../ledger/remediation-record';
import { renderEntry } from '../network/network-acl-entry';
import { renderRule } from '../network/rule-source';
import type { Violation } from '../planning/plan';
import { violatingRule } from '../planning/violating-rule';
import type { ClosingReason } from '../reasons/closing-reasons';
import type { Resource } from '../resource';

export interface DeferredControls {
  readonly controls: ReadonlySet<ControlId>;
  /** One for each rule that is left alone. */
  readonly reasons: readonly ClosingReason[];
}

export interface DeferralFacts {
  readonly violations: readonly Violation[];
  readonly resource: Resource;
  readonly restored: Restored;
  /** Controls that a person asked to be closed: what violates one of them goes, whatever else it violates. */
  readonly byPerson: ReadonlySet<ControlId>;
}

/**
 * Controls that automatic closing leaves to a person, because closing them would take away what an undo restored. The
 * others are closed: a plan for them does not touch those rules.
 */
export function deferControls({ violations, resource, restored, byPerson }: DeferralFacts): DeferredControls {
  const controls = new Set<ControlId>();
  const reasons: ClosingReason[] = [];
  for (const violation of violations) {
    const rule = violatingRule(violation, resource);
    const given = rule && restoredAs(rule, restored);
    if (!rule || !given || violation.controls.some((control) => byPerson.has(control))) continue;
    for (const control of violation.controls) controls.add(control);
    reasons.push(toReason(rule, given));
  }
  return { controls, reasons };
}

function toReason(rule: ResourceRule, { remediationId: undo, at, wasLeft }: RestoredRule): ClosingReason {
  const what = 'RuleNumber' in rule ? renderEntry(rule) : renderRule(rule);
  return { code: 'restored-by-undo', undo, rule: what, at, wasLeft: wasLeft === true };
}
