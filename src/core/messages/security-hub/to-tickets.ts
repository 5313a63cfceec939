import type { Notice } from '../notice';
import { TEST_KIND } from '../notice-kinds';
import { subjectOf } from '../subject-of';
import { currentControls, nameOfControl, type Thread } from '../thread';

/** A ticket that Security Hub V2 is to make. */
export type TicketToMake =
  /** Of a finding that AWS makes up. */
  | { readonly kind: 'test'; readonly id: string; readonly once: string }
  | {
      readonly kind: 'finding';
      /** Names it within its notice, and what the receiver calls it among the keys of its thread. */
      readonly id: string;
      /** The same for the same target and control, whatever the event. */
      readonly once: string;
      readonly control: string;
      /** Findings, by their `Id` in ASFF, of which one is the control's. */
      readonly findingIds: readonly string[];
    };

/**
 * A ticket for each target and control that is open, once for ever: Security Hub makes tickets and does nothing else
 * with them, so that what ends or opens again a matter is not notified. It makes them of findings of its own controls:
 * findings that somebody imported are not in V2.
 */
export function toTicketsToMake(notice: Notice, thread: Thread): readonly TicketToMake[] {
  if (notice.kind === TEST_KIND) return [{ kind: 'test', id: 'test', once: `test/${notice.id}` }];
  if (notice.matter !== 'opens') return [];
  const own = notice.findings.ids.filter((id) => CONTROL_FINDING.test(id));
  return currentControls(notice, thread).flatMap((control) => {
    const id = `ticket ${control}`;
    const findingIds = own.filter((finding) => isAbout(finding, control));
    if (nameOfControl(control) === '' || thread.keys[id] !== undefined || findingIds.length === 0) return [];
    return [{ kind: 'finding', id, once: `${subjectOf(notice)}/${control}`, control, findingIds }] as const;
  });
}

/** https://docs.aws.amazon.com/securityhub/latest/userguide/controls-findings-create-update.html */
const CONTROL_FINDING = /^arn:[^:]+:securityhub:[^:]*:\d{12}:(?:security-control\/([^/]+)|subscription)\//;

/** A finding of a standard, where they are not consolidated, says in itself alone of which control it is. */
function isAbout(findingId: string, control: string): boolean {
  const [, named] = CONTROL_FINDING.exec(findingId) ?? [];
  return named === undefined || named === control;
}
