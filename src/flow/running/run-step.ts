import { failure, success } from '../../core/result';
import { POLL_SECONDS, POLLS_BEFORE_ASKING, QUEUED_POLLS } from '../limits';
import type {
  Clock,
  Durable,
  Log,
  PortResult,
  PortFailure,
  RunbookRun,
  Runbooks,
  RunbookStarted,
  RunbookStatus,
  Targets,
} from '../ports';
import type { ClosingReason } from '../../core/reasons/closing-reasons';
import type { RunReason } from '../../core/reasons/run-reasons';
import type { HeldBack } from '../closing/held-back';
import { hasBeenChanged, hasTakenEffect } from './step-effect';

export interface RunStepPorts {
  readonly clock: Clock;
  readonly durable: Durable;
  readonly log: Log;
  readonly runbooks: Runbooks;
  readonly targets: Targets;
  /** Asked between the steps of a plan. */
  readonly stop?: MayStop;
  /**
   * Asked again and again while the first call of a remediation waits for its turn with SSM: a reason keeps it from
   * being made. Missing where a person has chosen it.
   */
  readonly heldBack?: () => PortResult<HeldBack | undefined>;
  /** Called with every wait of a plan that runs, in seconds. */
  readonly onWaited?: (seconds: number) => Promise<void>;
}

/** What may keep the next call of a plan from being run, though the one before did all that it was to do. */
export interface MayStop {
  /** Who stops it, in words; null when it goes on. To be part of a step that may run twice. */
  fetchStoppedBy(): PortResult<string | null>;
  /**
   * What keeps the next call from being run; undefined when nothing does.
   * @param position of the call in its plan, such as `0.1`
   * @param fetched what `fetchStoppedBy` answered a moment ago; without it, it is asked
   */
  mayGoOn(position: string, fetched?: string | null): Promise<StepResult | undefined>;
}

export interface StartedRun extends RunbookStarted {
  /** ISO 8601, UTC. */
  readonly startedAt: string;
}

export type StepResult =
  /** The rules show it. */
  | { readonly kind: 'effect-seen' }
  /** The rules are not what the plan was made on any more: plan again. */
  | { readonly kind: 'rules-changed'; readonly why: RunReason }
  /** The call was refused. */
  | ({ readonly kind: 'failed' } & StepFailure)
  /** The run ended badly, or the rules could not be read: its call may have been made or not. */
  | ({ readonly kind: 'unknown' } & StepFailure)
  /** Neither an effect nor an error within the time that we wait. */
  | { readonly kind: 'no-effect'; readonly why: RunReason };

export interface StepFailure {
  readonly why: RunReason | ClosingReason;
  /** A service failed transiently: another try, after a fresh read, may work. */
  readonly isTransient: boolean;
  /** Nothing may be changed any more, for this reason; nothing was. */
  readonly heldBack?: HeldBack;
  /** EC2 counts more rules or entries than the quota allows, whatever the plan counted. */
  readonly isOverQuota?: boolean;
}

/** EC2's answers when a rule or an entry was changed, added or taken away between our read and the call. */
const CHANGED_CODES = new Set([
  'InvalidPermission.NotFound',
  'InvalidPermission.Duplicate',
  'InvalidNetworkAclEntry.NotFound',
  'NetworkAclEntryAlreadyExists',
]);

/** EC2's answers when a group or a network ACL holds as many as its quota allows; nothing was changed then. */
const QUOTA_CODES = new Set(['RulesPerSecurityGroupLimitExceeded', 'NetworkAclEntryLimitExceeded']);

/** How services say that a call was not even taken, because there were too many. */
const REFUSED_CODES = /Throttl|LimitExceeded|TooManyRequests/;

/** Reads that a successful run gets for its effect to show: EC2 is eventually consistent. */
const READS_AFTER_SUCCESS = 3;

/** Reads, 18 seconds in all, for the effect of a run of which it is not known whether it was started. */
const READS_IN_DOUBT = 4;

/** Runs that SSM is asked about after one read. */
const ASKED_AFTER_A_READ = 3;

/** Attempts, half a minute at most, after which a throttled start checks whether it may still be made. */
const ATTEMPTS_A_TURN = 4;
/** A quarter of an hour. */
const MAX_TURNS = 50;

/** A run that was started, or why it may not be any more. */
export type Start = StartedRun | { readonly heldBack: HeldBack };

