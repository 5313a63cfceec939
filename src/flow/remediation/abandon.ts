import type { FindingKey } from '../../core/findings/finding';
import { because } from '../../core/reasons/because';
import { success } from '../../core/result';
import { targetKey } from '../../core/target';
import { toFindingUpdate } from '../../core/updates/to-finding-update';
import { orFail } from './execution-failure';
import { addToRecord, replaceRecord, type Progress } from './progress';
import type { Job } from './job';
import type { RemediatePorts } from './remediate-target';
import { reportRemediation } from './report-remediation';
import { storeOutcome } from './store-outcome';
import { updateFindings } from '../updating/update-findings';

/**
 * What is left to do when something unexpected ends a remediation: the findings say so, the record keeps what was done,
 * and its requests do not come back. Best effort: whatever fails here is logged, because the error that led
 * here is the one to report.
 */
export async function abandon(job: Job, progress: Progress, error: unknown, ports: RemediatePorts): Promise<void> {
  const { durable, ledger, log } = ports;
  const { target, requests, remediationId } = job;
  const cause = error instanceof Error ? error.message : String(error);
  const why = because({ code: 'ended-unexpectedly', cause });
  const fields = { remediationId, target: targetKey(target) };
  log.error('Remediation abandoned', { ...fields, reason: why.reason });

  try {
    const finishedAt = await orFail(
      durable.step('abandon', () => Promise.resolve(success(ports.clock.now().toISOString()))),
    );
    // What was not verified stays so, whatever came after it.
    const isUnverified = progress.record.outcome === 'not-verified';
    replaceRecord(
      progress,
      isUnverified
        ? { ...progress.record, finishedAt }
        : { ...progress.record, outcome: 'could-not-tell', ...why, finishedAt },
    );
    const keys: readonly FindingKey[] = [...requests.flatMap(({ findings }) => findings), ...progress.record.findings];
    const notUpdated = await updateFindings(keys, toFindingUpdate(progress.record), ports);
    if (notUpdated.length > 0) addToRecord(progress, { notUpdated });
    await reportRemediation(progress, ports);
    await orFail(
      durable.step('store abandoned', async () => {
        const stored = await storeOutcome(progress.record, undefined, ledger);
        // Without a certificate, should that be what cannot be stored: the reason says so.
        if (stored.ok) return success(undefined);
        return stored.error.retryable ? stored : ledger.saveRemediation(progress.record);
      }),
    );
    await orFail(
      durable.step('answer abandoned requests', () =>
        ledger.answerRequests(target, requests, { remediationId }, ports.clock.now()),
      ),
    );
  } catch (second) {
    log.error('Cannot abandon in order', {
      ...fields,
      cause: second instanceof Error ? second.message : String(second),
    });
  }
}
