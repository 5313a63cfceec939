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

/** When what has been open since then is due, ISO 8601, UTC; undefined where that is not known, or nothing is due. */
export function dueAtOf(openSince: string | undefined, severity: string, due: DueDays): string | undefined {
  const known = DUE_SEVERITIES.find((one) => one === severity);
  const days = known === undefined ? undefined : due[known];
  const since = Date.parse(openSince ?? '');
  return days === undefined || Number.isNaN(since) ? undefined : new Date(since + days * DAY_MILLIS).toISOString();
}
