import type { ControlId } from '../core/controls/control-id';
import type { Finding, FindingKey } from '../core/findings/finding';
import type { RemediationAction, Trigger } from '../core/ledger/remediation-record';
import { isRemediationId } from '../core/ledger/remediation-id';
import { reasonToSkip } from '../core/policy/reason-to-skip';
import type { Target } from '../core/target';
import type { FindingUpdate } from '../core/updates/finding-update';
import { toNoteOnly, toProblemUpdate } from '../core/updates/to-finding-update';

/** Where one finding of an event goes. */
export type Route =
  | {
      readonly kind: 'remediate';
      readonly finding: Finding;
      readonly target: Target;
      readonly control: ControlId;
      /** The closing to undo; undefined for everything else. */
      readonly undoes: string | undefined;
    }
  | { readonly kind: 'skip'; readonly finding: FindingKey; readonly reason: string }
  /** A person asked for what cannot be done: the finding itself says so. */
  | { readonly kind: 'tell'; readonly finding: Finding; readonly update: FindingUpdate }
  /** Nobody is there to be told: the event goes to the dead-letter queue. */
  | { readonly kind: 'reject'; readonly reason: string };

/** @param known findings as Security Hub holds them now, by {@link findingIdentity} */
export function routeFinding(
  key: FindingKey,
  known: ReadonlyMap<string, Finding>,
  { action, trigger }: { readonly action: RemediationAction; readonly trigger: Trigger },
  automaticControls: readonly string[],
): Route {
  const finding = known.get(findingIdentity(key));
  if (!finding)
    return {
      kind: 'reject',
      reason: `Security Hub has no finding ${key.id} of ${key.productArn} that can be understood.`,
    };
  if (action === 'undo') return routeToUndo(finding);
  const skip = reasonToSkip(finding, trigger);
  if (skip !== undefined) return { kind: 'skip', finding, reason: skip };
  const { control, target } = finding;
  if (!control || !target)
    return problem(finding, action, trigger, finding.problem ?? 'The finding names no resource to close.');
  if (trigger === 'automatic' && !automaticControls.includes(control.id)) {
    return { kind: 'skip', finding, reason: `${control.id} is not closed automatically at this moment` };
  }
  return { kind: 'remediate', finding, target, control: control.id, undoes: undefined };
}

/** Whatever became of the finding since, its closing can be undone: what the ledger holds of it decides. */
function routeToUndo(finding: Finding): Route {
  const { control, target, portcullisRemediationId: undoes } = finding;
  if (!control || !target) {
    return cannotUndo(finding, finding.problem ?? 'The finding names no resource.');
  }
  if (undoes === undefined || !isRemediationId(undoes)) {
    return cannotUndo(finding, 'The finding names no closing by Portcullis that could be undone.');
  }
  return { kind: 'remediate', finding, target, control: control.id, undoes };
}

function cannotUndo(finding: Finding, why: string): Route {
  return { kind: 'tell', finding, update: toNoteOnly(toProblemUpdate(why)) };
}

function problem(finding: Finding, action: RemediationAction, trigger: Trigger, text: string): Route {
  if (trigger === 'automatic') return { kind: 'reject', reason: `Finding ${finding.id}: ${text}` };
  const update = toProblemUpdate(text);
  return { kind: 'tell', finding, update: action === 'preview' ? toNoteOnly(update) : update };
}

/** Ids are unique for one product only. */
export function findingIdentity({ id, productArn }: FindingKey): string {
  return `${productArn}\n${id}`;
}
