/**
 * What is left of a finished remediation for people who believe nobody: plain JSON whose parts each have a hash,
 * chained to the certificate of the target before it. Nothing here is shared with the planner, so that what checks a
 * certificate cannot make the planner's mistakes. docs/certificate.md says what it proves.
 */
export interface Certificate extends CertificatePlace {
  readonly format: typeof CERTIFICATE_FORMAT;
  readonly version: typeof CERTIFICATE_VERSION;
  readonly remediationId: string;
  readonly parts: CertificateParts;
  /** SHA-256 of each part's canonical JSON, in hexadecimal digits. */
  readonly hashes: CertificateHashes;
  /** SHA-256 of the canonical JSON of everything above but the parts, which their hashes stand for. */
  readonly hash: string;
}

export const CERTIFICATE_FORMAT = 'portcullis-certificate';

/** Raised when a certificate says something in another way than before: whoever verifies must know both. */
export const CERTIFICATE_VERSION = 1;

/** Where a certificate stands in the chain of its target. */
export interface CertificatePlace {
  /** Counts the target's certificates from 1. */
  readonly sequence: number;
  /** The hash of the certificate before it; null for the first one. */
  readonly previous: string | null;
}

/** What somebody else keeps of a certificate, so that the end of a chain cannot be replaced unseen. */
export interface CertificateAnchor {
  readonly sequence: number;
  readonly hash: string;
}

export type CertificateHashes = Readonly<Record<keyof CertificateParts, string>>;

/** What a certificate is made from: all of it but its place in the chain. */
export interface CertificateContents {
  readonly remediationId: string;
  readonly parts: CertificateParts;
}

export interface CertificateParts {
  readonly target: CertifiedTarget;
  readonly findings: readonly CertifiedFinding[];
  /**
   * The requested ones: what the plan was made for. Findings that were resolved along with it have controls of their
   * own.
   */
  readonly controls: readonly CertifiedControl[];
  readonly decision: CertifiedDecision;
  /** As read before anything was touched; null where nothing was going to be. */
  readonly before: CertifiedState | null;
  /** As the latest plan found it, where it was made again after an earlier one may have changed something. */
  readonly beforeLatestPlan: CertifiedState | null;
  /** The lists that the states' ingress rules name, with what they held then. One that could not be read is missing. */
  readonly prefixLists: readonly PinnedPrefixList[];
  /** The latest, where rules that changed meanwhile made a new one necessary. */
  readonly plan: CertifiedPlan | null;
  /** In the order in which they were started. */
  readonly runs: readonly CertifiedRun[];
  /** As read back at the end; null when it could not be, or the target was gone. */
  readonly after: CertifiedState | null;
  readonly outcome: CertifiedOutcome;
  readonly times: CertifiedTimes;
}

export const STATE_PARTS = ['before', 'beforeLatestPlan', 'after'] as const;

export type StatePart = (typeof STATE_PARTS)[number];

export interface CertifiedTarget {
  readonly kind: 'security-group' | 'network-acl' | 'instance' | 'network-interface';
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly id: string;
}

export interface CertifiedControl {
  readonly id: string;
  readonly parameters: readonly { readonly Name: string; readonly Value: readonly string[] }[];
  /** What exceptions leave open of what it forbids, where they had a part in what was removed or left. */
  readonly except?: readonly CertifiedOpening[];
}

/** Ports of tcp and udp that one block of addresses might reach, by an exception. */
export interface CertifiedOpening {
  readonly exceptionId: string;
  readonly source: string;
  readonly tcp: readonly { readonly from: number; readonly to: number }[];
  readonly udp: readonly { readonly from: number; readonly to: number }[];
  /** Why, who said so and until when, in ISO 8601. */
  readonly reason: string;
  readonly by: string;
  readonly until: string;
}

export interface CertifiedFinding {
  readonly id: string;
  readonly productArn: string;
  /** Missing with an isolation, which takes findings of any product. */
  readonly control?: CertifiedControl;
  /** Nobody asked for it: what was read back at the end resolved it too. */
  readonly alongside?: boolean;
}

export interface CertifiedDecision {
  readonly action: 'close' | 'undo' | 'grant' | 'end-grant' | 'isolate';
  /** The closing, or the isolation, that an undo takes back. */
  readonly undoes?: string;
  readonly trigger: string;
  /** Who or what decided, in words. */
  readonly decidedBy: string;
  /** What the policy or a guard made of it, where one had a say. */
  readonly policy?: { readonly mode: string; readonly entry: string; readonly reason: string };
  /** What was known about the target when it was decided, fact by fact; missing where nobody looked. */
  readonly known?: Readonly<Record<string, CertifiedFact>>;
  /** What was opened for a while, or taken away at its end. */
  readonly grant?: CertifiedGrant;
}

