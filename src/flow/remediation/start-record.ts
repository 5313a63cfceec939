import type { RemediationRecord } from '../../core/ledger/remediation-record';
import type { Job } from './job';

/** The record before anything is known: what people are notified of when everything goes wrong. */
export function startRecord(job: Job, startedAt: string): RemediationRecord {
  const { action, remediationId, target, requests } = job;
  const decisive = requests.find(({ trigger }) => trigger === 'custom-action') ?? requests[0];
  return {
    remediationId,
    target,
    action,
    ...(job.action === 'undo' && job.undoes !== undefined ? { undoes: job.undoes } : {}),
    ...lastChosenAt(job),
    ...answerIn(job),
    trigger: decisive.trigger,
    decidedBy: decisive.decidedBy,
    findings: [],
    startedAt,
    outcome: 'running',
    runs: [],
  };
}

function answerIn(job: Job): Pick<RemediationRecord, 'answer'> {
  if (job.action !== 'close') return {};
  const [answers] = job.requests.flatMap((request) => request.answers ?? []);
  if (answers === undefined) return {};
  const { asked: _, ...answer } = answers;
  return { answer };
}

function lastChosenAt({ requests }: Job): Pick<RemediationRecord, 'chosenAt'> {
  const chosen = requests
    .flatMap(({ trigger, chosenAt, askedAt }) => (trigger === 'custom-action' ? (chosenAt ?? askedAt ?? []) : []))
    .sort()
    .at(-1);
  return chosen === undefined ? {} : { chosenAt: chosen };
}