/**
 * Starts one run of a runbook; one that started already is answered with its id.
 *
 * In a burst it waits for minutes until SSM takes it. The first call of a remediation that nobody chose checks
 * meanwhile whether it may still be made, in a step of its own: one that starts a run is begun anew when its process is
 * lost behind the start, and must then not take the run for one that was never started.
 *
 * @param isFirst nothing of the remediation has run yet
 */
export async function startRun(
  run: RunbookRun,
  name: string,
  isFirst: boolean,
  ports: RunStepPorts,
): PortResult<Start> {
  const { clock, durable, runbooks } = ports;
  const heldBack = isFirst ? ports.heldBack : undefined;
  for (let turn = 0; ; turn++) {
    const again = turn === 0 ? '' : ` again ${String(turn)}`;
    const waits = heldBack !== undefined && turn < MAX_TURNS;
    const started = await durable.step<StartedRun | null>(`start ${name}${again}`, async (attempt) => {
      const startedAt = clock.now().toISOString();
      const answer = await runbooks.start(run);
      if (answer.ok) return success({ ...answer.value, startedAt });
      return waits && answer.error.code === 'throttled' && attempt >= ATTEMPTS_A_TURN ? success(null) : answer;
    });
    if (!started.ok) return started;
    if (started.value !== null) return success(started.value);
    if (heldBack === undefined) throw new Error('Only what may be held back gives its turn away.');
    const held = await durable.step(`may start ${name}${again}`, async () => {
      const reason = await heldBack();
      return reason.ok ? success(reason.value ?? null) : reason;
    });
    // A look-up that fails never widens what is done automatically.
    if (!held.ok) return success({ heldBack: { code: 'automatic-held', hold: held.error.cause } });
    if (held.value !== null) return success({ heldBack: held.value });
  }
}

/** A run that was started, under the name that its durable operations have. */
export interface RunUnderWay {
  readonly run: RunbookRun;
  readonly started: StartedRun;
  readonly name: string;
}

export interface EffectsAwaited {
  /** The end of each run, in their order. */
  readonly ends: readonly StepResult[];
  /** Read right after all effects were seen: who stops it, null where it goes on. */
  readonly stoppedBy?: string | null;
}

/**
 * Waits until the rules show what the runs were to do: one read for all of them. Only when they do not for a while is
 * SSM asked why.
 * @param goesOn further calls follow, so that the read that sees all effects asks whether they may
 */
export async function awaitEffects(
  underWay: readonly RunUnderWay[],
  goesOn: boolean,
  ports: RunStepPorts,
): Promise<EffectsAwaited> {
  const [first] = underWay;
  if (first === undefined) return { ends: [] };
  let stoppedBy: string | null | undefined;
  const ends = new Map<RunUnderWay, StepResult>();
  const readsAfterSuccess = new Map<RunUnderWay, number>();
  let queuedPolls = 0;
  let isQueued = false;
  for (let poll = 0, next = 0; next < POLL_SECONDS.length; poll++) {
    const seconds = isQueued ? QUEUED_POLLS.seconds : (POLL_SECONDS[next] ?? 0);
    if (!isQueued) next += 1;
    await ports.durable.sleep(`wait ${first.name} ${String(poll)}`, seconds);
    await ports.onWaited?.(seconds);
    const pending = underWay.filter((one) => !ends.has(one));
    const seen = await ports.durable.step(`look ${first.name} ${String(poll)}`, () =>
      readEffects(
        pending.map(({ run }) => run),
        goesOn,
        ports,
      ),
    );
    if (seen.ok) ({ stoppedBy } = seen.value);
    for (const [index, one] of pending.entries()) {
      const end = seen.ok ? toEnd(seen.value.looks[index], one, poll) : toUnread(seen.error);
      if (end !== undefined) ends.set(one, end);
    }
    const still = pending.filter((one) => !ends.has(one));
    if (still.length === 0) break;
    if (poll + 1 < POLLS_BEFORE_ASKING) continue;
    isQueued = false;
    // Its quota is 3 calls a second: the others are asked about after the next read.
    for (const one of still.slice(0, ASKED_AFTER_A_READ)) {
      const end = await askWhy(one, poll, readsAfterSuccess, ports);
      if (end === 'queued') isQueued = queuedPolls < QUEUED_POLLS.most;
      else if (end !== undefined) ends.set(one, end);
    }
    if (isQueued) queuedPolls += 1;
  }
  const each = underWay.map((one) => ends.get(one) ?? toNoEffect(one));
  return { ends: each, ...(stoppedBy === undefined ? {} : { stoppedBy }) };
}

