import type { Baseline } from '../../core/controls/baseline';
import { BASELINE, type ControlId, type RequestedControl } from '../../core/controls/control-id';
import { acceptedElsewhere } from '../../core/detection/accepted-elsewhere';
import { FOUND_BY_FIELD } from '../../core/detection/actor-fields';
import { isAbout, type ControlStatus } from '../../core/detection/find-exposed-controls';
import { isActive, isOpenStill, type KnownFinding, type OwnFinding } from '../../core/detection/own-finding';
import type { ReopeningLimit } from '../../core/detection/reopenings';
import { ownFindingId } from '../../core/detection/to-own-findings';
import type { Resource } from '../../core/resource';
import { success } from '../../core/result';
import { toSweepFindings } from '../../core/sweeping/findings-of-sweep';
import type { Place } from '../../core/sweeping/place';
import { sweepResource } from '../../core/sweeping/sweep-resource';
import type { Target } from '../../core/target';
import type { Clock, Rechecks, PlaceFindings, PortResult } from '../ports';

export interface Imported {
  readonly imported: number;
  readonly archived: number;
}

export interface ImportSettings {
  readonly prefix: string;
  readonly reopened: ReopeningLimit;
  /** What may not be public beside what the controls say; missing, there is nothing. */
  readonly baseline?: Baseline;
}

export interface ImportRequest {
  readonly place: Place;
  readonly sweepId: string;
  readonly controls: readonly RequestedControl[];
  readonly resources: readonly Resource[];
  /** Ids of targets that are there and cannot be judged. */
  readonly unread: ReadonlySet<string>;
  readonly seenAt: Date;
}

/**
 * Has Security Hub know what a place violates, and what it does not violate any more: findings of ours about targets
 * that are gone pass, too. What is held against nothing there, EC2.18 whose ports are not known, stays as it is; what
 * somebody has suppressed on another finding is not notified anew.
 */
export async function importFindings(
  { place, sweepId, controls, resources, unread, seenAt }: ImportRequest,
  {
    clock,
    findings,
    rechecks,
  }: { readonly clock: Clock; readonly findings: PlaceFindings; readonly rechecks?: Rechecks },
  { prefix, reopened: limit, baseline }: ImportSettings,
): PortResult<Imported> {
  const known = await findings.fetchOwn(place, prefix, sweepId);
  if (!known.ok) return known;
  const byId = new Map(known.value.map((each) => [each.Id, each]));
  const now = clock.now();
  const judged = resources.map((resource) => ({
    resource,
    target: { kind: resource.kind, id: resource.id, ...place },
    ...sweepResource(resource, controls),
  }));
  const isFresh = (control: ControlId, target: Target) => !isOpenStill(byId.get(ownFindingId(prefix, control, target)));
  const isNews = judged.some(({ target, violations }) =>
    violations.some((violation) => violation.controls.some((control) => isFresh(control, target))),
  );
  const suppressed = isNews ? await findings.fetchSuppressed(place, sweepId) : success([]);
  if (!suppressed.ok) return suppressed;
  const toImport: OwnFinding[] = [];
  const add = (target: Target, statuses: readonly ControlStatus[]) => {
    const leaves = rechecks === undefined ? {} : { leavesReopened: true as const };
    toImport.push(
      ...toSweepFindings({ prefix, sweepId, target, statuses, known: byId, limit, seenAt, now, ...leaves }),
    );
  };
  for (const { resource, target, violations, unclear } of judged) {
    const about = controls.filter(({ id }) => isAbout(id, resource));
    const isKnown = about.some(({ id }) => isActive(byId.get(ownFindingId(prefix, id, target))));
    if (violations.length === 0 && !isKnown) continue;
    const ofControl = ({ id, parameters }: RequestedControl): ControlStatus => ({
      control: id,
      parameters,
      violations: violations.filter((violation) => violation.controls.includes(id)),
      isClear: unclear === undefined,
    });
    const accepted = violations.length === 0 ? undefined : acceptedElsewhere(target, suppressed.value, prefix);
    const isReported = ({ control, violations: open }: ControlStatus) =>
      open.length === 0 || accepted?.has(control) !== true || !isFresh(control, target);
    add(target, about.map(ofControl).filter(isReported));
  }
  const there = new Set([...resources.map(({ id }) => id), ...unread]);
  for (const [target, statuses] of goneTargets(known.value, place, prefix, controls, there)) add(target, statuses);
  // What the configuration does not forbid any more holds no more, wherever it was found.
  const former = baseline === undefined ? [{ id: BASELINE, parameters: [] } as const] : [];
  for (const [target, statuses] of goneTargets(known.value, place, prefix, former, new Set())) add(target, statuses);
  const imported = toImport.length === 0 ? success(undefined) : await findings.importOwn(place, toImport, sweepId);
  if (!imported.ok) return imported;
  // What passes only to be NEW again, at the next moment, is none that is archived.
  const failed = new Set(toImport.flatMap((each) => (each.Compliance.Status === 'FAILED' ? each.Id : [])));
  const archived = toImport.filter(({ Id }) => !failed.has(Id)).length;
  // A process that was lost behind its imports has imported these already: they are this sweep's all the same.
  const before = known.value.filter(
    (each) => isActive(each) && each.ProductFields?.[FOUND_BY_FIELD] === sweepId && !failed.has(each.Id),
  );
  return success({ imported: failed.size + before.length, archived });
}

/** Targets that findings of ours are about and that EC2 does not know any more. */
function goneTargets(
  known: readonly KnownFinding[],
  place: Place,
  prefix: string,
  controls: readonly RequestedControl[],
  there: ReadonlySet<string>,
): ReadonlyMap<Target, readonly ControlStatus[]> {
  const gone = new Map<Target, readonly ControlStatus[]>();
  for (const finding of known) {
    if (!isActive(finding)) continue;
    for (const { id: control, parameters } of controls) {
      const [kind, id] = /:(security-group|network-acl)\/([\w-]+)$/.exec(finding.Id)?.slice(1) ?? [];
      if (id === undefined || there.has(id) || (kind !== 'security-group' && kind !== 'network-acl')) continue;
      const target: Target = { kind, id, ...place };
      if (finding.Id !== ownFindingId(prefix, control, target)) continue;
      gone.set(target, [{ control, parameters, violations: [], isClear: true }]);
    }
  }
  return gone;
}
