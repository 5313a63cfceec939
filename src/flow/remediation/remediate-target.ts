import type { Policy } from '../../core/policy/policy-entry';
import type { CloseTargetPorts } from '../closing/close-target';
import { closeFindings } from '../closing/close-findings';
import { acceptRisk } from '../excepting/accept-risk';
import { endException } from '../excepting/end-exception';
import { endAccess } from '../granting/end-access';
import { grantAccess } from '../granting/grant-access';
import { isolateTarget } from '../isolating/isolate-target';
import type { IsolatingPorts } from '../isolating/observe-isolable';
import { undoIsolation } from '../isolating/undo-isolation';
import { isIsolable } from '../../core/target';
import type { Job } from './job';
import type {
  Brake,
  BrakeEvents,
  ControlParameters,
  DomainEvents,
  Identifiers,
  LivePolicy,
  MemberVersions,
} from '../ports';
import { readAround } from '../previewing/read-around';
import { previewTarget } from '../previewing/preview-target';
import type { Progress } from './progress';
import type { FinalizePorts } from './finalize';
import type { UsePorts } from '../running/observe-use';
import { undoClosing } from '../undoing/undo-closing';

export interface RemediatePorts extends CloseTargetPorts, FinalizePorts, IsolatingPorts, UsePorts {
  readonly brake: Omit<Brake, 'release'>;
  readonly events: DomainEvents & BrakeEvents;
  readonly identifiers: Identifiers;
  readonly parameters: ControlParameters;
  /** Missing where a policy does not change under those who go by it. */
  readonly livePolicy?: LivePolicy;
  /** Missing where nobody compares the member stack with the hub. */
  readonly memberVersions?: MemberVersions;
}

/** One remediation of one target, for everybody who asked for it by now. */
export async function remediateTarget(
  job: Job,
  progress: Progress,
  policy: Policy,
  ports: RemediatePorts,
): Promise<void> {
  switch (job.action) {
    case 'close':
      return closeFindings(job, progress, policy, ports);
    case 'preview':
      return previewTarget(job, progress, policy, ports);
    case 'context':
      return readAround(progress, policy, ports);
    case 'accept':
      return acceptRisk(job, progress, policy, ports);
    case 'end-exception':
      return endException(job, progress, policy, ports);
    case 'grant':
      return grantAccess(job, progress, policy, ports);
    case 'end-grant':
      return endAccess(job, progress, ports);
    case 'isolate':
      return isolateTarget(job, progress, policy, ports);
    case 'undo':
      return isIsolable(job.target)
        ? undoIsolation(job, progress, policy, ports)
        : undoClosing(job, progress, policy, ports);
  }
}
