import type { NetworkAclEntry, SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { ControlId, ControlParameter } from '../../core/controls/control-id';
import type { Trigger } from '../../core/ledger/remediation-record';

/** How a story begins: what the controls look at is made, a security group or a network ACL, with findings about it. */
export interface ScenarioStart {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly controls: readonly ControlId[];
  readonly parameters?: readonly ControlParameter[] | undefined;
  /** Ingress of the group before; of a network ACL, in the order of its entries. */
  readonly rules: readonly ScenarioRule[];
  /** Something runs behind the group, and its traffic is recorded from the opening on; missing, nothing is attached. */
  readonly use?: ScenarioUse;
  /**
   * Prefix of the deployment whose detection finds it; its findings are imported as by Security Hub where this is left
   * out.
   */
  readonly foundBy?: string;
}

/** A whole story: how it begins, who acts, and how it must end. */
export interface Scenario extends ScenarioStart {
  /** What it shows, for the person who watches. */
  readonly shows: string;
  readonly trigger: Trigger;
  /** Custom actions that a person chooses, each when the one before it has ended; `Close ingress` unless said. */
  readonly presses?: readonly string[];
  /** Prefix of the deployment that closes it, where it is neither the first one nor the one that finds it. */
  readonly deployment?: string;
  /** The brake is engaged at first, so that a person is asked; they approve at a terminal. */
  readonly approved?: true;
  /** The policy asks in Slack, where a user of this id approves. */
  readonly approvedInSlack?: string;
  /** Opened again as it was by somebody a minute after it is closed; the findings say something else then. */
  readonly openedAgain?: true;
  /** Opened again after an hour by what CloudTrail's events do not show; a read by schedule finds it. */
  readonly openedUnseen?: true;
  /** Others of its kind that close by themselves first: all that the brake allows. It is released at the end. */
  readonly closedBefore?: number;
  /** What somebody has opened for some hours once that is over; they pass. */
  readonly granted?: GrantedInScenario;
  /** Days that pass then, and at whose end the findings say something else. */
  readonly daysPass?: number;
  readonly expected: {
    readonly workflow: 'RESOLVED' | 'NOTIFIED' | 'NEW';
    /** What the finding's fields say, `none` when nothing wrote them. */
    readonly outcome: string;
    /** The ingress that is let in still, as `tcp 443 from 0.0.0.0/0`, in any order. */
    readonly openAfter: readonly string[];
    /** The finding's severity afterwards, where an automation rule changed it. */
    readonly severity?: string;
    /** Whom the finding names, without the first half of their ARN, where our own detection found it. */
    readonly openedBy?: string;
    /** Text that the note must hold. */
    readonly noteMentions: readonly string[];
  };
}

/** A running instance with a public address and an agent of Systems Manager, and what its flow logs recorded. */
export interface ScenarioUse {
  /** Days that pass between the opening and the finding. */
  readonly days: number;
  /** Addresses that connected to the first port of the first rule; none where nobody did. */
  readonly sources: readonly string[];
}

/** One port that is opened to one block of addresses for a while. */
export interface GrantedInScenario {
  readonly port: number;
  readonly source: string;
  readonly hours: number;
}

export interface ScenarioRule {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  /** An IPv4 or IPv6 CIDR. */
  readonly source: string;
  readonly description?: string | undefined;
}

export type Ingress = SecurityGroupRule | NetworkAclEntry;

/** What a scenario came to: the shape that `npm start -- --json` prints. */
export interface ScenarioOutcome {
  readonly name: string;
  readonly trigger: Trigger;
  readonly controls: readonly ControlId[];
  readonly target: { readonly account: string; readonly region: string; readonly id: string };
  readonly outcome: string;
  readonly workflow: string;
  readonly note: string;
  /** The ingress rules, or entries that allow, which are left, as EC2 describes them. */
  readonly openAfter: readonly Ingress[];
  readonly millis: number;
  /** How it differs from what was expected; empty when it ended as it should. */
  readonly surprises: readonly string[];
}
