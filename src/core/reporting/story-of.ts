import type { ControlId } from '../controls/control-id';
import type { Target } from '../target';
import type { Remediations } from './checks';
import type { ColumnFinding } from './columns/finding-view';
import { timeOf } from './durations';
import { fromFinding, type KnownRemediation } from './known-remediation';
import { checkKey, type LiveExceptions, type StatedException } from './reported-exception';
import type { ReportedRemediation } from './reported-remediation';

/** What only rows with a remediation or an exception have; the others share one that has nothing. */
export interface Story {
  readonly remediation: KnownRemediation | undefined;
  readonly history: readonly ReportedRemediation[];
  readonly closingCount: number;
  readonly undoCount: number;
  readonly firstSeenAt: string | undefined;
  readonly resourceName: string | undefined;
  readonly exception: StatedException | undefined;
  /** Where the latest read found closed what `remediation` had closed before. */
  readonly foundClosedAt: string | undefined;
}

const NO_STORY: Story = {
  remediation: undefined,
  history: [],
  closingCount: 0,
  undoCount: 0,
  firstSeenAt: undefined,
  resourceName: undefined,
  exception: undefined,
  foundClosedAt: undefined,
};

/**
 * What the ledger has about a check, or else what a remediation has written on its findings.
 *
 * @param finding the one of them that says where it stands
 */
export function storyOf(
  check: { readonly control: ControlId; readonly target: Target },
  { closings, undos }: Remediations,
  findings: readonly ColumnFinding[],
  finding: ColumnFinding | undefined,
  exceptions: LiveExceptions,
): Story {
  const { control } = check;
  const exception = exceptions.size === 0 ? undefined : exceptions.get(checkKey(control, check.target));
  if (closings.length + undos.length === 0) {
    const latest = finding && fromFinding(finding);
    const closing = latest?.outcome === 'already-closed' ? closingOnAnother(findings, latest) : undefined;
    if (closing !== undefined) {
      const { remediation, firstSeenAt } = closing;
      return { ...NO_STORY, remediation, firstSeenAt, foundClosedAt: latest?.finishedAt, exception };
    }
    return latest === undefined && exception === undefined ? NO_STORY : { ...NO_STORY, remediation: latest, exception };
  }
  const history = [...closings, ...undos].sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  const latest = history.find(saysWhereItStands);
  const closing = latest?.outcome === 'already-closed' ? closingBefore(history) : undefined;
  const record = closing ?? latest;
  return {
    remediation: record ?? (finding && fromFinding(finding)),
    history,
    closingCount: closings.length,
    undoCount: undos.length,
    firstSeenAt: record?.firstSeenAt[control],
    resourceName: record?.resourceName,
    exception,
    foundClosedAt: closing && latest?.finishedAt,
  };
}

/**
 * The closing that what was found closed goes back to, as far as the ledger knows: Security Hub's own finding comes
 * minutes or hours after what detection found at once, and is about the same opening.
 *
 * @param history the latest first
 */
function closingBefore(history: readonly ReportedRemediation[]): ReportedRemediation | undefined {
  const before = history.find((each) => saysWhereItStands(each) && each.outcome !== 'already-closed');
  return before?.outcome === 'closed' ? before : undefined;
}

/** The same, of what stands on findings alone. */
function closingOnAnother(findings: readonly ColumnFinding[], { finishedAt }: KnownRemediation) {
  for (const each of findings) {
    const remediation = fromFinding(each);
    const isBefore = timeOf(remediation?.finishedAt) <= timeOf(finishedAt);
    if (remediation?.outcome !== 'closed' || each.workflow !== 'RESOLVED' || !isBefore) continue;
    return { remediation, firstSeenAt: each.firstObservedAt };
  }
  return undefined;
}

/** An undo that changed nothing leaves the closing before it as it is. */
function saysWhereItStands({ isUndo, outcome }: ReportedRemediation): boolean {
  return !isUndo || outcome === 'undone' || outcome === 'partly-undone';
}
