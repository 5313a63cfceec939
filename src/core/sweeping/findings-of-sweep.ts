import type { ControlId } from '../controls/control-id';
import { isClosedOutcome } from '../detection/closed-outcomes';
import type { Change } from '../detection/change';
import type { ControlStatus } from '../detection/find-exposed-controls';
import { isActive, type KnownFinding, type OwnFinding } from '../detection/own-finding';
import { withReopening, type Reopening, type ReopeningLimit } from '../detection/reopenings';
import { ownFindingId, REOPENINGS_FIELD, toOwnFindings } from '../detection/to-own-findings';
import { readParameterFields } from '../findings/parameters-field';
import type { Target } from '../target';

export interface SweepFindingsRequest {
  readonly prefix: string;
  readonly sweepId: string;
  readonly target: Target;
  readonly statuses: readonly ControlStatus[];
  /** Those of ours in the place, by their ids. */
  readonly known: ReadonlyMap<string, KnownFinding>;
  readonly limit: ReopeningLimit;
  /** A moment before the target was read: who closed it later is right. */
  readonly seenAt: Date;
  readonly now: Date;
  /** Somebody else re-checks what was closed and is open again: here it stays as it is. */
  readonly leavesReopened?: true;
}

/**
 * What is to be imported into Security Hub of a target after a sweep: nothing that it has already. What we had closed
 * before it was seen open is NEW again; what a person has RESOLVED over an open port stays so.
 */
export function toSweepFindings(request: SweepFindingsRequest): readonly OwnFinding[] {
  const { prefix, sweepId, target, known, limit, seenAt, now } = request;
  const knownOf = (control: ControlId) => known.get(ownFindingId(prefix, control, target));
  const at = seenAt.toISOString();
  const actor = { arn: 'unknown', sourceIp: 'unknown', userAgent: 'unknown' };
  const { account, region } = target;
  const change: Change = { eventId: sweepId, call: 'sweep', account, region, at, actor, targets: [], rules: [] };
  const reopened = new Map<ControlId, readonly Reopening[]>();
  for (const { control, violations } of request.statuses) {
    const own = knownOf(control);
    if (violations.length === 0 || request.leavesReopened === true || !isReopened(own, seenAt)) continue;
    reopened.set(control, withReopening(own?.ProductFields?.[REOPENINGS_FIELD], change, limit));
  }
  const statuses = request.statuses.filter(({ control, violations }) => {
    const own = knownOf(control);
    return violations.length === 0 || !isResolved(own) || reopened.has(control);
  });
  const ofTarget = statuses.flatMap(({ control }) => knownOf(control) ?? []);
  const lists = toOwnFindings({ prefix, target, change, statuses, known: ofTarget, reopened, limit, now });
  return lists.flat().filter((finding) => !isImported(known.get(finding.Id), finding));
}

function isResolved(own: KnownFinding | undefined): boolean {
  return isActive(own) && own.Workflow?.Status === 'RESOLVED';
}

function isReopened(own: KnownFinding | undefined, seenAt: Date): boolean {
  if (!isActive(own) || !isResolved(own)) return false;
  const outcome = own.UserDefinedFields?.['PortcullisOutcome'];
  return isClosedOutcome(outcome) && Date.parse(own.Note?.UpdatedAt ?? '') < seenAt.getTime();
}

/** A finding that is to be set NEW passes first: that one differs from what is known, and so does the next. */
function isImported(known: KnownFinding | undefined, finding: OwnFinding): boolean {
  if (known === undefined || isResolved(known)) return false;
  return (
    known.RecordState === finding.RecordState &&
    known.Compliance?.Status === finding.Compliance.Status &&
    JSON.stringify(readParameterFields(known.ProductFields)) ===
      JSON.stringify(readParameterFields(finding.ProductFields)) &&
    known.Description === finding.Description
  );
}
