import type { ControlId } from '../controls/control-id';
import { restoredAs, type Restored, type RestoredRule } from '../ledger/restored';
import type { ResourceRule } from '../ledger/remediation-record';
import { renderEntry } from '../network/network-acl-entry';
import { renderRule } from '../network/rule-source';
import type { Violation } from '../planning/plan';
import { violatingRule } from '../planning/violating-rule';
import type { Resource } from '../resource';

export interface DeferredControls {
  readonly controls: ReadonlySet<ControlId>;
  /** A sentence for each rule that is left alone. */
  readonly reasons: readonly string[];
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
  const reasons: string[] = [];
  for (const violation of violations) {
    const rule = violatingRule(violation, resource);
    const given = rule && restoredAs(rule, restored);
    if (!rule || !given || violation.controls.some((control) => byPerson.has(control))) continue;
    for (const control of violation.controls) controls.add(control);
    reasons.push(describe(rule, given));
  }
  return { controls, reasons };
}

function describe(rule: ResourceRule, { remediationId, at, wasLeft }: RestoredRule): string {
  const what = 'RuleNumber' in rule ? renderEntry(rule) : renderRule(rule);
  const did = wasLeft ? `left ${what} open` : `gave ${what} back`;
  return `Undo ${remediationId} ${did} on ${at.slice(0, 10)}: only a person has it closed again, by Close ingress.`;
}
