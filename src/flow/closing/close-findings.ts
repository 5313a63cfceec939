import type { ControlInHand } from '../../core/controls/control-id';
import type { Finding } from '../../core/findings/finding';
import type { PlanPolicy } from '../../core/planning/plan-policy';
import { targetKey } from '../../core/target';
import { closeTarget, type CloseTargetPorts, type Ending } from './close-target';
import { controlsByPerson, forgetGivenBack, readGivenBack } from './given-back';
import type { CloseJob } from '../remediation/job';
import type { Progress } from '../remediation/progress';
import { readRequestedFindings } from '../remediation/read-requested-findings';
import { settleClosing, type SettlePorts } from '../remediation/settle';
import { toRemediated } from '../remediation/to-remediated';

type ClosePorts = CloseTargetPorts & SettlePorts;

/** Closes the target for all findings that were requested by now. */
export async function closeFindings(
  job: CloseJob,
  progress: Progress,
  policy: PlanPolicy,
  ports: ClosePorts,
): Promise<void> {
  const current = await readRequestedFindings(job, ports);
  if (current.length === 0) {
    ports.log.info('No finding needs work any more', { target: targetKey(job.target) });
    return;
  }
  progress.record = { ...progress.record, findings: current.flatMap((finding) => toRemediated(finding) ?? []) };
  await settleClosing(progress, await close(job, progress, current, policy, ports), ports);
}

async function close(
  job: CloseJob,
  progress: Progress,
  findings: readonly Finding[],
  policy: PlanPolicy,
  ports: ClosePorts,
): Promise<Ending> {
  const controls: readonly ControlInHand[] = findings.flatMap(({ control }) => control ?? []);
  const byPerson = controlsByPerson(findings, job);
  const givenBack = await readGivenBack(job, ports);
  // A look-up that fails never widens what is done automatically; it keeps no person from closing.
  const isAutomatic = controls.some(({ id }) => !byPerson.has(id));
  if (!givenBack.ok && isAutomatic) return { outcome: 'asked', reason: givenBack.error.cause };
  const ending = await closeTarget(
    progress,
    {
      controls,
      policy,
      givenBack: givenBack.ok ? givenBack.value : [],
      byPerson,
      onHeld: (held) => {
        postpone(progress, held);
      },
    },
    ports,
  );
  if (byPerson.size > 0) await forgetGivenBack(job.target, givenBack, ending, ports);
  return ending;
}

/** Leaves the findings of controls that a person must decide on to a remediation of their own, which says so. */
function postpone(progress: Progress, held: ReadonlySet<string>): void {
  const { findings } = progress.record;
  const postponed = findings.filter(({ control }) => held.has(control));
  progress.postponed = [...(progress.postponed ?? []), ...postponed];
  progress.record = { ...progress.record, findings: findings.filter((each) => !postponed.includes(each)) };
}
