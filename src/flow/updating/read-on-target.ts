import type { Finding } from '../../core/findings/finding';
import { failure, success } from '../../core/result';
import { targetKey } from '../../core/target';
import { TARGETS_PER_READ, type Clock, type Hub, type PortResult, type SharedReads, type WaitingRead } from '../ports';

export interface ReadOnTargetPorts {
  readonly clock: Clock;
  readonly hub: Pick<Hub, 'fetchFindingsOnTarget' | 'fetchFindingsOnTargets'>;
  /** Missing where nobody reads for others. */
  readonly sharedReads?: SharedReads;
}

/** How it stands with the turn of whoever reads. */
export interface InTurn {
  /** From 1 on. */
  readonly attempt: number;
  /** Very many findings came at once, so that nobody tries for themselves alone even once. */
  readonly isBusy: boolean;
}

/**
 * Active findings on a target that nobody has resolved or suppressed, as they were at most half a minute ago. Security
 * Hub allows three such calls a second for a whole organization. Who is throttled says in the ledger that it waits, and
 * of all who wait one a second reads for twenty: for each the wait is short, however many there are.
 *
 * @returns a failure `throttled` while somebody else has the turn: to be tried again a little later
 */
export async function readOnTarget(
  read: WaitingRead,
  { attempt, isBusy }: InTurn,
  ports: ReadOnTargetPorts,
): PortResult<readonly Finding[]> {
  const { clock, hub, sharedReads } = ports;
  const { fetchFindingsOnTargets } = hub;
  if (sharedReads === undefined || fetchFindingsOnTargets === undefined) return hub.fetchFindingsOnTarget(read.target);
  if (attempt === 1 && !isBusy) {
    const found = await hub.fetchFindingsOnTarget(read.target);
    if (!found.ok && found.error.code === 'throttled') await sharedReads.announce(read, clock.now());
    return found;
  }
  const handedOver = await sharedReads.fetchHandedOver(read, clock.now());
  if (handedOver.ok && handedOver.value !== undefined) return success(handedOver.value);
  const turn = await sharedReads.takeTurn(clock.now());
  // A ledger that is out of order is no reason to wait for.
  if (!turn.ok) return hub.fetchFindingsOnTarget(read.target);
  if (turn.value) {
    const found = await readForAll(read, fetchFindingsOnTargets, sharedReads, ports);
    if (found.ok || found.error.code !== 'throttled') return found;
  }
  await sharedReads.announce(read, clock.now());
  const cause = `Findings on ${read.target.id} cannot be read from Security Hub: others are read first`;
  return failure({ code: 'throttled', retryable: true, cause });
}

/** Reads for itself, and for as many others as one call can ask for. */
async function readForAll(
  read: WaitingRead,
  fetchFindingsOnTargets: NonNullable<Hub['fetchFindingsOnTargets']>,
  sharedReads: SharedReads,
  { clock, hub }: ReadOnTargetPorts,
): PortResult<readonly Finding[]> {
  const own = targetKey(read.target);
  const announced = await sharedReads.fetchAnnounced(clock.now());
  const byTarget = new Map((announced.ok ? announced.value : []).map((each) => [targetKey(each.target), each]));
  const others = [...byTarget.values()]
    .filter(({ target }) => targetKey(target) !== own)
    .slice(0, TARGETS_PER_READ - 1);
  const readAt = clock.now();
  const found = await fetchFindingsOnTargets([read.target, ...others.map(({ target }) => target)]);
  if (!found.ok) return found;
  if (found.value === undefined) return hub.fetchFindingsOnTarget(read.target);
  const byKey = new Map<string, Finding[]>();
  for (const finding of found.value) {
    if (finding.target === undefined) continue;
    const key = targetKey(finding.target);
    byKey.set(key, [...(byKey.get(key) ?? []), finding]);
  }
  // Its own word that it waits needs no answer any more, else others would read for it as well.
  const done = (announced.ok ? announced.value : []).filter(
    (each) =>
      targetKey(each.target) === own || others.some(({ target }) => targetKey(target) === targetKey(each.target)),
  );
  // What cannot be handed over is read by whoever waits for it.
  await Promise.all(done.map((each) => sharedReads.handOver(each, byKey.get(targetKey(each.target)) ?? [], readAt)));
  return success(byKey.get(own) ?? []);
}
