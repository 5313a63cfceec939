import type { RemediationRecord } from '../../core/ledger/remediation-record';
import type { Target } from '../../core/target';
import type { CloseRequest, PreviewRequest, RemediationRequest, UndoRequest } from '../ports';

/** One remediation: all requests that are answered together. */
export type Job = CloseJob | PreviewJob | UndoJob;

export type CloseJob = JobOf<'close', CloseRequest>;

export type PreviewJob = JobOf<'preview', PreviewRequest>;

export interface UndoJob extends JobOf<'undo', UndoRequest> {
  /** The closing to take back. */
  readonly undoes: string;
  readonly confirmed: boolean;
}

interface JobOf<Action, Request> {
  readonly action: Action;
  readonly remediationId: string;
  readonly target: Target;
  readonly requests: readonly [Request, ...Request[]];
}

/**
 * What to do first of all that is requested, undefined when nothing is. Undos come before closings: requests carry no
 * order, and whoever asks for both at once is left with a closed port. Previews come last and show how it ended.
 */
export function nextJob(
  requests: readonly RemediationRequest[],
  target: Target,
  remediationId: string,
): Job | undefined {
  const [undo] = requests.filter(isUndo);
  if (undo) {
    const undoes = undo.remediationId;
    const others = requests.filter(isUndo).filter((each) => each !== undo && each.remediationId === undoes);
    const all = [undo, ...others] as const;
    const confirmed = all.some((each) => each.confirmed);
    return { action: 'undo', remediationId, target, requests: [...all], undoes, confirmed };
  }
  const [close, ...moreToClose] = requests.filter(isClose);
  if (close) return { action: 'close', remediationId, target, requests: [close, ...moreToClose] };
  const [preview, ...morePreviews] = requests.filter(isPreview);
  if (preview) return { action: 'preview', remediationId, target, requests: [preview, ...morePreviews] };
  return undefined;
}

function isUndo(request: RemediationRequest): request is UndoRequest {
  return request.action === 'undo';
}

function isClose(request: RemediationRequest): request is CloseRequest {
  return request.action === 'close';
}

function isPreview(request: RemediationRequest): request is PreviewRequest {
  return request.action === 'preview';
}

/** The record before anything is known: what is told when everything goes wrong. */
export function startRecord(job: Job, startedAt: string): RemediationRecord {
  const { action, remediationId, target, requests } = job;
  const decisive = requests.find(({ trigger }) => trigger === 'custom-action') ?? requests[0];
  return {
    remediationId,
    target,
    action,
    ...(job.action === 'undo' ? { undoes: job.undoes } : {}),
    trigger: decisive.trigger,
    decidedBy: decisive.decidedBy,
    findings: [],
    startedAt,
    outcome: 'running',
    runs: [],
  };
}
