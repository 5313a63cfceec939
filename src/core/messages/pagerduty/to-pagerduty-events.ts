import { truncateText } from '../truncate-text';
import { factsOf, titleOf } from '../describe-notice';
import type { Notice } from '../notice';
import { TEST_KIND } from '../notice-kinds';
import { subjectOf } from '../subject-of';
import { currentControls, isOpen, nameOfControl, overtakenControls, type Thread } from '../thread';

/**
 * One event of the Events API v2, but for the routing key, which is a secret.
 * https://developer.pagerduty.com/docs/events-api-v2
 */
export interface PagerDutyEvent {
  readonly event_action: 'trigger' | 'resolve';
  /** At most 255 characters. */
  readonly dedup_key: string;
  readonly client?: string;
  readonly payload?: PagerDutyPayload;
}

export interface PagerDutyPayload {
  /** At most 1,024 characters. */
  readonly summary: string;
  readonly source: string;
  readonly severity: PagerDutySeverity;
  /** ISO 8601. */
  readonly timestamp: string;
  readonly component?: string;
  readonly group?: string;
  readonly class?: string;
  readonly custom_details: Readonly<Record<string, string>>;
}

type PagerDutySeverity = 'critical' | 'error' | 'warning' | 'info';

const MAX_SUMMARY = 1024;
const MAX_DEDUP_KEY = 255;
const MAX_DETAIL = 4000;

const SEVERITIES: ReadonlyMap<string, PagerDutySeverity> = new Map([
  ['CRITICAL', 'critical'],
  ['HIGH', 'error'],
  ['MEDIUM', 'warning'],
  ['LOW', 'info'],
  ['INFORMATIONAL', 'info'],
]);

/**
 * An incident a target and control: triggered by what is open, resolved by what ends it. A resolve is sent for what was
 * triggered only, and neither for a control about which something newer was said. What leaves things as they are is
 * notified where an incident is open.
 *
 * @param isLate an earlier try may have triggered what is over by now (a resolve of what is not there is dropped)
 */
export function toPagerDutyEvents(notice: Notice, thread: Thread, isLate = false): readonly PagerDutyEvent[] {
  if (notice.kind === TEST_KIND) {
    const key = `portcullis/test/${notice.id}`;
    return [trigger(notice, key, 'info'), { event_action: 'resolve', dedup_key: key }];
  }
  const current = currentControls(notice, thread);
  const open = current.filter((control) => isOpen(thread, control));
  const resolve = (control: string) =>
    ({ event_action: 'resolve', dedup_key: keyOf(notice, control) }) satisfies PagerDutyEvent;
  if (notice.matter === 'ends') return open.map(resolve);
  const controls = notice.matter === 'opens' ? current : open;
  const over = isLate ? overtakenControls(notice, thread).filter((control) => !isOpen(thread, control)) : [];
  return [
    ...controls.map((control) => trigger(notice, keyOf(notice, control), severityOf(notice), nameOfControl(control))),
    ...(notice.matter === 'opens' ? over.map(resolve) : []),
  ];
}

function keyOf(notice: Notice, control: string): string {
  return truncateText(`portcullis/${subjectOf(notice)}/${nameOfControl(control)}`, MAX_DEDUP_KEY);
}

/** What nobody has graded is not played down. What somebody has opened on purpose is for information. */
function severityOf({ kind, severity }: Notice): PagerDutySeverity {
  if (kind === 'Verification Failed') return 'critical';
  if (kind === 'Closing Undone') return 'info';
  return SEVERITIES.get(severity ?? '') ?? 'error';
}

function trigger(notice: Notice, dedupKey: string, severity: PagerDutySeverity, control = ''): PagerDutyEvent {
  const { target, occurredAt, summary } = notice;
  return {
    event_action: 'trigger',
    dedup_key: dedupKey,
    client: 'Portcullis',
    payload: {
      summary: truncateText(`${titleOf(notice)}${summary === '' ? '' : `. ${summary}`}`, MAX_SUMMARY),
      source: target?.arn ?? 'portcullis',
      severity,
      timestamp: occurredAt,
      ...(target === undefined ? {} : { component: target.id, group: `${target.account}/${target.region}` }),
      ...(control === '' ? {} : { class: control }),
      custom_details: detailsOf(notice),
    },
  };
}

function detailsOf(notice: Notice): Readonly<Record<string, string>> {
  const facts: readonly (readonly [string, string])[] = [
    ['Event', notice.kind],
    ['What', notice.summary],
    ...factsOf(notice),
  ];
  return Object.fromEntries(facts.map(([name, value]) => [name, truncateText(value, MAX_DETAIL)]));
}
