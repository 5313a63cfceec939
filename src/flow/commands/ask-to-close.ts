import type { Finding } from '../../core/findings/finding';
import { reasonToSkip } from '../../core/policy/reason-to-skip';
import { renderSkipReason } from '../../core/reasons/skip-reasons';
import { targetKey, type Target } from '../../core/target';
import { ask } from './ask';
import type { Caller, CommandAnswer, CommandPorts } from './command';
import type { CloseInput } from './command-input';

/**
 * Has what findings report closed, one request a target. All mistakes are reported at once, and then nothing is begun.
 */
export async function askToClose(
  { askId, findingIds }: CloseInput,
  caller: Caller,
  ports: CommandPorts,
): Promise<CommandAnswer> {
  const found = await ports.hub.fetchFindingsByIds(findingIds);
  if (!found.ok) return { kind: 'failed', reason: found.error.cause };
  const problems = problemsOf(findingIds, found.value);
  if (problems.length > 0) return { kind: 'refused', reason: problems.join('; ') };
  const requests = [];
  for (const { target, findings } of byTarget(found.value)) {
    requests.push(
      await ask(
        target,
        {
          id: `cli-${askId}`,
          action: 'close',
          trigger: 'custom-action',
          decidedBy: `portcullis remediate by ${caller.arn}`,
          findings: findings.map(({ id, productArn }) => ({ id, productArn })),
        },
        ports,
      ),
    );
  }
  return { kind: 'done', body: { requests } };
}

function problemsOf(ids: readonly string[], found: readonly Finding[]): readonly string[] {
  return [
    ...ids
      .filter((id) => !found.some((finding) => finding.id === id))
      .map((id) => `Security Hub knows no finding ${id}`),
    ...found.flatMap((finding) => {
      const problem =
        finding.control && finding.target ? reasonNotToClose(finding) : (finding.problem ?? 'it names no resource');
      return problem === undefined ? [] : [`${finding.id} cannot be closed: ${problem}`];
    }),
  ];
}

function reasonNotToClose(finding: Finding): string | undefined {
  const skip = reasonToSkip(finding, 'custom-action');
  return skip && renderSkipReason(skip);
}

interface FindingsOnTarget {
  readonly target: Target;
  readonly findings: readonly Finding[];
}

function byTarget(findings: readonly Finding[]): readonly FindingsOnTarget[] {
  const groups = new Map<string, { readonly target: Target; readonly findings: Finding[] }>();
  for (const finding of findings) {
    if (!finding.target) continue;
    const key = targetKey(finding.target);
    const group = groups.get(key) ?? { target: finding.target, findings: [] };
    group.findings.push(finding);
    groups.set(key, group);
  }
  return [...groups.values()];
}
