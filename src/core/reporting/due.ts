/** After how many days what is open is overdue, by severity; one that is missing has no due date. */
export type DueDays = Readonly<Partial<Record<DueSeverity, number>>>;

export const DUE_SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;

export type DueSeverity = (typeof DUE_SEVERITIES)[number];

/**
 * Critical and high as CISA's directive 19-02 has them for what can be reached from the internet, the others as
 * FedRAMP.
 * https://www.cisa.gov/news-events/directives/bod-19-02-vulnerability-remediation-requirements-internet-accessible-systems
 */
export const DEFAULT_DUE_DAYS: DueDays = { CRITICAL: 15, HIGH: 30, MEDIUM: 90, LOW: 180 };

const DAY_MILLIS = 24 * 60 * 60 * 1000;

/** There is no later date: https://tc39.es/ecma262/#sec-time-values-and-time-range */
const LAST_MILLIS = 8.64e15;

/**
 * When what has been open since then is due; undefined where that is unknown, or never.
 *
 * @param openSince milliseconds since 1970, as what it answers; NaN where nobody knows
 */
export function dueMillisOf(openSince: number, severity: string, due: DueDays): number | undefined {
  const known = DUE_SEVERITIES[(DUE_SEVERITIES as readonly string[]).indexOf(severity)];
  const days = known === undefined ? undefined : due[known];
  if (days === undefined) return undefined;
  const dueAt = openSince + days * DAY_MILLIS;
  return Math.abs(dueAt) <= LAST_MILLIS ? dueAt : undefined;
}