/** Access for a while: the one rule that may be opened, and taken away. */
export interface CertifiedGrant {
  readonly grantId: string;
  readonly rule: CertifiedRule;
  /** Why, who said so and until when, in ISO 8601. */
  readonly reason: string;
  readonly by: string;
  readonly until: string;
  /** The remediation that opened it. */
  readonly openedBy: string;
}

/** With its value and what says so, or with the reason why it is not known. */
export type CertifiedFact =
  | { readonly known: true; readonly value: unknown; readonly evidence: readonly string[] }
  | { readonly known: false; readonly reason: string };

export type CertifiedState = CertifiedGroup | CertifiedAcl | CertifiedInterfaces;

/** The network interfaces of an instance, or one alone, and the groups that isolate in their VPCs. */
export interface CertifiedInterfaces {
  readonly kind: 'instance' | 'network-interface';
  readonly id: string;
  /** Before an isolation without those of which nobody knows what they had. */
  readonly interfaces: readonly { readonly id: string; readonly vpcId: string; readonly groups: readonly string[] }[];
  /** As read back; before an isolation none is reported. */
  readonly isolating: readonly {
    readonly id: string;
    readonly vpcId: string;
    readonly rules: readonly CertifiedRule[];
  }[];
}

export interface CertifiedGroup {
  readonly kind: 'security-group';
  readonly id: string;
  readonly name: string;
  readonly vpcId?: string;
  readonly tags: readonly CertifiedTag[];
  readonly rules: readonly CertifiedRule[];
}

export interface CertifiedAcl {
  readonly kind: 'network-acl';
  readonly id: string;
  readonly isDefault: boolean;
  readonly vpcId?: string;
  readonly tags: readonly CertifiedTag[];
  readonly entries: readonly CertifiedEntry[];
}

export interface CertifiedTag {
  readonly Key: string;
  readonly Value: string;
}

/** In the words of EC2's SecurityGroupRule. */
export interface CertifiedRule {
  readonly SecurityGroupRuleId?: string;
  readonly GroupId?: string;
  readonly IsEgress: boolean;
  readonly IpProtocol: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly CidrIpv4?: string;
  readonly CidrIpv6?: string;
  readonly PrefixListId?: string;
  readonly ReferencedGroupInfo?: {
    readonly GroupId?: string;
    readonly UserId?: string;
    readonly VpcId?: string;
    readonly PeeringStatus?: string;
    readonly VpcPeeringConnectionId?: string;
  };
  readonly Description?: string;
  readonly Tags?: readonly CertifiedTag[];
}

/** In the words of EC2's NetworkAclEntry. */
export interface CertifiedEntry {
  readonly RuleNumber: number;
  readonly Protocol: string;
  readonly RuleAction: 'allow' | 'deny';
  readonly Egress: boolean;
  readonly CidrBlock?: string;
  readonly Ipv6CidrBlock?: string;
  readonly PortRange?: { readonly From: number; readonly To: number };
  readonly IcmpTypeCode?: { readonly Type: number; readonly Code: number };
}

/** One version of a prefix list. */
export interface PinnedPrefixList {
  readonly id: string;
  /** Null for lists of AWS, which have none. */
  readonly version: number | null;
  /** The states that were judged by it. */
  readonly in: readonly StatePart[];
  readonly cidrs: readonly string[];
}

export interface CertifiedStep {
  readonly call: string;
  readonly rules: readonly (CertifiedRule | CertifiedEntry)[];
  /** Of an isolation: the interface whose groups are replaced. */
  readonly interface?: { readonly id: string; readonly from: readonly string[]; readonly to: readonly string[] };
  /** Of an isolation: the isolating group that is made, by its VPC, or emptied, by its id. */
  readonly group?: { readonly id?: string; readonly vpcId?: string };
}

export interface CertifiedPlan {
  readonly violations: readonly {
    readonly ruleId?: string;
    readonly ruleNumber?: number;
    readonly controls: readonly string[];
    readonly how: string;
    readonly reason: string;
  }[];
  readonly steps: readonly CertifiedStep[];
  readonly ask: readonly string[];
  readonly remarks: readonly string[];
}

export interface CertifiedRun {
  /** `rem-…/0.1`: the second step of the first plan. */
  readonly runId: string;
  /** Missing when SSM said only that the run was started already. */
  readonly executionId?: string;
  readonly startedAt: string;
  readonly step: CertifiedStep;
  /** What the rules showed after it; missing where nobody looked. */
  readonly end?: string;
  /**
   * The calls that SSM's own record of the execution shows. Only asked for where the target shows what the runs do not
   * explain: it distinguishes a runbook that did something else from somebody else's change.
   */
  readonly reported?: readonly CertifiedStep[];
}

export interface CertifiedOutcome {
  readonly outcome: string;
  /** What was done, or why not. */
  readonly reason: string;
}

/** ISO 8601, UTC. */
export interface CertifiedTimes {
  readonly startedAt: string;
  readonly finishedAt: string;
}
