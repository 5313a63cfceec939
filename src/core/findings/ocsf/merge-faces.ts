import { isLifted } from '../../exceptions/is-lifted';
import { NOTE_AUTHOR } from '../../note-author';
import type { Finding } from '../finding';

type Workflow = Finding['workflow'];

/**
 * One finding of its two faces, in Security Hub CSPM and in V2. Everything but the status is CSPM's, which the other is
 * made from.
 *
 * Of two statuses one that an exception's end shows counts first: somebody has taken a face out of the SUPPRESSED that
 * we had set there. Then SUPPRESSED, since whoever leaves something open may say so in either place. Then the one where
 * we wrote last, when the other has not shown yet what we wrote. Else the one with the earlier status, because the live
 * rules decide what is done about it, and an opening that nobody looks at is worse than a read too many.
 */
export function mergeFaces(cspm: Finding, v2: Finding): Finding {
  if (cspm.workflow === v2.workflow) return cspm;
  const workflow = countingWorkflow(cspm, v2);
  const lifted = isLifted(v2) && workflow === v2.workflow ? { portcullisOutcome: 'excepted' } : {};
  return { ...cspm, ...lifted, workflow, facesDiffer: true };
}

function countingWorkflow(cspm: Finding, v2: Finding): Workflow {
  const lifted = [cspm, v2].find(isLifted);
  if (lifted !== undefined) return lifted.workflow;
  if (cspm.workflow === 'SUPPRESSED' || v2.workflow === 'SUPPRESSED') return 'SUPPRESSED';
  return writtenLast(cspm, v2)?.workflow ?? earlierStatus(cspm.workflow, v2.workflow);
}

/** The face with our last word; undefined where both have the same, or which is the last cannot be determined. */
function writtenLast(cspm: Finding, v2: Finding): Finding | undefined {
  if (wordOn(cspm) === wordOn(v2)) return undefined;
  if (v2.portcullisOutcome === undefined) return cspm;
  if (cspm.portcullisOutcome === undefined) return v2;
  const [first, second] = [writtenAt(cspm), writtenAt(v2)];
  if (first === undefined || second === undefined) return undefined;
  return first > second ? cspm : v2;
}

/** What we said of it last. */
function wordOn({ portcullisOutcome, portcullisRemediationId }: Finding): string {
  return `${portcullisOutcome ?? ''} ${portcullisRemediationId ?? ''}`;
}

/** When we wrote it, in milliseconds; undefined where somebody has written since. */
function writtenAt({ note }: Finding): number | undefined {
  const millis = note?.updatedBy === NOTE_AUTHOR ? Date.parse(note.updatedAt) : Number.NaN;
  return Number.isNaN(millis) ? undefined : millis;
}

const SETTLING: readonly Workflow[] = ['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED'];

function earlierStatus(one: Workflow, other: Workflow): Workflow {
  return SETTLING.indexOf(one) <= SETTLING.indexOf(other) ? one : other;
}
