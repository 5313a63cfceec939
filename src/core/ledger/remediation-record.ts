import type { CertificateAnchor } from '../certificate/certificate';
import type { ControlId, ControlParameter } from '../controls/control-id';
import type { Context } from '../context/context';
import type { RecordedException } from '../exceptions/risk-exception';
import type { FindingKey } from '../findings/finding';
import type { RecordedGrant } from '../grants/grant';
import type { RecordedIsolation } from '../isolation/isolation';
import type { NetworkAclEntry } from '../network/network-acl';
import type { SecurityGroupRule } from '../network/security-group-rule';
import type { Plan, PlanStep } from '../planning/plan';
import type { PolicyMode } from '../policy/policy-entry';
import type { AskedQuestion, GivenAnswer } from '../questions/asked-question';
import type { Reason } from '../reasons/reason';
import type { Resource } from '../resource';
import type { Target } from '../target';

/** One remediation as the ledger keeps it: enough to undo it, to report it and to say who decided. */
export interface RemediationRecord {
  readonly remediationId: string;
  readonly target: Target;
  readonly action: RemediationAction;
  /** The closing that this undo takes back. */
  readonly undoes?: string;
  /** The undo that took this closing back, wholly or in part. */
  readonly undoneBy?: string;
  readonly trigger: Trigger;
  /** Who or what decided, in words for people: `custom action "Close ingress"`, `policy: EC2.13 automatic`. */
  readonly decidedBy: string;
  /**
   * What the policy decided about findings that nobody chose, or a guard about anybody's; missing where neither did.
   */
  readonly decision?: RecordedDecision;
  /** The answer to a question that had this done. */
  readonly answer?: GivenAnswer;
  /** The question that was left for a person, where one was. */
  readonly question?: AskedQuestion;
  readonly findings: readonly RemediatedFinding[];
  /**
   * When the last of the people who asked for it chose to, ISO 8601, UTC; missing where nobody did, or nobody knows.
   */
  readonly chosenAt?: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly outcome: RemediationOutcome;
  /** One sentence: what was done, or why not. The finding's note says the same. */
  readonly reason?: string;
  /** The same as data; missing in records of earlier versions. */
  readonly reasons?: readonly Reason[];
  /** Stored before anything is touched: the target as the first plan saw it of which anything may have taken effect. */
  readonly before?: Resource;
  /**
   * The target as the latest plan saw it, where that was made again after an earlier one may have changed something.
   */
  readonly beforeLatestPlan?: Resource;
  /** The latest one: made again when the rules changed under it. What ran is in `runs`. */
  readonly plan?: Plan;
  /** What was known about the target when it was decided; missing where nothing violated. */
  readonly context?: Context;
  /** Exceptions of its controls that were in force, or that it made or ended; missing where there were none. */
  readonly exceptions?: readonly RecordedException[];
  /** What it opened for a while, or took away at its end. */
  readonly grant?: RecordedGrant;
  /** Of an isolation and its undo: what stands in place of plan, runs and states. */
  readonly isolation?: RecordedIsolation;
  readonly runs: readonly RunbookRunRecord[];
  /** As read back at the end. */
  readonly after?: readonly ResourceRule[];
  /**
   * Where its certificate stands in the chain of the target; missing where there is none, or before these were kept.
   */
  readonly certificate?: CertificateAnchor;
  /** Findings that Security Hub did not let us update, with its reason. */
  readonly notUpdated?: readonly (FindingKey & { readonly reason: string })[];
}

export interface RecordedDecision {
  readonly mode: PolicyMode;
  /** The entry or guard that decided, in words: `policy entry "production asks"`, `guard protectionTag`. */
  readonly entry: string;
  readonly reason: string;
  /** What the reason was made of; missing in records of versions that kept only the text. */
  readonly reasons?: readonly Reason[];
}

/** A rule of a security group or an entry of a network ACL, as the target's kind says. */
export type ResourceRule = SecurityGroupRule | NetworkAclEntry;

/** What the console's custom actions ask for. */
export const CONSOLE_ACTIONS = ['close', 'preview', 'undo', 'accept', 'isolate'] as const;

