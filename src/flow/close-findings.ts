import type { PlanPolicy } from '../core/planning/plan-policy';
import { targetKey } from '../core/target';
import { closeTarget, type CloseTargetPorts } from './close-target';
import type { CloseJob } from './job';
import type { Progress } from './progress';
import { readRequestedFindings } from './read-requested-findings';
import { settleClosing, type SettlePorts } from './settle';
import { toRemediated } from './to-remediated';

/** Closes the target for all findings that were requested by now. */
export async function closeFindings(
  job: CloseJob,
  progress: Progress,
  policy: PlanPolicy,
  ports: CloseTargetPorts & SettlePorts,
): Promise<void> {
  const current = await readRequestedFindings(job, ports);
  if (current.length === 0) {
    ports.log.info('No finding needs work any more', { target: targetKey(job.target) });
    return;
  }
  progress.record = { ...progress.record, findings: current.flatMap((finding) => toRemediated(finding) ?? []) };
  const controls = current.flatMap(({ control }) => control ?? []);
  const ending = await closeTarget(progress, controls, policy, ports);
  await settleClosing(progress, ending, ports);
}
