import type { ControlId } from '../../core/controls/control-id';
import { ownProductArn } from '../../core/detection/to-own-findings';
import type { Finding, FindingKey } from '../../core/findings/finding';
import { isFromSecurityHub } from '../../core/findings/is-from-security-hub';
import { isRemediationId } from '../../core/ledger/remediation-id';
import { isLifted } from '../../core/exceptions/is-lifted';
import { hoursOver } from '../../core/policy/is-overdue';
import { isUndone, reasonToSkip } from '../../core/policy/reason-to-skip';
import { questionIdOf } from '../../core/questions/question';
import type { RemediationOutcome } from '../../core/ledger/remediation-record';
import { renderSkipReason } from '../../core/reasons/skip-reasons';
import type { Target } from '../../core/target';
import type { FindingUpdate } from '../../core/updates/finding-update';
import { composeNote } from '../../core/updates/compose-note';
import { toDecisionNeededUpdate } from '../../core/updates/to-decision-needed-update';
import { toNothingDoneUpdate } from '../../core/updates/to-nothing-done-update';
import { toNoteOnly } from '../../core/updates/to-note-only';
import { toOverdueUpdate } from '../../core/updates/to-overdue-update';
import { toProblemUpdate } from '../../core/updates/to-problem-update';
import type { InboundMessage } from './parse-message';
import { NOTE_AUTHOR } from '../ports';

/** Where one finding of an event goes. */
export type Route =
  | {
      readonly kind: 'remediate';
      readonly finding: Finding;
      readonly target: Target;
      /** Undefined for an isolation and its undo: any product's finding will do. */
      readonly control: ControlId | undefined;
      /** The closing to undo, where the finding names one; undefined for everything else. */
      readonly undoes: string | undefined;
      /** Somebody took it out of SUPPRESSED, where an exception had put it: that exception ends, and nothing else. */
      readonly lifts?: true;
    }
  | { readonly kind: 'skip'; readonly finding: FindingKey; readonly reason: string }
  /** A question is about it that nobody has to answer any more: that may end. */
  | { readonly kind: 'resolved'; readonly finding: FindingKey; readonly questionId: string; readonly reason: string }
  /** A person asked for what cannot be done: the finding itself says so. */
  | { readonly kind: 'update'; readonly finding: Finding; readonly update: FindingUpdate }
  /** Forged, or not here yet. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** Nobody is there to be notified: the event goes to the dead-letter queue. */
  | { readonly kind: 'reject'; readonly reason: string };

type Asked = Pick<InboundMessage, 'action' | 'actionName' | 'trigger' | 'askedAt' | 'message'>;

/**
 * What an event asks for is held against the finding as it is now, however late the event comes: of an imported one
 * nothing but the key counts, and a click that is too old is answered and not carried out.
 *
 * @param known findings as Security Hub holds them now, by {@link findingIdentity}
 */
