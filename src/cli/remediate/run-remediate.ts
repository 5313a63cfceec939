import { randomUUID } from 'node:crypto';
import type { OperatorAdapters } from '../../aws/adapters/operator-adapters';
import type { Finding } from '../../core/findings/finding';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import { reasonToSkip } from '../../core/policy/reason-to-skip';
import { targetKey, type Target } from '../../core/target';
import type { CloseRequest } from '../../flow/ports';
import { startRemediation } from '../../flow/intake/start-remediation';
import { InputError } from '../cli-error';
import { createOperator, orCouldNotTell, type OperatorOptions } from '../operator/operator';
import { renderEnding, throwUnlessDone } from '../operator/report-ending';
import { fetchKnownIds, waitForRemediation } from '../operator/wait-for-remediation';

export interface RunRemediateOptions extends OperatorOptions {
  readonly json?: true;
}

/**
 * Asks the deployment to close what findings report, one remediation a target, and waits for the ends.
 *
 * @throws InputError for findings that are unknown or cannot be closed, before anything is started; CouldNotTellError
 * when an end cannot be known; Error when something was not closed
 */
export async function runRemediate(findingIds: readonly string[], options: RunRemediateOptions): Promise<void> {
  const operator = await createOperator(options);
  const found = await orCouldNotTell(operator.hub.fetchFindingsByIds(findingIds), operator.region);
  const targets = byTarget(checked(findingIds, found));
  const caller = await orCouldNotTell(operator.fetchCaller(), operator.region);
  const records = await Promise.all(targets.map((each) => remediateOne(each, caller, operator)));
  for (const record of records) {
    process.stdout.write(options.json ? `${JSON.stringify(record)}\n` : renderEnding(record));
  }
  throwUnlessDone(records);
}

interface FindingsOnTarget {
  readonly target: Target;
  readonly findings: readonly Finding[];
}

/** All mistakes at once: half of a list that was closed is harder to follow than none. */
function checked(ids: readonly string[], found: readonly Finding[]): readonly Finding[] {
  const problems = [
    ...ids
      .filter((id) => !found.some((finding) => finding.id === id))
      .map((id) => `Security Hub knows no finding ${id}`),
    ...found.flatMap((finding) => {
      const problem =
        finding.control && finding.target
          ? reasonToSkip(finding, 'custom-action')
          : (finding.problem ?? 'it names no resource');
      return problem === undefined ? [] : [`${finding.id} cannot be closed: ${problem}`];
    }),
  ];
  if (problems.length > 0) throw new InputError(problems.join('; '));
  return found;
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

async function remediateOne(
  { target, findings }: FindingsOnTarget,
  caller: string,
  operator: OperatorAdapters,
): Promise<RemediationRecord> {
  const known = await fetchKnownIds(target, operator);
  const ids = new Set(findings.map(({ id }) => id));
  const request: CloseRequest = {
    id: `cli-${randomUUID()}`,
    action: 'close',
    trigger: 'custom-action',
    decidedBy: `portcullis remediate by ${caller}`,
    findings: findings.map(({ id, productArn }) => ({ id, productArn })),
  };
  await orCouldNotTell(startRemediation({ target, requests: [request] }, operator), operator.region);
  const isAnswer = (record: RemediationRecord) =>
    record.action === 'close' && record.findings.some(({ id }) => ids.has(id));
  return waitForRemediation({ target, requestId: request.id, known, isAnswer }, operator);
}
