import { fromFinding, type KnownRemediation } from './known-remediation';
import type { ControlId } from '../controls/control-id';
import type { Target } from '../target';
import type { Remediations } from './checks';
import type { ColumnFinding } from './columns/finding-view';
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
}

const NO_STORY: Story = {
  remediation: undefined,
  history: [],
  closingCount: 0,
  undoCount: 0,
  firstSeenAt: undefined,
  resourceName: undefined,
  exception: undefined,
};

/**
 * What is told of a check beside its findings.
 *
 * @param finding the one that tells where it stands
 */
export function storyOf(
  { control, target }: { readonly control: ControlId; readonly target: Target },
  { closings, undos }: Remediations,
  finding: ColumnFinding | undefined,
  exceptions: LiveExceptions,
): Story {
  const exception = exceptions.size === 0 ? undefined : exceptions.get(checkKey(control, target));
  if (closings.length + undos.length === 0) {
    const remediation = finding && fromFinding(finding);
    return remediation === undefined && exception === undefined ? NO_STORY : { ...NO_STORY, remediation, exception };
  }
  const history = [...closings, ...undos].sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  const record = history.find(saysWhereItStands);
  return {
    remediation: record ?? (finding && fromFinding(finding)),
    history,
    closingCount: closings.length,
    undoCount: undos.length,
    firstSeenAt: record?.firstSeenAt[control],
    resourceName: record?.resourceName,
    exception,
  };
}

/** An undo that changed nothing leaves the closing before it as it is. */
function saysWhereItStands({ isUndo, outcome }: ReportedRemediation): boolean {
  return !isUndo || outcome === 'undone' || outcome === 'partly-undone';
}
