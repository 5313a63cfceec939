import type { Context } from '../../core/context/context';
import type { Reason } from '../../core/reasons/reason';
import type { ControlId } from '../../core/controls/control-id';
import type { RecordedGrant } from '../../core/grants/grant';
import type { InterfaceGroups } from '../../core/isolation/isolation';
import type { RecordedException } from '../../core/exceptions/risk-exception';
import type {
  RecordedDecision,
  RemediationAction,
  RemediationOutcome,
  Trigger,
} from '../../core/ledger/remediation-record';
import type { MatterEffect } from '../../core/messages/matter';
import type { AskedQuestion, GivenAnswer } from '../../core/questions/asked-question';
import type { SweepTotals } from '../../core/sweeping/sweep';
import type { Unreadable } from '../../core/sweeping/swept-place';
import type { Target } from '../../core/target';
import type { PortResult } from './port-failure';

/** The `portcullis` bus. */
export interface DomainEvents {
  /** Puts it on the bus. */
  publish(event: DomainEvent): PortResult<void>;
}

/** The same bus, for who reads changes. */
export interface ReopeningEvents {
  /** Puts it on the bus. */
  publish(event: ReopenedEvent): PortResult<void>;
}

/** The same bus, for who pulls the brake or lets it go. */
export interface BrakeEvents {
  /** Puts it on the bus. */
  publish(event: BrakeEvent): PortResult<void>;
}

export interface BrakeEvent {
  readonly detailType: 'Brake Engaged' | 'Brake Released';
  readonly detail: {
    /** ARN of the person, or `Portcullis itself`. */
    readonly by: string;
    /** What they said, and since when everything is held; of a release, of what held until then. */
    readonly reason: string;
    /** ISO 8601, UTC. */
    readonly since: string;
    readonly at: string;
  };
}

/** The same bus, for the sweeper. */
export interface SweepEvents {
  /** Puts it on the bus. */
  publish(event: SweepEvent): PortResult<void>;
}

/** Everything was read, or could not be. */
export interface SweepEvent {
  readonly detailType: 'Sweep Finished';
  readonly detail: {
    readonly sweepId: string;
    /** Who asked for it: `portcullis scan by arn:…`, or the schedule. */
    readonly by: string;
    /** What it comes to, in a sentence or two. */
    readonly reason: string;
    readonly imports: boolean;
    readonly totals: SweepTotals;
    /** Accounts, Regions and targets that could not be read, the first twenty; `totals` has how many there are. */
    readonly unreadable: readonly Unreadable[];
    /** Why nothing could be swept at all. */
    readonly failed?: string;
    /** ISO 8601, UTC. */
    readonly startedAt: string;
    readonly finishedAt: string;
  };
}

/** Something that we had closed was opened again. */
export interface ReopenedEvent {
  readonly detailType: 'Ingress Reopened';
  readonly detail: ReopenedEventDetail;
}

export interface ReopenedEventDetail {
  readonly target: Target & { readonly arn: string };
  readonly controls: readonly ControlId[];
  /** ARN, or the name of a service. */
  readonly reopenedBy: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  /** The call of EC2, its time in ISO 8601, and CloudTrail's id of it. */
  readonly call: string;
  readonly at: string;
  readonly eventId: string;
  /** Within the hours that the configuration says, this time included. */
  readonly times: number;
  /** A person decides from now on, and why. */
  readonly asked?: string;
}

export interface DomainEvent {
  readonly detailType:
    | 'Ingress Closed'
    | 'Closing Undone'
    | 'Remediation Failed'
    | 'Decision Needed'
    /** Somebody answered a question: it stays open. */
    | 'Decision Made'
    /** The policy has people notified, and leaves it open. */
    | 'Opening Noted'
    /** More, less or something else was done than was planned: nothing is called closed or undone. */
    | 'Verification Failed'
    /** Somebody accepted a risk until a day. */
    | 'Risk Accepted'
    /** It ends soon: the reminder of who accepted it. */
    | 'Exception Ending'
    | 'Exception Ended'
    /** Nobody answered a question in time, and the policy leaves it open. */
    | 'Decision Missed'
    /** Somebody else had closed it when a remediation read it. */
    | 'Found Closed'
    /** The target does not exist any more. */
    | 'Target Gone'
    /** A closing found that exceptions cover all that is open. */
    | 'Opening Excepted'
    /** Security Hub shows that a question needs no answer any more. */
    | 'Question Settled'
    /** Somebody has something open for a while. */
    | 'Access Granted'
    /** That is over: what was granted is gone. */
    | 'Access Ended'
    /** An instance or interface is isolated, wholly or in part. */
    | 'Target Isolated'
    /** It has its groups again, or some of them. */
    | 'Isolation Undone'
    /** What somebody asked for in Slack was not done: the reason says why. */
    | 'Request Refused';
  readonly detail: RemediationEventDetail;
}

/** The `detail` of every event about a remediation; the contract of everything that hangs off the bus. */
export interface RemediationEventDetail {
  readonly remediationId: string;
  /** What it does to what people know to be open, where the detail type alone does not say. */
  readonly matter?: MatterEffect;
  readonly action: RemediationAction;
  /** The closing that an undo took back. */
  readonly undoes?: string;
  readonly outcome: RemediationOutcome;
  readonly target: Target & { readonly arn: string };
  readonly controls: readonly ControlId[];
  /** The gravest of its findings'; missing where none says. */
  readonly severity?: string;
  readonly trigger: Trigger;
  readonly decidedBy: string;
  /** What the policy or a guard decided, and what of it. */
  readonly decision?: RecordedDecision;
  /** What was known about the target when it was decided: the first of what is many. */
  readonly context?: Context;
  /** The same in a few sentences, what matters most first. */
  readonly known?: string;
  /** Lines of text: what the owner of the target's source must change so that it is not opened again. */
  readonly ownerMustChange?: readonly string[];
  /**
   * With `Decision Needed`: what closing would change, and what would stay open to the internet afterwards, in
   * sentences.
   */
  readonly wouldChange?: string;
  /** With `Decision Needed`: the question that may be answered, and until when. */
  readonly question?: AskedQuestion;
  /** It was said before, and nobody has answered. */
  readonly reminder?: true;
  /** With a reminder: who may answer as well from now on. */
  readonly escalatedTo?: readonly string[];
  /** The answer to a question that brought it about. */
  readonly answer?: GivenAnswer;
  /** One sentence: what was done, or why not. */
  readonly reason: string;
  /** The same as data, the first few; missing in reminders. docs/reasons.md lists the codes. */
  readonly reasons?: readonly Reason[];
  /** Exceptions that were in force, or that it made or ended. */
  readonly exceptions?: readonly RecordedException[];
  /** What was opened for a while, or taken away at its end. */
  readonly grant?: RecordedGrant;
  /** What an isolation replaced, or its undo gave back: before, and as it was read back. */
  readonly isolation?: {
    readonly before: readonly InterfaceGroups[];
    readonly after: readonly InterfaceGroups[];
    readonly isolatingGroups: readonly string[];
  };
  /** At most 20 ids; `findingCount` says how many there are. */
  readonly findingIds: readonly string[];
  readonly findingCount: number;
  /** Findings that Security Hub did not let us update: what people see there is out of date. */
  readonly findingsNotUpdated: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
}
