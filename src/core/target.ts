/** What a remediation acts on: one resource in one account and Region. Four findings on one group are one target. */
export interface Target {
  readonly kind: TargetKind;
  /** `aws`, `aws-cn`, `aws-us-gov`, …: taken from the finding's ARN, never assumed. */
  readonly partition: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  /** `sg-…` or `acl-…`; `i-…` or `eni-…` of what can be isolated. */
  readonly id: string;
}

/** What lets traffic through: it can be closed. */
export const CLOSABLE_KINDS = ['security-group', 'network-acl'] as const;

/** What traffic goes to: it can be isolated. */
export const ISOLABLE_KINDS = ['instance', 'network-interface'] as const;

export const TARGET_KINDS = [...CLOSABLE_KINDS, ...ISOLABLE_KINDS] as const;

export type ClosableKind = (typeof CLOSABLE_KINDS)[number];

export type IsolableKind = (typeof ISOLABLE_KINDS)[number];

export type TargetKind = (typeof TARGET_KINDS)[number];

/** Whether a target is isolated, and never closed. */
export function isIsolable({ kind }: Pick<Target, 'kind'>): boolean {
  return kind === 'instance' || kind === 'network-interface';
}

/** One string for one target: the ledger's key, and what is hashed into execution names. */
export function targetKey(target: Target): string {
  return `${target.account}/${target.region}/${target.kind}/${target.id}`;
}

/** The ARN of a target. */
export function targetArn(target: Target): string {
  return `arn:${target.partition}:ec2:${target.region}:${target.account}:${target.kind}/${target.id}`;
}
