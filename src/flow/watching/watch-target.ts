import type { ControlId } from '../../core/controls/control-id';
import { acceptedElsewhere } from '../../core/detection/accepted-elsewhere';
import { WATCHED_CALLS, type Change } from '../../core/detection/change';
import { findExposedControl, type ControlStatus } from '../../core/detection/find-exposed-controls';
import { withReopening } from '../../core/detection/reopenings';
import { ownFindingId, ownProductArn, REOPENINGS_FIELD, toOwnFindings } from '../../core/detection/to-own-findings';
import type { Finding } from '../../core/findings/finding';
import { parseTargetKey } from '../../core/parse-target-key';
import { planClosing } from '../../core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY } from '../../core/planning/plan-policy';
import { failure, success } from '../../core/result';
import type { Resource } from '../../core/resource';
import { targetKey, type Target } from '../../core/target';
import { isResolvedByUs } from '../detecting/notify-reopened';
import { notifyOfReopening } from '../detecting/reopened';
import type { DetectPorts, DetectSettings } from '../detecting/detect-ports';
import { DETECTION_SESSION, type PortResult } from '../ports';

/** A finding that says RESOLVED because we had closed what it is about, and how its control stands. */
interface Watched {
  readonly finding: Finding;
  readonly status: ControlStatus;
}

/**
 * Re-checks a target that we had closed, with nobody having said that it changed. Where it is open, findings that
 * say RESOLVED because of us are NEW, with who opened it where CloudTrail shows that, and this counts as opened again;
 * nothing else that is open there is touched, nor what somebody has suppressed on another finding. It may be repeated:
 * what is NEW already is not RESOLVED any more.
 *
 * @param id of what is due, the target's key
 */
export async function watchTarget(id: string, ports: DetectPorts, settings: DetectSettings): PortResult<void> {
  const target = parseTargetKey(id);
  if (target === undefined || !settings.regions.includes(target.region)) {
    const cause = `"${id.slice(0, 80)}" names no target in one of members.regions.`;
    return failure({ code: 'invalid', retryable: false, cause });
  }
  // Before anything is read: who closes it later is right.
  const seenAt = ports.clock.now();
  const resolved = await ports.hub.fetchResolvedOrSuppressed(target);
  if (!resolved.ok) return resolved;
  const accepted = acceptedElsewhere(target, resolved.value, settings.prefix);
  const ours = resolved.value.filter(
    (finding) =>
      finding.workflow === 'RESOLVED' &&
      finding.compliance === 'FAILED' &&
      finding.control !== undefined &&
      !accepted.has(finding.control.id) &&
      isResolvedByUs(
        { outcome: finding.portcullisOutcome, notedAt: finding.note?.updatedAt },
        { at: seenAt.toISOString() },
      ),
  );
  if (ours.length === 0) return done(target, 'no finding on it says RESOLVED because of us', ports);
  const observed = await ports.targets.observe(target, DETECTION_SESSION);
  if (!observed.ok) return observed;
  if (observed.value.kind === 'gone') return done(target, 'it is gone', ports);
  const { resource } = observed.value;
  const watched = ours.flatMap((finding): Watched | readonly [] =>
    finding.control === undefined ? [] : { finding, status: findExposedControl(resource, finding.control) },
  );
  const open = watched.filter(({ status }) => status.violations.length > 0);
  if (open.length === 0) return done(target, 'it is closed still', ports);
  const change = await toChange(target, resource, open, seenAt, ports);
  return reportOpen(target, open, change, ports, settings);
}

function done(target: Target, why: string, { log }: DetectPorts): Awaited<PortResult<void>> {
  log.info('What was closed was looked at again', { target: targetKey(target), result: why });
  return success(undefined);
}

/** Who did it, where CloudTrail shows a call since; else that a re-check found it so. */
async function toChange(
  target: Target,
  resource: Resource,
  open: readonly Watched[],
  seenAt: Date,
  { openers, log }: DetectPorts,
): Promise<Change> {
  const { account, region, kind, id } = target;
  const common = { account, region, targets: [{ kind, id }] };
  const controls = open.flatMap(({ finding }) => finding.control ?? []);
  const plan = planClosing({ resource, controls, policy: DEFAULT_PLAN_POLICY });
  const opening = await openers?.fetchOpening(target, resource, plan);
  if (opening?.ok === false) log.warn('Who opened it again is not known', { cause: opening.error.cause });
  const call = opening?.ok === true ? opening.value : undefined;
  const name = WATCHED_CALLS.find((each) => each === call?.call);
  const isSince = open.every(({ finding }) => isBefore(finding, call?.at));
  if (call !== undefined && name !== undefined && isSince) {
    const { eventId, at, actor, sets } = call;
    return { ...common, eventId, call: name, at, actor, rules: sets.flatMap((set) => set.id ?? []) };
  }
  const actor = { arn: 'unknown', sourceIp: 'unknown', userAgent: 'unknown' };
  return { ...common, eventId: 'watch', call: 'watch', at: seenAt.toISOString(), actor, rules: [] };
}

function isBefore({ note }: Finding, at: string | undefined): boolean {
  return at !== undefined && isResolvedByUs({ outcome: 'closed', notedAt: note?.updatedAt }, { at });
}

async function reportOpen(
  target: Target,
  open: readonly Watched[],
  change: Change,
  ports: DetectPorts,
  settings: DetectSettings,
): PortResult<void> {
  const { prefix, reopened: limit } = settings;
  const statuses = [...new Map(open.map(({ status }) => [status.control, status])).values()];
  const ids = statuses.map(({ control }) => ownFindingId(prefix, control, target));
  const known = await ports.findings.fetchOwn(target, ids);
  if (!known.ok) return known;
  const fieldOf = (control: ControlId) =>
    known.value.find(({ Id }) => Id === ownFindingId(prefix, control, target))?.ProductFields?.[REOPENINGS_FIELD];
  const controls = new Map(
    statuses.map(({ control }) => [control, withReopening(fieldOf(control), change, limit)] as const),
  );
  const own = new Set(ids);
  const isOwn = ({ id, productArn }: Finding) => own.has(id) && productArn === ownProductArn(target);
  const findings = open.flatMap(({ finding }) => (isOwn(finding) ? [] : finding));
  const checked = { target, change, statuses, known: known.value };
  // First: what is imported hides from the next attempt that it was RESOLVED.
  const notified = await notifyOfReopening({ controls, findings }, checked, ports, settings);
  if (!notified.ok) return notified;
  const now = ports.clock.now();
  const lists = toOwnFindings({ ...checked, prefix, reopened: controls, limit, now });
  for (const list of lists) {
    const imported = await ports.findings.importOwn(target, list);
    if (!imported.ok) return imported;
  }
  return success(undefined);
}
