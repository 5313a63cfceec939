/** Gravest first, as Security Hub names them. */
const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'];

/** 0 is the gravest; labels that Security Hub does not know come last. */
export function severityRank(severity: string): number {
  const rank = SEVERITIES.indexOf(severity);
  return rank === -1 ? SEVERITIES.length : rank;
}