export function routeFinding(
  key: FindingKey,
  known: ReadonlyMap<string, Finding>,
  asked: Asked,
  automaticControls: readonly string[],
  now: Date,
): Route {
  const { action, trigger, askedAt } = asked;
  const finding = known.get(findingIdentity(key));
  if (!finding)
    return {
      kind: 'unknown',
      reason: `Security Hub has no finding ${key.id} of ${key.productArn} that can be understood.`,
    };
  const hours = trigger === 'custom-action' ? hoursOver(action, askedAt, now) : undefined;
  if (hours !== undefined && askedAt !== undefined) {
    return updateOnly(finding, asked, toOverdueUpdate(nameOf(asked), askedAt, hours));
  }
  if (action === 'isolate') return routeToIsolate(finding, asked);
  if (action === 'undo') return isAboutIsolation(finding) ? undoIsolation(finding, asked) : routeToUndo(finding, asked);
  if (action === 'accept') return routeToAccept(finding, asked);
  if (trigger === 'automatic' && isLifted(finding) && finding.control && finding.target) {
    return {
      kind: 'remediate',
      finding,
      target: finding.target,
      control: finding.control.id,
      undoes: undefined,
      lifts: true,
    };
  }
  const skip = reasonToSkip(finding, trigger);
  if (skip !== undefined) {
    const reason = renderSkipReason(skip);
    const questionId = questionEndedBy(finding);
    if (trigger === 'automatic' && questionId !== undefined) return { kind: 'resolved', finding, questionId, reason };
    if (trigger === 'automatic') return { kind: 'skip', finding, reason };
    return updateOnly(finding, asked, toNothingDoneUpdate(nameOf(asked), reason, finding));
  }
  if (isAnsweredSince(finding, askedAt)) {
    return { kind: 'skip', finding, reason: 'Portcullis has resolved the finding since it was asked for' };
  }
  const { control, target } = finding;
  if (!control || !target) return problem(finding, asked, finding.problem ?? 'The finding names no resource to close.');
  if (trigger === 'automatic' && !automaticControls.includes(control.id)) {
    return { kind: 'skip', finding, reason: `${control.id} is not closed automatically at this moment` };
  }
  // Of the account's own product, where ours are, whoever holds the target reads them anew.
  const isBelieved = isFromSecurityHub(finding) || finding.productArn === ownProductArn(target);
  if (trigger === 'automatic' && control.parameters.length > 0 && !isBelieved) {
    const why = `The parameters of ${control.id} on this finding are ${finding.productArn}'s, not Security Hub's own: only a person has it closed by them, by Close ingress.`;
    return updateOnly(finding, asked, toDecisionNeededUpdate(why));
  }
  if (trigger === 'automatic' && finding.keepsReopening !== undefined) {
    return updateOnly(
      finding,
      asked,
      toDecisionNeededUpdate(`${finding.keepsReopening} Choose Close ingress to close it again.`),
    );
  }
  return { kind: 'remediate', finding, target, control: control.id, undoes: undefined };
}

/** The question that a finding was asked about by, where it needs no answer any more, whoever has seen to that. */
function questionEndedBy(finding: Finding): string | undefined {
  const { portcullisOutcome, portcullisRemediationId: asked, workflow } = finding;
  if (portcullisOutcome !== 'asked' || asked === undefined || !isRemediationId(asked)) return undefined;
  const isResolved = workflow === 'RESOLVED' || reasonToSkip(finding, 'custom-action') !== undefined;
  return isResolved ? questionIdOf(asked) : undefined;
}

/** An event's time is truncated to the second. */
const EVENT_TIME_PRECISION_MILLIS = 1000;

/**
 * Messages come twice now and then, also long after the first has been answered. A finding that we have resolved since
 * it was asked for keeps its note, which says what was revoked.
 */
function isAnsweredSince(finding: Finding, askedAt: string | undefined): boolean {
  return finding.workflow === 'RESOLVED' && isNotedSince(finding, askedAt);
}

/** Whether we have written on a finding after a moment; unknown moments are not over. */
export function isNotedSince({ note }: Finding, askedAt: string | undefined): boolean {
  return note?.updatedBy === NOTE_AUTHOR && isWrittenSince(note.updatedAt, askedAt);
}

function isWrittenSince(updatedAt: string, askedAt: string | undefined): boolean {
  return askedAt !== undefined && Date.parse(updatedAt) > Date.parse(askedAt) + EVENT_TIME_PRECISION_MILLIS;
}

/** Whatever became of the finding since, its closing can be undone: what the ledger holds of it decides. */
function routeToUndo(finding: Finding, asked: Asked): Route {
  const { askedAt } = asked;
  const { control, target, portcullisRemediationId: undoes } = finding;
  if (isUndone(finding) && isNotedSince(finding, askedAt)) {
    return { kind: 'skip', finding, reason: 'Portcullis has undone the closing since it was asked to' };
  }
  if (!control || !target) {
    return cannotDo(finding, asked, finding.problem ?? 'The finding names no resource.');
  }
  // One that names no closing may be about one that is under way: whoever holds the target knows.
  const named = undoes !== undefined && isRemediationId(undoes) ? undoes : undefined;
  return { kind: 'remediate', finding, target, control: control.id, undoes: named };
}