function toEnd(saw: Reading | undefined, { started: { doubt } }: RunUnderWay, poll: number): StepResult | undefined {
  if (saw === 'effect') return { kind: 'effect-seen' };
  if (saw === 'changed') return { kind: 'rules-changed', why: { code: 'rule-changed-meanwhile' } };
  if (saw === 'gone') return { kind: 'rules-changed', why: { code: 'gone-meanwhile' } };
  if (doubt !== undefined && poll + 1 >= READS_IN_DOUBT) {
    return { kind: 'unknown', why: { code: 'service-failed', cause: doubt }, isTransient: false };
  }
  return undefined;
}

function toUnread({ cause, retryable }: PortFailure): StepResult {
  return { kind: 'unknown', why: { code: 'service-failed', cause }, isTransient: retryable };
}

async function askWhy(
  one: RunUnderWay,
  poll: number,
  readsAfterSuccess: Map<RunUnderWay, number>,
  { durable, runbooks, log }: RunStepPorts,
): Promise<StepResult | 'queued' | undefined> {
  const { run, started, name } = one;
  const { executionId } = started;
  if (executionId === undefined) return undefined;
  const status = await durable.step(`ask ${name} ${String(poll)}`, () => runbooks.getStatus(run, executionId));
  if (!status.ok) {
    log.warn('Runbook status unknown', { remediationId: run.remediationId, cause: status.error.cause });
    return undefined;
  }
  if (status.value.kind === 'failed') return toStepResult(status.value);
  if (status.value.kind === 'running' && status.value.isQueued === true) return 'queued';
  if (status.value.kind !== 'succeeded') return undefined;
  const reads = (readsAfterSuccess.get(one) ?? 0) + 1;
  readsAfterSuccess.set(one, reads);
  // A default VPC answers success for a permission that does not exist; or somebody put the rule back at once.
  return reads < READS_AFTER_SUCCESS ? undefined : { kind: 'rules-changed', why: { code: 'success-not-shown' } };
}

function toNoEffect({ started: { executionId } }: RunUnderWay): StepResult {
  const seconds = POLL_SECONDS.reduce((sum, each) => sum + each, 0);
  const id = executionId === undefined ? {} : { executionId };
  return { kind: 'no-effect', why: { code: 'no-effect-shown', ...id, seconds } };
}

/**
 * Without an answer of EC2, such as after a time-out of SSM's, nobody knows whether the call was made; nor do they
 * after an error of EC2's own. A call that was only too many is refused.
 */
function toStepResult({ code, reason, ...status }: Extract<RunbookStatus, { kind: 'failed' }>): StepResult {
  const isTransient = status.isTransient === true;
  const why = { code: 'runbook-failed', cause: reason } as const;
  if (code === undefined || (isTransient && !REFUSED_CODES.test(code))) return { kind: 'unknown', why, isTransient };
  if (CHANGED_CODES.has(code)) return { kind: 'rules-changed', why };
  return { kind: 'failed', why, isTransient, ...(QUOTA_CODES.has(code) ? { isOverQuota: true } : {}) };
}

type Reading = 'effect' | 'no-effect' | 'changed' | 'gone';

interface Readings {
  readonly looks: readonly Reading[];
  /** Left out where nobody asked, or the ledger did not answer: then a step of its own asks, with its retries. */
  readonly stoppedBy?: string | null;
}

/** Answers little, since every read is stored: whether it is there, not the whole resource. */
async function readEffects(
  runs: readonly RunbookRun[],
  goesOn: boolean,
  { targets, stop }: Pick<RunStepPorts, 'targets' | 'stop'>,
): PortResult<Readings> {
  const [first] = runs;
  if (first === undefined) return success({ looks: [] });
  const observed = await targets.observe(first.target, first.remediationId);
  if (!observed.ok) return failure(observed.error);
  const { value } = observed;
  const readings = runs.map(({ step }): Reading => {
    if (value.kind === 'gone') return 'gone';
    if (hasBeenChanged(step, value.resource)) return 'changed';
    return hasTakenEffect(step, value.resource) ? 'effect' : 'no-effect';
  });
  if (stop === undefined || !goesOn || readings.some((reading) => reading !== 'effect'))
    return success({ looks: readings });
  const by = await stop.fetchStoppedBy();
  return success({ looks: readings, ...(by.ok ? { stoppedBy: by.value } : {}) });
}
