import { ageProblem } from '../../core/detection/age-problem';
import type { Change } from '../../core/detection/change';
import { findExposedControls, type ControlStatus } from '../../core/detection/find-exposed-controls';
import { parseChangeEvent } from '../../core/detection/parse-change-event';
import { ownFindingId, toOwnFindings } from '../../core/detection/to-own-findings';
import { parseTargetKey } from '../../core/parse-target-key';
import { partitionOf } from '../../core/partition-of';
import { failure, success, type Result } from '../../core/result';
import type { Place } from '../../core/sweeping/place';
import { targetKey, type Target } from '../../core/target';
import { parseDueMessage } from '../intake/parse-due-message';
import { MessageProblems, toMessageProblem, type MessageProblem } from '../intake/message-problems';
import type { QueueMessage } from '../intake/parse-message';
import { DETECTION_SESSION, type Observation, type PortFailure, type PortResult } from '../ports';
import { WATCH } from '../watching/watch-message';
import { watchTarget } from '../watching/watch-target';
import type { DetectPorts, DetectSettings } from './detect-ports';
import { nameOldMember } from './name-old-member';
import { readAuthorizedPorts } from './read-authorized-ports';
import { findReopened, notifyOfReopening } from './reopened';

/**
 * Reads what CloudTrail says was changed, and re-checks what was closed when that is due. Of an event only the place
 * is believed: the rules as they are in EC2 decide, and a violation becomes a finding of our own in the account that
 * owns the target. What is not understood, or too old, goes to the dead-letter queue with the reason; what did not work
 * this time comes again. Every part of it may be repeated.
 *
 * @returns ids of the messages that must come again.
 */
export async function detect(
  messages: readonly QueueMessage[],
  ports: DetectPorts,
  settings: DetectSettings,
): Promise<readonly string[]> {
  const problems = new MessageProblems('DetectionDenied');
  for (const message of messages) {
    const due = parseDueMessage(message.body);
    if (due?.what === WATCH) {
      const watched = await watchTarget(due.id, ports, settings);
      if (!watched.ok) problems.add(message, await toProblem(watched.error, parseTargetKey(due.id), ports));
      continue;
    }
    const change = readChange(message.body, ports.clock.now(), settings);
    if (!change.ok) {
      problems.add(message, { reason: change.error, deliveries: 1 });
      continue;
    }
    if (isOurOwn(change.value, settings)) {
      ports.log.info('Change is our own', { eventId: change.value.eventId, call: change.value.call });
      continue;
    }
    const targets = await targetsOf(change.value, ports);
    if (!targets.ok) {
      const { account, region } = change.value;
      const place = { partition: partitionOf(region), account, region };
      problems.add(message, await toProblem(targets.error, place, ports));
      continue;
    }
    for (const target of targets.value) {
      const done = await checkTarget(target, change.value, ports, settings);
      if (!done.ok) problems.add(message, await toProblem(done.error, target, ports));
    }
  }
  return problems.conclude(ports);
}

async function toProblem(error: PortFailure, place: Place | undefined, ports: DetectPorts): Promise<MessageProblem> {
  return toMessageProblem(place === undefined ? error : await nameOldMember(error, place, DETECTION_SESSION, ports));
}

function readChange(body: string, now: Date, { regions }: DetectSettings): Result<Change, string> {
  let event: unknown;
  try {
    event = JSON.parse(body);
  } catch {
    return failure('The message is not JSON.');
  }
  const change = parseChangeEvent(event);
  if (!change.ok) return change;
  const { at, region } = change.value;
  const tooOld = ageProblem(at, now);
  if (tooOld !== undefined) return failure(tooOld);
  return regions.includes(region)
    ? change
    : failure(`The event is of ${region}, which is not one of members.regions: ${regions.join(', ')}.`);
}

/** EventBridge leaves these out already; a rule that somebody changed may not. */
function isOurOwn({ account, actor }: Change, { runbookRole }: DetectSettings): boolean {
  return actor.roleArn?.endsWith(`:iam::${account}:role/${runbookRole}`) === true;
}

/** What an event names by its id; else the group of the default VPC that has the name that it gives. */
async function targetsOf(
  { account, region, targets, groupName, eventId }: Change,
  { groups, log }: DetectPorts,
): PortResult<readonly Target[]> {
  const place = { partition: partitionOf(region), account, region };
  if (groupName === undefined) return success(targets.map(({ kind, id }) => ({ kind, ...place, id })));
  const ids = await groups.fetchIds(place, groupName, DETECTION_SESSION);
  if (!ids.ok) return ids;
  if (ids.value.length === 0)
    log.info('Changed target is gone', { target: `${account}/${region}/${groupName}`, eventId });
  return success(ids.value.map((id) => ({ kind: 'security-group' as const, ...place, id })));
}

/** Reads the target, and has Security Hub know what it violates and what it does not violate any more. */
async function checkTarget(
  target: Target,
  change: Change,
  ports: DetectPorts,
  settings: DetectSettings,
): PortResult<void> {
  const { clock, findings, log, targets } = ports;
  const { prefix, controls } = settings;
  const observed = await targets.observe(target, DETECTION_SESSION);
  if (!observed.ok) return observed;
  const held = await holdAgainst(observed.value, target, controls, ports);
  const { statuses } = held;
  const known = await findings.fetchOwn(
    target,
    statuses.map(({ control }) => ownFindingId(prefix, control, target)),
  );
  if (!known.ok) return known;
  const checked = { target, change, statuses, known: known.value };
  const reopened = await findReopened(checked, ports, settings);
  if (!reopened.ok) return reopened;
  // First: what is imported hides from the next attempt that it was RESOLVED.
  const notified = await notifyOfReopening(reopened.value, checked, ports, settings);
  if (!notified.ok) return notified;
  const violated = statuses.flatMap(({ control, violations }) => (violations.length > 0 ? control : []));
  const { controls: again, known: shown, accepted } = reopened.value;
  if (accepted.size > 0)
    log.info('Accepted by whoever suppressed it', { target: targetKey(target), controls: [...accepted] });
  const reported = statuses.filter(({ control, violations }) => violations.length === 0 || !accepted.has(control));
  const lists = toOwnFindings({
    ...checked,
    statuses: reported,
    known: shown,
    prefix,
    reopened: again,
    limit: settings.reopened,
    now: clock.now(),
  });
  for (const list of lists) {
    const imported = await findings.importOwn(target, list);
    if (!imported.ok) return imported;
  }
  const { eventId, call } = change;
  const fields = { target: targetKey(target), eventId, call, violated, imported: lists.flat().length };
  log.info(observed.value.kind === 'gone' ? 'Changed target is gone' : 'Changed target was looked at', fields);
  // All else that the target violates is reported by now.
  return held.unknown === undefined ? success(undefined) : failure(held.unknown);
}

async function holdAgainst(
  observed: Observation,
  target: Target,
  controls: DetectSettings['controls'],
  ports: DetectPorts,
): Promise<{ readonly statuses: readonly ControlStatus[]; readonly unknown?: PortFailure }> {
  if (observed.kind === 'gone') {
    return {
      statuses: controls.map(({ id, parameters }) => ({ control: id, parameters, violations: [], isClear: true })),
    };
  }
  const { resource } = observed;
  const where = { place: target, session: DETECTION_SESSION };
  const { controls: known, ...others } = await readAuthorizedPorts(controls, resource, where, ports);
  return { ...others, statuses: findExposedControls(resource, known) };
}
