import type { RequestedControl } from '../../core/controls/control-id';
import { planClosing } from '../../core/planning/plan-closing';
import type { Policy } from '../../core/policy/policy-entry';
import { because } from '../../core/reasons/because';
import { targetKey } from '../../core/target';
import { describePreview } from '../../core/updates/describe-preview';
import { toFindingUpdate } from '../../core/updates/to-finding-update';
import type { ClosingResult } from '../closing/close-target';
import type { PreviewJob } from '../remediation/job';
import type { Targets } from '../ports';
import { answerWith, addToRecord, type Progress } from '../remediation/progress';
import { observeUse, type UsePorts } from '../running/observe-use';
import { observeWithContext } from '../running/observe-with-context';
import { readRequestedFindings } from '../remediation/read-requested-findings';
import { finish, notifyPeople, type FinalizePorts } from '../remediation/finalize';
import { toRemediated } from '../remediation/to-remediated';

/**
 * Says on the findings what closing them would change. It is recorded like everything that writes on findings, because
 * its note may replace somebody's; but nothing is touched, and the findings keep their status.
 */
export async function previewTarget(
  job: PreviewJob,
  progress: Progress,
  policy: Policy,
  ports: FinalizePorts & UsePorts & { readonly targets: Targets },
): Promise<void> {
  const current = await readRequestedFindings(job, ports);
  if (current.length === 0) {
    ports.log.info('No finding needs a preview any more', { target: targetKey(job.target) });
    answerWith(progress, {
      reason: 'No finding needs a preview any more: each was suppressed, archived or passed meanwhile.',
    });
    return;
  }
  const findings = current.flatMap((finding) => toRemediated(finding) ?? []);
  addToRecord(progress, { findings });
  const controls = current.flatMap(({ control }) => control ?? []);
  await finish(progress, await preview(progress, controls, policy, ports), ports);
  await notifyPeople(progress, [{ findings, update: toFindingUpdate(progress.record) }], ports);
}

async function preview(
  progress: Progress,
  controls: readonly RequestedControl[],
  policy: Policy,
  ports: FinalizePorts & UsePorts & { readonly targets: Targets },
): Promise<ClosingResult> {
  const { target, remediationId } = progress.record;
  const { durable, targets } = ports;
  const observed = await durable.step('observe', () => observeWithContext(progress.record, controls, policy, ports));
  if (!observed.ok) {
    return { outcome: 'previewed', ...because({ code: 'service-failed', cause: observed.error.cause }) };
  }
  if (observed.value.kind === 'gone') return { outcome: 'previewed', ...because({ code: 'resource-gone' }) };
  const { resource, context: seen } = observed.value;
  const attached = await durable.step('read attachments', () => targets.fetchAttachments(target, remediationId));
  const plan = planClosing({ resource, controls, policy, account: target.account });
  const context = seen && (await observeUse({ target, remediationId, resource, plan, context: seen }, policy, ports));
  addToRecord(progress, { plan, ...(context === undefined ? {} : { context }) });
  const preview = describePreview({
    plan,
    resource,
    ...(context === undefined ? {} : { context }),
    attachments: attached.ok ? attached.value : attached.error.cause,
  });
  return { outcome: 'previewed', ...because(...preview) };
}
