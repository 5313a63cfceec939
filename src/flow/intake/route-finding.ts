import type { ControlId } from '../../core/controls/control-id';
import type { Finding, FindingKey } from '../../core/findings/finding';
import { isFromSecurityHub } from '../../core/findings/is-from-security-hub';
import { isRemediationId } from '../../core/ledger/remediation-id';
import { isUndone, reasonToSkip } from '../../core/policy/reason-to-skip';
import type { Target } from '../../core/target';
import type { FindingUpdate } from '../../core/updates/finding-update';
import { toAskedUpdate } from '../../core/updates/to-asked-update';
import { toNoteOnly } from '../../core/updates/to-note-only';
import { toProblemUpdate } from '../../core/updates/to-problem-update';
import type { Intake } from './parse-message';
import { NOTE_AUTHOR } from '../ports';

/** Where one finding of an event goes. */
export type Route =
  | {
      readonly kind: 'remediate';
      readonly finding: Finding;
      readonly target: Target;
      readonly control: ControlId;
      /** The closing to undo, where the finding names one; undefined for everything else. */
      readonly undoes: string | undefined;
    }
  | { readonly kind: 'skip'; readonly finding: FindingKey; readonly reason: string }
  /** A person asked for what cannot be done: the finding itself says so. */
  | { readonly kind: 'tell'; readonly finding: Finding; readonly update: FindingUpdate }
  /** Forged, or not here yet. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** Nobody is there to be told: the event goes to the dead-letter queue. */
  | { readonly kind: 'reject'; readonly reason: string };

/** @param known findings as Security Hub holds them now, by {@link findingIdentity} */
export function routeFinding(
  key: FindingKey,
  known: ReadonlyMap<string, Finding>,
  asked: Pick<Intake, 'action' | 'trigger' | 'askedAt'>,
  automaticControls: readonly string[],
): Route {
  const { action, trigger, askedAt } = asked;
  const finding = known.get(findingIdentity(key));
  if (!finding)
    return {
      kind: 'unknown',
      reason: `Security Hub has no finding ${key.id} of ${key.productArn} that can be understood.`,
    };
  if (action === 'undo') return routeToUndo(finding, askedAt);
  const skip = reasonToSkip(finding, trigger);
  if (skip !== undefined) return { kind: 'skip', finding, reason: skip };
  if (isAnsweredSince(finding, askedAt)) {
    return { kind: 'skip', finding, reason: 'Portcullis has resolved the finding since it was asked for' };
  }
  const { control, target } = finding;
  if (!control || !target) return problem(finding, asked, finding.problem ?? 'The finding names no resource to close.');
  if (trigger === 'automatic' && !automaticControls.includes(control.id)) {
    return { kind: 'skip', finding, reason: `${control.id} is not closed automatically at this moment` };
  }
  if (trigger === 'automatic' && control.parameters.length > 0 && !isFromSecurityHub(finding)) {
    const why = `The parameters of ${control.id} on this finding are ${finding.productArn}'s, not Security Hub's own: only a person has it closed by them, by Close ingress.`;
    return tell(finding, askedAt, toAskedUpdate(why));
  }
  return { kind: 'remediate', finding, target, control: control.id, undoes: undefined };
}

/** An event's time is cut to the second. */
const EVENT_TIME_PRECISION_MILLIS = 1000;

/**
 * Messages come twice now and then, also long after the first has been answered. A finding that we have resolved since
 * it was asked for keeps its note, which says what was revoked.
 */
function isAnsweredSince(finding: Finding, askedAt: string | undefined): boolean {
  return finding.workflow === 'RESOLVED' && isNotedSince(finding, askedAt);
}

function isNotedSince({ note }: Finding, askedAt: string | undefined): boolean {
  if (note?.updatedBy !== NOTE_AUTHOR || askedAt === undefined) return false;
  return Date.parse(note.updatedAt) > Date.parse(askedAt) + EVENT_TIME_PRECISION_MILLIS;
}

/** Whatever became of the finding since, its closing can be undone: what the ledger holds of it decides. */
function routeToUndo(finding: Finding, askedAt: string | undefined): Route {
  const { control, target, portcullisRemediationId: undoes } = finding;
  if (isUndone(finding) && isNotedSince(finding, askedAt)) {
    return { kind: 'skip', finding, reason: 'Portcullis has undone the closing since it was asked to' };
  }
  if (!control || !target) {
    return cannotUndo(finding, askedAt, finding.problem ?? 'The finding names no resource.');
  }
  // One that names no closing may be about one that is under way: whoever holds the target knows.
  const named = undoes !== undefined && isRemediationId(undoes) ? undoes : undefined;
  return { kind: 'remediate', finding, target, control: control.id, undoes: named };
}

function cannotUndo(finding: Finding, askedAt: string | undefined, why: string): Route {
  return tell(finding, askedAt, toNoteOnly(toProblemUpdate(why)));
}

function problem(
  finding: Finding,
  { action, trigger, askedAt }: Pick<Intake, 'action' | 'trigger' | 'askedAt'>,
  text: string,
): Route {
  if (trigger === 'automatic') return { kind: 'reject', reason: `Finding ${finding.id}: ${text}` };
  const update = toProblemUpdate(text, finding.portcullisRemediationId);
  return tell(finding, askedAt, action === 'preview' ? toNoteOnly(update) : update);
}

/** Once: a message that comes again must not replace what somebody has written since. */
function tell(finding: Finding, askedAt: string | undefined, update: FindingUpdate): Route {
  return isNotedSince(finding, askedAt)
    ? { kind: 'skip', finding, reason: 'Portcullis has answered on the finding since it was asked' }
    : { kind: 'tell', finding, update };
}

/** Ids are unique for one product only. */
export function findingIdentity({ id, productArn }: FindingKey): string {
  return `${productArn}\n${id}`;
}
