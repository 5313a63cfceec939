import { randomUUID } from 'node:crypto';
import type { OperatorAdapters } from '../../aws/adapters/operator-adapters';
import type { Reason } from '../../core/reasons/reason';
import { failure, success } from '../../core/result';
import type { Target } from '../../core/target';
import type { MemberProbe } from '../../flow/doctor/doctor-ports';
import type { PortResult } from '../../flow/ports';
import { CouldNotTellError, InputError } from '../cli-error';
import { askForRequests } from '../operator/ask-commands';
import { waitForRemediation } from '../operator/wait-for-remediation';

/**
 * Has the deployment read a target that does not exist, as `portcullis context` does. That it is not there is known
 * only once the member role was taken on and EC2 has answered; so nobody but the deployment needs a way into the
 * members.
 */
export async function probeMember(target: Target, operator: OperatorAdapters): PortResult<MemberProbe> {
  try {
    const [asked] = await askForRequests({ command: 'context', askId: randomUUID(), target }, operator);
    if (asked?.status !== 'asked') return notAsked(asked?.reason ?? 'nothing was asked');
    const ended = await waitForRemediation(asked, operator);
    const { outcome, reason = '' } = ended;
    const reasons = 'reasons' in ended ? (ended.reasons ?? []) : [];
    const isRegionDisabled = reasons.some(({ code }) => code === 'region-not-enabled');
    return success({
      isRead: outcome === 'not-needed',
      reason: reason || outcome,
      ...otherVersionIn(reasons),
      ...(isRegionDisabled ? { isRegionDisabled } : {}),
    });
  } catch (error) {
    if (error instanceof CouldNotTellError || error instanceof InputError) return notAsked(error.message);
    throw error;
  }
}

function otherVersionIn(reasons: readonly Reason[]): { readonly otherVersion?: string } {
  const found = reasons.find(({ code }) => code === 'member-of-another-version');
  return found === undefined || !('which' in found) ? {} : { otherVersion: String(found.which) };
}

function notAsked(cause: string): Awaited<PortResult<never>> {
  return failure({ code: 'unknown', retryable: false, cause });
}
