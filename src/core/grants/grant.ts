import type { SecurityGroupRule } from '../network/security-group-rule';
import type { PortRange } from '../network/port-set';
import type { Target } from '../target';

/** Access that somebody opened for a while: one rule of one security group, until when, and who said so. */
export interface Grant {
  /** `grt-` and 16 hexadecimal digits. */
  readonly grantId: string;
  readonly target: Target;
  readonly rule: GrantedRule;
  /** The id that EC2 gave the rule; missing until it was seen. */
  readonly ruleId?: string;
  /** What somebody wrote, kept as data. */
  readonly reason: string;
  /** Who asked: an ARN. */
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** ISO 8601, UTC: at this moment it is taken away. */
  readonly until: string;
  /** The remediation that opened it, which the rule carries as a tag. */
  readonly openedBy: string;
  readonly ended?: EndOfGrant;
}

/** The permission that is granted, in the names of EC2. */
export type GrantedRule = Pick<SecurityGroupRule, 'IsEgress' | 'IpProtocol' | 'CidrIpv4' | 'CidrIpv6'> & {
  readonly FromPort: number;
  readonly ToPort: number;
};

/** What records, events and certificates keep of one. */
export type RecordedGrant = Pick<Grant, 'grantId' | 'rule' | 'reason' | 'by' | 'until' | 'openedBy'>;

export interface EndOfGrant {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly by: string;
  readonly how: HowGrantEnded;
}

/**
 * `due`: its time was over. `by-hand`: a command. `not-opened`: EC2 never had the rule. `left`: somebody had changed
 * the rule or made it anew, so that it is not for the grant to take away.
 */
export const HOW_GRANTS_END = ['due', 'by-hand', 'not-opened', 'left'] as const;

export type HowGrantEnded = (typeof HOW_GRANTS_END)[number];

/** What the configuration allows. */
export interface GrantLimits {
  readonly maximumMinutes: number;
  readonly ports: readonly PortRange[];
  /** The shortest prefix length of each address family that may be granted. */
  readonly ipv4: number;
  readonly ipv6: number;
}

/** What the commands function goes by. */
export interface GrantSettings {
  readonly limits: GrantLimits;
  /** Who may open something; missing means everybody who may send commands. */
  readonly approvers?: readonly string[];
}

/** `overdue`: its time is over, and it was not seen to be gone. */
export type GrantState = 'live' | 'overdue' | 'ended';

/** How a grant stands at a moment. */
export function stateOfGrant({ until, ended }: Pick<Grant, 'until' | 'ended'>, now: Date): GrantState {
  if (ended !== undefined) return 'ended';
  return Date.parse(until) > now.getTime() ? 'live' : 'overdue';
}

const GRANT_ID = /^grt-[0-9a-f]{16}$/;

/** Whether a text is the id of a grant, whether or not there is one. */
export function isGrantId(text: string): boolean {
  return GRANT_ID.test(text);
}

/** What is kept of a grant where something is notified of it. */
export function toRecordedGrant({ grantId, rule, reason, by, until, openedBy }: Grant): RecordedGrant {
  return { grantId, rule, reason, by, until, openedBy };
}
