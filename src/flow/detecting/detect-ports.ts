import type { RequestedControl } from '../../core/controls/control-id';
import type { ReopeningLimit } from '../../core/detection/reopenings';
import type { MessageProblemsPorts } from '../intake/message-problems';
import type {
  Clock,
  ControlParameters,
  Hub,
  MemberFindings,
  MemberVersions,
  NamedGroups,
  Openers,
  ReopeningEvents,
  Targets,
} from '../ports';

export interface DetectPorts extends MessageProblemsPorts {
  readonly clock: Clock;
  readonly events: ReopeningEvents;
  readonly findings: MemberFindings;
  /** Of the hub: findings of others that we had RESOLVED, or somebody has suppressed, are there. */
  readonly hub: Pick<Hub, 'fetchResolvedOrSuppressed' | 'updateFindings'>;
  readonly groups: NamedGroups;
  readonly memberVersions?: MemberVersions;
  /** Missing where nothing that was closed is re-checked. */
  readonly openers?: Openers;
  readonly parameters: ControlParameters;
  readonly targets: Pick<Targets, 'observe'>;
}

export interface DetectSettings {
  readonly prefix: string;
  /** What a changed target is held against. */
  readonly controls: readonly RequestedControl[];
  /** Changes elsewhere are none of this deployment's. */
  readonly regions: readonly string[];
  /** Our own role in members: what it opens was taken back by a person's undo. */
  readonly runbookRole: string;
  readonly reopened: ReopeningLimit;
}
