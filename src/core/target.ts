/** What a remediation acts on: one resource in one account and Region. Four findings on one group are one target. */
export interface Target {
  readonly kind: TargetKind;
  /** `aws`, `aws-cn`, `aws-us-gov`, …: taken from the finding's ARN, never assumed. */
  readonly partition: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  /** `sg-…` or `acl-…`. */
  readonly id: string;
}

export type TargetKind = 'security-group' | 'network-acl';

/** One string for one target: the ledger's key, and what is hashed into execution names. */
export function targetKey(target: Target): string {
  return `${target.account}/${target.region}/${target.kind}/${target.id}`;
}

/** The ARN of a target. */
export function targetArn(target: Target): string {
  return `arn:${target.partition}:ec2:${target.region}:${target.account}:${target.kind}/${target.id}`;
}
