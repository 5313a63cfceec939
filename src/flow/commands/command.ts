import type { SecurityHubKind } from '../../core/security-hub-kind';
import type { GrantSettings } from '../../core/grants/grant';
import { toInputProblem } from '../../core/schema-words';
import { renderInputProblem } from '../../core/input-problem';
import type * as z from '../../core/zod-mini';
import type { BeginAtOncePorts } from '../deciding/begin-at-once';
import type { StartPorts } from '../intake/start-remediation';
import type {
  Brake,
  BrakeEvents,
  ChannelQueues,
  FindingsByIds,
  Ledger,
  Questions,
  Receivers,
  Schedules,
  SweepExecutions,
} from '../ports';

/** What commands need of the world. */
export interface CommandPorts extends Omit<StartPorts & BeginAtOncePorts, 'ledger' | 'questions' | 'schedules'> {
  readonly brake: Pick<Brake, 'hold' | 'release'>;
  /** What of the deployed `portcullis.yaml` decides, as it would stand in such a file. */
  readonly deciding: unknown;
  /** Organizational units that the deployed `portcullis.yaml` names. */
  readonly units: unknown;
  readonly events: BrakeEvents;
  readonly channelQueues: ChannelQueues;
  readonly receivers: Receivers;
  readonly hub: FindingsByIds;
  /** Those of the configuration, in its order. */
  readonly regions: readonly string[];
  /** Which Security Hubs the deployment works with. */
  readonly securityHub: SecurityHubKind;
  readonly sweeps: SweepExecutions;
  readonly ledger: StartPorts['ledger'] &
    Pick<Ledger, 'fetchExceptions' | 'fetchGrants' | 'fetchRemediation' | 'withdrawRequest'>;
  /** How far ahead an exception may end. */
  readonly exceptionMaxDays: number;
  /** What may be opened for a while, and by whom; missing, nothing may. */
  readonly grants?: GrantSettings;
  readonly questions: Pick<Questions, 'fetchQuestion' | 'fetchQuestionsOf' | 'replaceQuestion'>;
  readonly schedules: Schedules;
}

/** Who asks, as AWS says it: never what the request says of itself. */
export interface Caller {
  /** Such as `arn:aws:sts::111111111111:assumed-role/Security/alice`. */
  readonly arn: string;
}

export type CommandAnswer =
  | { readonly kind: 'done'; readonly body: object }
  /** What was asked for cannot be done by anybody: the reason names field, value and fix. Nothing was begun. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Something could not be read or written; nothing was begun, as far as it does not say otherwise. */
  | { readonly kind: 'failed'; readonly reason: string };

export type Command = (body: unknown, caller: Caller, ports: CommandPorts) => Promise<CommandAnswer>;

/**
 * A command of the table: its input is checked before it runs.
 *
 * @param schema made when it is needed, since schemas are a good part of a cold start
 */
export function command<Input>(
  schema: () => z.ZodMiniType<Input>,
  run: (input: Input, caller: Caller, ports: CommandPorts) => Promise<CommandAnswer>,
): Command {
  return (body, caller, ports) => {
    const input = schema().safeParse(body);
    if (input.success) return run(input.data, caller, ports);
    return Promise.resolve({ kind: 'refused', reason: renderInputProblem(toInputProblem(input.error, body)) });
  };
}
