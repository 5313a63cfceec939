import type { ControlId } from '../../core/controls/control-id';
import { acceptedElsewhere } from '../../core/detection/accepted-elsewhere';
import type { Change } from '../../core/detection/change';
import type { ControlStatus } from '../../core/detection/find-exposed-controls';
import { isOpenStill, type KnownFinding } from '../../core/detection/own-finding';
import { whyToAsk, withReopening, type Reopening, type ReopeningLimit } from '../../core/detection/reopenings';
import { hasOpened, ownFindingId, REOPENINGS_FIELD } from '../../core/detection/to-own-findings';
import type { Finding } from '../../core/findings/finding';
import { success } from '../../core/result';
import { targetArn, type Target } from '../../core/target';
import type { Hub, Log, PortResult, ReopeningEvents } from '../ports';
import { isResolvedByUs, notifyReopened } from './notify-reopened';

/** A target that was read after a change. */
export interface CheckedTarget {
  readonly target: Target;
  readonly change: Change;
  readonly statuses: readonly ControlStatus[];
  /** Findings of ours on it, as its account's Security Hub holds them. */
  readonly known: readonly KnownFinding[];
}

/** What we had closed, and the change has opened again. */
export interface Reopened {
  /** With when and by whom, this time included. */
  readonly controls: ReadonlyMap<ControlId, readonly Reopening[]>;
  /** Findings of others that say RESOLVED. */
  readonly findings: readonly Finding[];
  /** Those of ours, as the hub has them where it was asked. */
  readonly known: readonly KnownFinding[];
  /** Controls that somebody has said may be violated there, on a finding that is none of ours. */
  readonly accepted: ReadonlySet<ControlId>;
}

interface ReopenedSettings {
  readonly prefix: string;
  readonly reopened: ReopeningLimit;
}

/**
 * Checks whether findings say RESOLVED, because we had closed what they are about, while it is open again. The hub is
 * asked only where something is open that nobody was notified of yet, or that the change has just opened: it answers
 * few calls a second. What we have updated there its members' Security Hubs may show minutes later.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html
 */
export async function findReopened(
  { target, change, statuses, known }: CheckedTarget,
  { hub }: { readonly hub: Pick<Hub, 'fetchResolvedOrSuppressed'> },
  { prefix, reopened: limit }: ReopenedSettings,
): PortResult<Reopened> {
  const ofControl = (control: ControlId) => known.find(({ Id }) => Id === ownFindingId(prefix, control, target));
  const fresh = statuses.filter(
    (status) => status.violations.length > 0 && (!isOpenStill(ofControl(status.control)) || hasOpened(change, status)),
  );
  if (fresh.length === 0) return success({ controls: new Map(), findings: [], known, accepted: new Set() });
  const handled = await hub.fetchResolvedOrSuppressed(target);
  if (!handled.ok) return handled;
  const accepted = acceptedElsewhere(target, handled.value, prefix);
  const resolved = handled.value.filter(({ workflow }) => workflow === 'RESOLVED');
  const ours = new Set(known.map(({ Id }) => Id));
  const findings = resolved.filter(
    (finding) =>
      !ours.has(finding.id) &&
      finding.compliance === 'FAILED' &&
      fresh.some(({ control }) => control === finding.control?.id && !accepted.has(control)) &&
      isResolvedByUs({ outcome: finding.portcullisOutcome, notedAt: finding.note?.updatedAt }, change),
  );
  const shown = known.map((each) => asInHub(each, resolved));
  const controls = fresh.flatMap(({ control }) => {
    const own = shown.find(({ Id }) => Id === ownFindingId(prefix, control, target));
    const isReopened = isOwnReopened(own, change) || findings.some((finding) => finding.control?.id === control);
    return isReopened && !accepted.has(control)
      ? [[control, withReopening(own?.ProductFields?.[REOPENINGS_FIELD], change, limit)] as const]
      : [];
  });
  return success({ controls: new Map(controls), findings, known: shown, accepted });
}

/** A finding of ours that the hub says is RESOLVED is so, whatever its account still shows. */
function asInHub(own: KnownFinding, resolved: readonly Finding[]): KnownFinding {
  if (!isOpenStill(own)) return own;
  const there = resolved.find(({ id, compliance }) => id === own.Id && compliance === 'FAILED');
  if (there === undefined) return own;
  const { portcullisOutcome, note } = there;
  return {
    ...own,
    Workflow: { Status: 'RESOLVED' },
    UserDefinedFields: portcullisOutcome === undefined ? {} : { PortcullisOutcome: portcullisOutcome },
    Note: { UpdatedAt: note?.updatedAt },
  };
}

/**
 * Also of one that has passed since and is archived, as by a change of the target that opened nothing: who opens, is
 * closed, changes something else and opens again would be closed without end.
 */
function isOwnReopened(own: KnownFinding | undefined, change: Change): boolean {
  const workflow = own?.Workflow?.Status;
  const outcome = own?.UserDefinedFields?.['PortcullisOutcome'];
  const notedAt = own?.Note?.UpdatedAt;
  if (isOpenStill(own) || workflow === 'SUPPRESSED') return false;
  return isResolvedByUs({ outcome, notedAt }, change);
}

/** Updates findings of others, and the bus. Those of ours are updated by what is imported. */
export async function notifyOfReopening(
  { controls, findings }: Pick<Reopened, 'controls' | 'findings'>,
  { target, change }: CheckedTarget,
  ports: { readonly hub: Pick<Hub, 'updateFindings'>; readonly events: ReopeningEvents; readonly log: Log },
  { reopened: limit }: ReopenedSettings,
): PortResult<void> {
  if (controls.size === 0) return success(undefined);
  const longest = [...controls.values()].reduce((most, each) => (each.length > most.length ? each : most));
  const why = whyToAsk(longest, limit);
  const notified = await notifyReopened(findings, change, why, ports.hub);
  if (!notified.ok) return notified;
  const { actor, call, at, eventId } = change;
  const { sourceIp, userAgent, arn: reopenedBy } = actor;
  ports.log.warn('Opened again after it was closed', { target: targetArn(target), reopenedBy, times: longest.length });
  return ports.events.publish({
    detailType: 'Ingress Reopened',
    detail: {
      target: { ...target, arn: targetArn(target) },
      controls: [...controls.keys()],
      ...{ reopenedBy, sourceIp, userAgent, call, at, eventId },
      times: longest.length,
      ...(why === undefined ? {} : { asked: why }),
    },
  });
}
