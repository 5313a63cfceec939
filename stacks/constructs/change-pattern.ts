import { WATCHED_CALLS } from '../../src/core/detection/change';

/** Calls of EC2 that CloudTrail reports and that may open or close something. Those that failed have an `errorCode`. */
export const CHANGE_PATTERN = {
  source: ['aws.ec2'],
  'detail-type': ['AWS API Call via CloudTrail'],
  detail: {
    eventSource: ['ec2.amazonaws.com'],
    eventName: [...WATCHED_CALLS],
    errorCode: [{ exists: false }],
  },
} as const;

/**
 * @param role ARN of a role whose sessions' calls are left out; users, and services by themselves, have no session
 * issuer
 */
export function changesNotBy(role: string): object {
  const { detail, ...envelope } = CHANGE_PATTERN;
  const arn = [{ 'anything-but': [role] }, { exists: false }];
  return { ...envelope, detail: { ...detail, userIdentity: { sessionContext: { sessionIssuer: { arn } } } } };
}