/** Whatever its status: somebody wants its instance isolated. */
function routeToIsolate(finding: Finding, asked: Asked): Route {
  const { isolable: target, account } = finding;
  if (target !== undefined) return { kind: 'remediate', finding, target, control: undefined, undoes: undefined };
  const about = finding.target === undefined ? '' : ` It is about ${finding.target.id}.`;
  const why = `Isolate is for findings about an instance or a network interface, and this one names none of account ${account}.${about}`;
  return cannotDo(finding, asked, why);
}

const ISOLATION_OUTCOMES: readonly (string | undefined)[] = [
  'isolated',
  'already-isolated',
  'partly-isolated',
] satisfies RemediationOutcome[];

/** A finding that names a closable target means that, unless an isolation was the last that was done by it. */
function isAboutIsolation({ isolable, control, target, portcullisOutcome }: Finding): boolean {
  if (isolable === undefined) return false;
  return ISOLATION_OUTCOMES.includes(portcullisOutcome) || control === undefined || target === undefined;
}

function undoIsolation(finding: Finding, asked: Asked): Route {
  const { isolable, portcullisRemediationId: undoes } = finding;
  if (isolable === undefined) return routeToUndo(finding, asked);
  if (isUndone(finding) && isNotedSince(finding, asked.askedAt)) {
    return { kind: 'skip', finding, reason: 'Portcullis has undone the isolation since it was asked to' };
  }
  const named = undoes !== undefined && isRemediationId(undoes) ? undoes : undefined;
  return { kind: 'remediate', finding, target: isolable, control: undefined, undoes: named };
}

/** What of it can be accepted the target itself says, whatever became of the finding since. */
function routeToAccept(finding: Finding, asked: Asked): Route {
  const { control, target } = finding;
  if (!control || !target) return problem(finding, asked, finding.problem ?? 'The finding names no resource.');
  return { kind: 'remediate', finding, target, control: control.id, undoes: undefined };
}

function cannotDo(finding: Finding, asked: Asked, why: string): Route {
  return updateOnly(finding, asked, toNoteOnly(toProblemUpdate({ asked: nameOf(asked), problem: why })));
}

function problem(finding: Finding, asked: Asked, text: string): Route {
  const { action, trigger } = asked;
  if (trigger === 'automatic') return { kind: 'reject', reason: `Finding ${finding.id}: ${text}` };
  const { portcullisRemediationId: remediationId } = finding;
  const update = toProblemUpdate({
    asked: nameOf(asked),
    problem: text,
    ...(remediationId === undefined ? {} : { remediationId }),
  });
  // The status of what is none of ours is not ours to take back.
  const isOurs = finding.control !== undefined || finding.workflow === 'NEW';
  return updateOnly(finding, asked, action === 'preview' || !isOurs ? toNoteOnly(update) : update);
}

/**
 * Once: a message that comes again must not replace what somebody has written since. One that comes for the first time
 * is answered, and what somebody has written between the click and the answer stays behind it.
 */
function updateOnly(finding: Finding, { askedAt, message }: Asked, update: FindingUpdate): Route {
  if (isNotedSince(finding, askedAt)) {
    return { kind: 'skip', finding, reason: 'Portcullis has answered on the finding since it was asked' };
  }
  const { note } = finding;
  if (note === undefined || !isWrittenSince(note.updatedAt, askedAt)) return { kind: 'update', finding, update };
  if (message.deliveries > 1) {
    return { kind: 'skip', finding, reason: `${note.updatedBy} has written on the finding since it was asked` };
  }
  const kept = composeNote(update.note, `Note of ${note.updatedBy}: ${note.text}`);
  return { kind: 'update', finding, update: { ...update, note: kept } };
}

/** Of our custom actions, where an event does not say what a person chose. */
export const ACTION_NAMES = {
  close: 'Close ingress',
  preview: 'Preview closing',
  undo: 'Undo closing',
  accept: 'Accept risk',
  isolate: 'Isolate',
} as const;

function nameOf({ action, actionName }: Asked): string {
  return actionName === undefined || actionName === '' ? ACTION_NAMES[action] : actionName.slice(0, 20);
}

/** Ids are unique for one product only. */
export function findingIdentity({ id, productArn }: FindingKey): string {
  return `${productArn}\n${id}`;
}
