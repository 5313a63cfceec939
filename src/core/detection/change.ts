import type { TargetKind } from '../target';

/** EC2 calls that may open something, or close it: what CloudTrail is asked for. */
export const WATCHED_CALLS = [
  'AuthorizeSecurityGroupIngress',
  'ModifySecurityGroupRules',
  'RevokeSecurityGroupIngress',
  'CreateSecurityGroup',
  'DeleteSecurityGroup',
  'AssociateSecurityGroupVpc',
  'CreateNetworkAclEntry',
  'ReplaceNetworkAclEntry',
  'DeleteNetworkAclEntry',
  'DeleteNetworkAcl',
] as const;

export type WatchedCall = (typeof WATCHED_CALLS)[number];

/** Who made a call, as CloudTrail shows it. */
export interface Actor {
  /** ARN of the user or session; the name of a service where one acted by itself. */
  readonly arn: string;
  /** The role behind a session. */
  readonly roleArn?: string;
  /** An address, or the name of the AWS service that called. */
  readonly sourceIp: string;
  readonly userAgent: string;
  /** CloudTrail says that a session of the AWS Management Console made the call. */
  readonly isOfConsole?: true;
}

/**
 * What an event of CloudTrail hints at. The rules as they are decide; of the event only the place and the actor are
 * kept.
 */
export interface Change {
  readonly eventId: string;
  /**
   * `sweep`, `watch`: no call is known; a sweep, or a re-check of what was closed before, found the target as it is.
   */
  readonly call: WatchedCall | 'sweep' | 'watch';
  readonly account: string;
  readonly region: string;
  /** ISO 8601, UTC, to the second. */
  readonly at: string;
  readonly actor: Actor;
  readonly targets: readonly { readonly kind: TargetKind; readonly id: string }[];
  /** Of a group in the default VPC that the call names by its name, and nothing else of the event by its id. */
  readonly groupName?: string;
  /**
   * Rules and entries that the call names, to distinguish who opened from who only touched: `sgr-…`, or an entry's
   * number.
   */
  readonly rules: readonly string[];
}
