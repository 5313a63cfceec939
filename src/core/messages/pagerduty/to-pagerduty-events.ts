import { targetKey } from '../../target';
import { cutText } from '../cut-text';
import { factsOf, titleOf } from '../describe-notice';
import type { Notice } from '../notice';
import { endsMatter, isNews, TEST_KIND } from '../notice-kinds';
import { currentControls, isOpen, type Thread } from '../thread';

/** One event of the Events API v2, but for the routing key, which is a secret. https://developer.pagerduty.com/docs/events-api-v2 */
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
 * An incident a target and control: triggered by what is open, resolved by what was read back as closed. A resolve is sent for
 * what was triggered only, and neither for a control about which something newer was said.
 */
export function toPagerDutyEvents(notice: Notice, thread: Thread): readonly PagerDutyEvent[] {
  if (notice.kind === TEST_KIND) {
    const key = `portcullis/test/${notice.id}`;
    return [trigger(notice, key, 'info'), { event_action: 'resolve', dedup_key: key }];
  }
  if (isNews(notice)) return [];
  const controls = currentControls(notice, thread);
  if (endsMatter(notice)) {
    return controls
      .filter((control) => isOpen(thread, control))
      .map((control) => ({ event_action: 'resolve', dedup_key: keyOf(notice, control) }));
  }
  if (notice.controls.length === 0) return [trigger(notice, keyOf(notice, ''), severityOf(notice))];
  return controls.map((control) => trigger(notice, keyOf(notice, control), severityOf(notice), control));
}

function keyOf({ target, id }: Notice, control: string): string {
  return cutText(`portcullis/${target === undefined ? id : targetKey(target)}/${control}`, MAX_DEDUP_KEY);
}

/** What nobody has graded is not played down. What somebody has opened on purpose is for information. */
function severityOf({ kind, severity }: Notice): PagerDutySeverity {
  if (kind === 'Verification Failed') return 'critical';
  if (kind === 'Closing Undone') return 'info';
  return SEVERITIES.get(severity ?? '') ?? 'error';
}

function trigger(notice: Notice, dedupKey: string, severity: PagerDutySeverity, control?: string): PagerDutyEvent {
  const { target, occurredAt, summary } = notice;
  return {
    event_action: 'trigger',
    dedup_key: dedupKey,
    client: 'Portcullis',
    payload: {
      summary: cutText(`${titleOf(notice)}${summary === '' ? '' : `. ${summary}`}`, MAX_SUMMARY),
      source: target?.arn ?? 'portcullis',
      severity,
      timestamp: occurredAt,
      ...(target === undefined ? {} : { component: target.id, group: `${target.account}/${target.region}` }),
      ...(control === undefined ? {} : { class: control }),
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
  return Object.fromEntries(facts.map(([name, value]) => [name, cutText(value, MAX_DETAIL)]));
}
