import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { ControlId, ControlParameter } from '../../core/controls/control-id';
import type { Trigger } from '../../core/ledger/remediation-record';

/** How a story begins: a group is made, and findings about it are imported. */
export interface ScenarioStart {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly controls: readonly ControlId[];
  readonly parameters?: readonly ControlParameter[] | undefined;
  /** Ingress rules of the group before. */
  readonly rules: readonly ScenarioRule[];
}

/** A whole story: how it begins, who acts, and how it must end. */
export interface Scenario extends ScenarioStart {
  /** What it shows, for the person who watches. */
  readonly shows: string;
  readonly trigger: Trigger;
  readonly expected: {
    readonly workflow: 'RESOLVED' | 'NOTIFIED';
    readonly outcome: string;
    /** The ingress rules that are left, as `tcp 443 from 0.0.0.0/0`, in any order. */
    readonly openAfter: readonly string[];
    /** The finding's severity afterwards, where an automation rule changed it. */
    readonly severity?: string;
    /** Text that the note must hold. */
    readonly noteMentions: readonly string[];
  };
}

export interface ScenarioRule {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  /** An IPv4 or IPv6 CIDR. */
  readonly source: string;
  readonly description?: string | undefined;
}

/** What a scenario came to: the shape that `npm start -- --json` prints. */
export interface ScenarioOutcome {
  readonly name: string;
  readonly trigger: Trigger;
  readonly controls: readonly ControlId[];
  readonly target: { readonly account: string; readonly region: string; readonly id: string };
  readonly outcome: string;
  readonly workflow: string;
  readonly note: string;
  /** The ingress rules that are left, as EC2 describes them. */
  readonly openAfter: readonly SecurityGroupRule[];
  readonly millis: number;
  /** How it differs from what was expected; empty when it ended as it should. */
  readonly surprises: readonly string[];
}
