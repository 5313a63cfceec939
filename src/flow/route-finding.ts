import type { ControlId } from '../core/controls/control-id';
import { controlOf } from '../core/controls/control-registry';
import type { Finding, FindingKey } from '../core/findings/finding';
import type { Trigger } from '../core/ledger/remediation-record';
import { reasonToSkip } from '../core/policy/reason-to-skip';
import type { Target } from '../core/target';

/** Where one finding of an event goes. */
export type Route =
  | { readonly kind: 'remediate'; readonly finding: Finding; readonly target: Target; readonly control: ControlId }
  | { readonly kind: 'skip'; readonly finding: FindingKey; readonly reason: string }
  /** A person asked for what cannot be done: the finding itself says so. */
  | { readonly kind: 'tell'; readonly finding: Finding; readonly problem: string }
  /** Nobody is there to be told: the event goes to the dead-letter queue. */
  | { readonly kind: 'reject'; readonly reason: string };

/** @param known findings as Security Hub holds them now, by {@link findingIdentity} */
export function routeFinding(
  key: FindingKey,
  known: ReadonlyMap<string, Finding>,
  trigger: Trigger,
  automaticControls: readonly string[],
): Route {
  const finding = known.get(findingIdentity(key));
  if (!finding)
    return {
      kind: 'reject',
      reason: `Security Hub has no finding ${key.id} of ${key.productArn} that can be understood.`,
    };
  const skip = reasonToSkip(finding, trigger);
  if (skip !== undefined) return { kind: 'skip', finding, reason: skip };
  const { control, target } = finding;
  if (!control || !target)
    return problem(finding, trigger, finding.problem ?? 'The finding names no resource to close.');
  if (trigger === 'automatic' && !automaticControls.includes(control.id)) {
    return { kind: 'skip', finding, reason: `${control.id} is not closed automatically at this moment` };
  }
  if (!isClosable(control.id)) {
    return problem(finding, trigger, `Portcullis does not close ${control.id} in this version: close it by hand.`);
  }
  return { kind: 'remediate', finding, target, control: control.id };
}

function problem(finding: Finding, trigger: Trigger, text: string): Route {
  return trigger === 'custom-action'
    ? { kind: 'tell', finding, problem: text }
    : { kind: 'reject', reason: `Finding ${finding.id}: ${text}` };
}

/** Recognized is not closable: EC2.2 and EC2.21 forbid more than open ports of security groups. */
export function isClosable(control: ControlId): boolean {
  return controlOf(control).kind === 'internet-ports';
}

/** Ids are unique for one product only. */
export function findingIdentity({ id, productArn }: FindingKey): string {
  return `${productArn}\n${id}`;
}
