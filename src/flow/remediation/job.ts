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
  const undos = requests.filter(isA('undo'));
  const closes = requests.filter(isA('close'));
  const [takenBack, ...alsoTakenBack] = closes.filter((close) =>
    undos.some((undo) => isUndoOf(undo, { requests: [close] }, now)),
  );
  if (takenBack) return { action: 'close', remediationId, target, requests: [takenBack, ...alsoTakenBack] };
  const isolation = firstIsolation(requests, target, remediationId, undos[0]);
  if (isolation) return isolation;
  const [undo, ...moreUndos] = undos;
  if (undo) return toUndoJob(undo, moreUndos, target, remediationId);
  const endOfGrant = requests.find(isA('end-grant'));
  if (endOfGrant) return { action: 'end-grant', remediationId, target, requests: [endOfGrant] };
  const end = requests.find(isA('end-exception'));
  if (end) return { action: 'end-exception', remediationId, target, requests: [end] };
  const accept = requests.find(isA('accept'));
  if (accept && !closes.some(({ trigger }) => trigger === 'custom-action'))
    return { action: 'accept', remediationId, target, requests: [accept] };
  const [close, ...moreToClose] = closes;
  if (close) return { action: 'close', remediationId, target, requests: [close, ...moreToClose] };
  const grant = requests.find(isA('grant'));
  if (grant) return { action: 'grant', remediationId, target, requests: [grant] };
  const [preview, ...morePreviews] = requests.filter(isA('preview'));
  if (preview) return { action: 'preview', remediationId, target, requests: [preview, ...morePreviews] };
  const [context, ...moreContexts] = requests.filter(isA('context'));
  if (context) return { action: 'context', remediationId, target, requests: [context, ...moreContexts] };
  return undefined;
}

/**
 * Who isolates and undoes at once is left with what they asked for last; where that is not known, with the isolation.
 */
function firstIsolation(
  requests: readonly RemediationRequest[],
  target: Target,
  remediationId: string,
  undo: UndoRequest | undefined,
): IsolateJob | undefined {
  const before = (request: IsolateRequest) => undo === undefined || timeOf(request) < timeOf(undo);
  const [isolate, ...more] = requests.filter(isA('isolate')).filter(before);
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

function isA<Action extends RemediationRequest['action']>(action: Action) {
  return (request: RemediationRequest): request is Extract<RemediationRequest, { readonly action: Action }> =>
    request.action === action;
}
