import type { RemediationRecord } from '../../core/ledger/remediation-record';
import type { Target } from '../../core/target';
import { isUndoOf } from '../undoing/is-undo-of';
import type {
  AcceptRequest,
  CloseRequest,
  ContextRequest,
  EndExceptionRequest,
  EndGrantRequest,
  GrantRequest,
  IsolateRequest,
  PreviewRequest,
  RemediationRequest,
  UndoRequest,
} from '../ports';

/** One remediation: all requests that are answered together. */
export type Job =
  CloseJob | PreviewJob | UndoJob | ContextJob | AcceptJob | EndExceptionJob | GrantJob | EndGrantJob | IsolateJob;

export type CloseJob = JobOf<'close', CloseRequest>;

type ContextJob = JobOf<'context', ContextRequest>;

export type AcceptJob = JobOf<'accept', AcceptRequest>;

export type EndExceptionJob = JobOf<'end-exception', EndExceptionRequest>;

export type GrantJob = JobOf<'grant', GrantRequest>;

export type EndGrantJob = JobOf<'end-grant', EndGrantRequest>;

export type IsolateJob = JobOf<'isolate', IsolateRequest>;

export type PreviewJob = JobOf<'preview', PreviewRequest>;

export interface UndoJob extends JobOf<'undo', UndoRequest> {
  /** The closing to take back; missing where the findings name none. */
  readonly undoes?: string;
  readonly confirmed: boolean;
}

interface JobOf<Action, Request> {
  readonly action: Action;
  readonly remediationId: string;
  readonly target: Target;
  readonly requests: readonly [Request, ...Request[]];
}

/**
 * What to do first of all that is requested, undefined when nothing is. Undos come before closings that nobody can say
 * were asked for before them: who asks for both at once is left with a closed port. A closing that an undo takes back
 * before it has begun comes first: it plans, stops before it touches anything, and so it is known what is left open.
 * Exceptions end before anything is closed, and are made before anything is closed by itself.
 * What was granted is taken away before that, and something is granted only once nothing is left to be closed.
 * Previews come last and show how it ended.
 */
export function nextJob(
  requests: readonly RemediationRequest[],
  target: Target,
  remediationId: string,
  now: Date,
): Job | undefined {
  const undos = requests.filter(isUndo);
  const closes = requests.filter(isClose);
  const [takenBack, ...alsoTakenBack] = closes.filter((close) =>
    undos.some((undo) => isUndoOf(undo, { requests: [close] }, now)),
  );
  if (takenBack) return { action: 'close', remediationId, target, requests: [takenBack, ...alsoTakenBack] };
  const isolation = firstIsolation(requests, target, remediationId, undos[0]);
  if (isolation) return isolation;
  const [undo, ...moreUndos] = undos;
  if (undo) return toUndoJob(undo, moreUndos, target, remediationId);
  const endOfGrant = requests.find(isEndGrant);
  if (endOfGrant) return { action: 'end-grant', remediationId, target, requests: [endOfGrant] };
  const end = requests.find(isEndException);
  if (end) return { action: 'end-exception', remediationId, target, requests: [end] };
  const accept = requests.find(isAccept);
  if (accept && !closes.some(({ trigger }) => trigger === 'custom-action'))
    return { action: 'accept', remediationId, target, requests: [accept] };
  const [close, ...moreToClose] = closes;
  if (close) return { action: 'close', remediationId, target, requests: [close, ...moreToClose] };
  const grant = requests.find(isGrant);
  if (grant) return { action: 'grant', remediationId, target, requests: [grant] };
  const [preview, ...morePreviews] = requests.filter(isPreview);
  if (preview) return { action: 'preview', remediationId, target, requests: [preview, ...morePreviews] };
  const [context, ...moreContexts] = requests.filter(isContext);
  if (context) return { action: 'context', remediationId, target, requests: [context, ...moreContexts] };
  return undefined;
}

/**
 * Who isolates and undoes at once is left with what he asked for last; where that is not known, with the isolation.
 */
function firstIsolation(
  requests: readonly RemediationRequest[],
  target: Target,
  remediationId: string,
  undo: UndoRequest | undefined,
): IsolateJob | undefined {
  const before = (request: IsolateRequest) => undo === undefined || timeOf(request) < timeOf(undo);
  const [isolate, ...more] = requests.filter(isIsolate).filter(before);
  return isolate && { action: 'isolate', remediationId, target, requests: [isolate, ...more] };
}

/** NaN, which is before nothing, where it is not known. */
function timeOf({ chosenAt, askedAt = '' }: RemediationRequest): number {
  return Date.parse(chosenAt ?? askedAt);
}

/** Together with all others that name the same closing, or none as well. */
function toUndoJob(undo: UndoRequest, others: readonly UndoRequest[], target: Target, remediationId: string): UndoJob {
  const { remediationId: undoes } = undo;
  const requests = [undo, ...others.filter((each) => each.remediationId === undoes)] as const;
  const confirmed = requests.some((each) => each.confirmed);
  return { action: 'undo', remediationId, target, requests, confirmed, ...(undoes === undefined ? {} : { undoes }) };
}

function isIsolate(request: RemediationRequest): request is IsolateRequest {
  return request.action === 'isolate';
}

function isUndo(request: RemediationRequest): request is UndoRequest {
  return request.action === 'undo';
}

function isClose(request: RemediationRequest): request is CloseRequest {
  return request.action === 'close';
}

function isAccept(request: RemediationRequest): request is AcceptRequest {
  return request.action === 'accept';
}

function isEndException(request: RemediationRequest): request is EndExceptionRequest {
  return request.action === 'end-exception';
}

function isGrant(request: RemediationRequest): request is GrantRequest {
  return request.action === 'grant';
}

function isEndGrant(request: RemediationRequest): request is EndGrantRequest {
  return request.action === 'end-grant';
}

function isContext(request: RemediationRequest): request is ContextRequest {
  return request.action === 'context';
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
