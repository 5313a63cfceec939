import { toFindingUpdate } from '../../core/updates/to-finding-update';
import { keepNotes } from '../remediation/keep-notes';
import type { Progress } from '../remediation/progress';
import type { FinalizePorts } from '../remediation/finalize';
import { updateFindings } from '../updating/update-findings';

/** A closing that takes no longer says nothing before it has ended. */
const FIRST_SECONDS = 10;
/** Updates of findings are limited for the whole account, and each makes an event. */
const AGAIN_SECONDS = 30;

/**
 * Says on the findings that a closing is under way, and how much of it is started. Counted are the waits, not the
 * clock: an execution that begins anew must come to the same updates. That nobody is notified is no reason to stop.
 */
export function createProgressNotifier(progress: Progress, ports: FinalizePorts): (seconds: number) => Promise<void> {
  let waited = 0;
  let next = FIRST_SECONDS;
  return async (seconds) => {
    waited += seconds;
    if (waited < next) return;
    next = waited + AGAIN_SECONDS;
    const { record } = progress;
    // With its fields, whatever becomes of it: a finding names the remediation that is under way. Its status stays.
    const update = { ...toFindingUpdate(record), workflow: undefined };
    const notUpdated = await updateFindings(record.findings, update, ports, {
      beforeUpdate: (current) => keepNotes(progress, current, ports),
    });
    if (notUpdated.length === 0) return;
    ports.log.warn('Findings do not say that a closing is under way', {
      remediationId: record.remediationId,
      cause: notUpdated[0]?.reason,
    });
  };
}