export type ConsoleAction = (typeof CONSOLE_ACTIONS)[number];

/**
 * A preview changes nothing, and is recorded because its note replaces the note of somebody else; `context` is what
 * somebody at a terminal had looked up. `accept` makes an exception, and `end-exception` ends one; `grant` opens
 * something for a while, and `end-grant` takes it away.
 */
export const REMEDIATION_ACTIONS = [...CONSOLE_ACTIONS, 'context', 'end-exception', 'grant', 'end-grant'] as const;

export type RemediationAction = (typeof REMEDIATION_ACTIONS)[number];

export const TRIGGERS = ['custom-action', 'automatic'] as const;

export type Trigger = (typeof TRIGGERS)[number];

export const REMEDIATION_OUTCOMES = [
  'running',
  'closed',
  'already-closed',
  /** All that violates is left open by exceptions; what was beyond them is closed. */
  'excepted',
  'exception-ended',
  /** Opened for a while, and read back. */
  'granted',
  /** What was to be granted is open anyway: nothing was added, and nothing will be taken away. */
  'already-open',
  /** What was granted is gone, and that was read back. */
  'access-ended',
  /** The target is gone: nothing to do. */
  'not-needed',
  /** A person must decide; the finding says what. */
  'asked',
  /** The policy has people notified, and leaves it open. */
  'notified',
  'still-open',
  'failed',
  'could-not-tell',
  /** The independent verification does not hold: more, less or something else was done than was planned. */
  'not-verified',
  /** Somebody chose Undo closing while it ran: what was not started then was not started any more. */
  'stopped',
  /** Everything that the closing took away is there again, and what it added is gone. */
  'undone',
  /** Something was left alone, because somebody changed it since, or a run failed. */
  'partly-undone',
  'nothing-to-undo',
  /** Every interface has the isolating group alone, and that is empty: read back. */
  'isolated',
  'already-isolated',
  /** Some interfaces are. */
  'partly-isolated',
  /** Said what closing would change, or what is known; nothing was touched. */
  'previewed',
] as const;

export type RemediationOutcome = (typeof REMEDIATION_OUTCOMES)[number];

export interface RemediatedFinding extends FindingKey {
  /** Missing with an isolation, which takes findings of any product. */
  readonly control?: ControlId;
  /** Of its control; missing where it has none. */
  readonly parameters?: readonly ControlParameter[];
  /** As Security Hub has it: missing in records of earlier versions. */
  readonly severity?: string;
  /** Nobody asked for it: the read-back resolved it too. */
  readonly alongside?: boolean;
  /** When Security Hub first saw it: what exposure times are counted from. */
  readonly firstObservedAt?: string;
  /** The note of somebody else that ours replaced. */
  readonly previousNote?: { readonly text: string; readonly updatedBy: string; readonly updatedAt: string };
}

export interface RunbookRunRecord {
  /** Missing when SSM said only that the run was started already. */
  readonly executionId?: string;
  /** `rem-…/0.1`: the second step of the first plan. */
  readonly runId: string;
  readonly step: PlanStep;
  readonly startedAt: string;
  /** What stood there before, for a step that replaces an entry of a network ACL. */
  readonly replaced?: NetworkAclEntry;
  /** Missing while it runs. */
  readonly end?: RunEnd;
  /**
   * The calls that SSM's record of the execution shows, in EC2's words; only asked for where the verification failed.
   */
  readonly reported?: readonly ReportedCall[];
}

/** A call that a runbook made, whatever it was to make. */
export interface ReportedCall {
  readonly call: string;
  readonly rules: readonly ResourceRule[];
}

export const RUN_ENDS = [
  'effect-seen',
  'rules-changed',
  /** The call was refused: it changed nothing. */
  'failed',
  'no-effect',
  /** Whether the call was made could not be seen; the rules may show it later. */
  'unknown',
] as const;

/** What the rules showed after the run. Only `effect-seen` says that the step is done. */
export type RunEnd = (typeof RUN_ENDS)[number];
