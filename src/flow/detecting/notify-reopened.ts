import type { Change } from '../../core/detection/change';
import { isClosedOutcome } from '../../core/detection/closed-outcomes';
import { describeActor } from '../../core/detection/actor-fields';
import type { Finding } from '../../core/findings/finding';
import { success } from '../../core/result';
import { composeNote } from '../../core/updates/compose-note';
import { mergeUserDefinedFields } from '../../core/updates/merge-user-defined-fields';
import { toDecisionNeededUpdate } from '../../core/updates/to-decision-needed-update';
import type { Hub, PortResult } from '../ports';

/** An event's time is truncated to the second. */
const EVENT_TIME_PRECISION_MILLIS = 1000;

/** Whether a finding is RESOLVED because we had closed what it is about, before somebody made a change. */
export function isResolvedByUs(
  finding: { readonly outcome: string | undefined; readonly notedAt: string | undefined },
  { at }: Pick<Change, 'at'>,
): boolean {
  if (!isClosedOutcome(finding.outcome) || finding.notedAt === undefined) return false;
  return Date.parse(at) + EVENT_TIME_PRECISION_MILLIS > Date.parse(finding.notedAt);
}

/**
 * Takes RESOLVED back from findings whose target was opened again: NEW with whoever did it, so that what is automatic
 * is closed again; NOTIFIED where a person is to decide.
 * @param why a person must decide, undefined where nobody must
 */
export async function notifyReopened(
  findings: readonly Finding[],
  change: Change,
  why: string | undefined,
  hub: Pick<Hub, 'updateFindings'>,
): PortResult<void> {
  const again = `Opened again after Portcullis had closed it. ${describeActor(change, true)}`;
  for (const finding of findings) {
    const asked = why === undefined ? undefined : toDecisionNeededUpdate(why);
    const update =
      asked?.userDefinedFields === undefined
        ? { workflow: 'NEW' as const, note: composeNote(again, ''), userDefinedFields: undefined }
        : {
            ...asked,
            userDefinedFields: mergeUserDefinedFields(finding.userDefinedFields, asked.userDefinedFields).fields,
          };
    const updated = await hub.updateFindings([finding], update);
    if (!updated.ok) return updated;
  }
  return success(undefined);
}
