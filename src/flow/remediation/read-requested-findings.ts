import type { Finding, FindingKey } from '../../core/findings/finding';
import type { Trigger } from '../../core/ledger/remediation-record';
import { reasonToSkip } from '../../core/policy/reason-to-skip';
import { renderSkipReason } from '../../core/reasons/skip-reasons';
import { targetKey } from '../../core/target';
import { toNothingDoneUpdate } from '../../core/updates/to-nothing-done-update';
import { countOnce } from '../count-once';
import { ACTION_NAMES, findingIdentity, isNotedSince } from '../intake/route-finding';
import { logReplacedNote } from '../updating/log-replaced-note';
import { updateFindings } from '../updating/update-findings';
import type { CloseJob, PreviewJob } from './job';
import type { AnsweredQuestion, RemediationRequest } from '../ports';
import { readShownFindings } from './read-shown-findings';

type Requested = CloseJob | PreviewJob;
type ReadPorts = Parameters<typeof readShownFindings>[1];

/**
 * The requested findings that still need work: they may have changed since, and the ledger's word is not believed
 * either, but for what the dispatcher has read a moment ago when very many came at once. It has seen each of them. Who
 * selected one that needs none any more is answered on it.
 */
export async function readRequestedFindings(job: Requested, ports: ReadPorts): Promise<readonly Finding[]> {
  const keys = job.requests.flatMap(({ findings }) => findings);
  const handedOn = new Map(
    job.requests.flatMap(({ seen }) => (seen ? [[findingIdentity(seen.finding), seen.finding]] : [])),
  );
  const found = keys.every((key) => handedOn.has(findingIdentity(key)))
    ? [...handedOn.values()]
    : await readShownFindings({ keys, seen: keys, isWanted: () => true }, ports);
  const reasons = found.map((finding) => ({ finding, why: reasonForNoWork(finding, job) }));
  for (const { finding, why } of reasons) {
    if (why !== undefined && isUnanswered(finding, job)) await answer(job, finding, why, ports);
  }
  return reasons.flatMap(({ finding, why }) => (why === undefined ? finding : []));
}

function reasonForNoWork(finding: Finding, { target, requests }: Requested): string | undefined {
  if (!finding.control || !finding.target || targetKey(finding.target) !== targetKey(target)) {
    return `the finding is not about ${target.id} any more`;
  }
  const skip = reasonToSkip(finding, triggerOf(finding, requests), answerTo(finding, requests) !== undefined);
  return skip && renderSkipReason(skip);
}

/** A note of ours that is younger than the click is the answer already. */
function isUnanswered(finding: Finding, { requests }: Requested): boolean {
  const wanted = findingIdentity(finding);
  const byPeople = requests.filter(
    ({ trigger, findings }) =>
      trigger === 'custom-action' && findings.some((requested) => findingIdentity(requested) === wanted),
  );
  return byPeople.some(({ chosenAt }) => !isNotedSince(finding, chosenAt));
}

async function answer({ action }: Requested, finding: Finding, why: string, ports: ReadPorts): Promise<void> {
  const update = toNothingDoneUpdate(ACTION_NAMES[action], why, finding);
  logReplacedNote(finding, ports.log);
  const notUpdated = await updateFindings([finding], update, ports, { justRead: [finding] });
  await countOnce('report unanswered finding', [['FindingUpdatesFailed', notUpdated.length]], ports);
  for (const { id: findingId, reason: cause } of notUpdated) {
    ports.log.error('Finding not updated', { findingId, cause });
  }
}

/** The answer to a question about the finding that it is requested by. */
export function answerTo(finding: FindingKey, requests: readonly RemediationRequest[]): AnsweredQuestion | undefined {
  const wanted = findingIdentity(finding);
  for (const request of requests) {
    if (request.action !== 'close' || request.answers === undefined) continue;
    if (request.findings.some((requested) => findingIdentity(requested) === wanted)) return request.answers;
  }
  return undefined;
}

/** A person's request outweighs an automatic one for the same finding. */
export function triggerOf(finding: FindingKey, requests: readonly RemediationRequest[]): Trigger {
  const wanted = findingIdentity(finding);
  const byPerson = requests.some(
    ({ trigger, findings }) =>
      trigger === 'custom-action' && findings.some((requested) => findingIdentity(requested) === wanted),
  );
  return byPerson ? 'custom-action' : 'automatic';
}
