/**
 * https://docs.aws.amazon.com/securityhub/latest/APIReference/API_BatchUpdateFindingsV2.html; 5 and 6 are no update's.
 */
export const STATUSES = new Map([
  [0, 'Unknown'],
  [1, 'New'],
  [2, 'In Progress'],
  [3, 'Suppressed'],
  [4, 'Resolved'],
  [5, 'Archived'],
  [99, 'Other'],
]);

export const SEVERITIES = new Map([
  [0, 'Unknown'],
  [1, 'Informational'],
  [2, 'Low'],
  [3, 'Medium'],
  [4, 'High'],
  [5, 'Critical'],
  [6, 'Fatal'],
  [99, 'Other'],
]);
