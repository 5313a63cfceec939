import { failure, success } from '../../core/result';
import { POLL_SECONDS, POLLS_BEFORE_ASKING } from '../limits';
import type {
  Clock,
  Durable,
  Log,
  Outcome,
  RunbookRun,
  Runbooks,
  RunbookStarted,
  RunbookStatus,
  Targets,
} from '../ports';
import { hasBeenChanged, hasTakenEffect } from './step-effect';

export interface RunStepPorts {
  readonly clock: Clock;
  readonly durable: Durable;
  readonly log: Log;
  readonly runbooks: Runbooks;
  readonly targets: Targets;
  /** Asked between the steps of a plan, by the place of the next one (`0.1`); answers what keeps it from being run. */
  readonly mayGoOn?: (position: string) => Promise<StepEnd | undefined>;
}

export interface StartedRun extends RunbookStarted {
  /** ISO 8601, UTC. */
  readonly startedAt: string;
}

export type StepEnd =
  /** The rules show it. */
  | { readonly kind: 'effect-seen' }
  /** The rules are not what the plan was made on any more: plan again. */
  | { readonly kind: 'rules-changed'; readonly reason: string }
  /** The call was refused. */
  | ({ readonly kind: 'failed' } & Trouble)
  /** The run ended badly, or the rules could not be read: its call may have been made or not. */
  | ({ readonly kind: 'unknown' } & Trouble)
  /** Neither an effect nor an error within the time that we wait. */
  | { readonly kind: 'no-effect'; readonly reason: string };

export interface Trouble {
  readonly reason: string;
  /** A service had trouble of its own: another try, with a fresh look, may work. */
  readonly isTransient: boolean;
  /** EC2 counts more rules or entries than the quota allows, whatever the plan counted. */
  readonly isOverQuota?: boolean;
}

/** EC2's answers when a rule or an entry was changed, added or taken away between our look and the call. */
const CHANGED_CODES = new Set([
  'InvalidPermission.NotFound',
  'InvalidPermission.Duplicate',
  'InvalidNetworkAclEntry.NotFound',
  'NetworkAclEntryAlreadyExists',
]);

/** EC2's answers when a group or a network ACL holds as many as its quota allows; nothing was changed then. */
const QUOTA_CODES = new Set(['RulesPerSecurityGroupLimitExceeded', 'NetworkAclEntryLimitExceeded']);

/** How services say that a call was not even looked at, because there were too many. */
const REFUSED_CODES = /Throttl|LimitExceeded|TooManyRequests/;

const CHANGED_MEANWHILE = 'Somebody changed a rule that was to be revoked.';

/** Looks that a successful run gets for its effect to show: EC2 is eventually consistent. */
const LOOKS_AFTER_SUCCESS = 3;

/** Looks, 18 seconds in all, for the effect of a run of which it is not known whether it was started. */
const LOOKS_IN_DOUBT = 4;

export function startRun(run: RunbookRun, name: string, ports: RunStepPorts): Outcome<StartedRun> {
  return ports.durable.step(`start ${name}`, async () => {
    const startedAt = ports.clock.now().toISOString();
    const started = await ports.runbooks.start(run);
    return started.ok ? success({ ...started.value, startedAt }) : started;
  });
}

/** Waits until the rules show what the run was to do. Only when they do not for a while is SSM asked why. */
export async function awaitEffect(
  run: RunbookRun,
  started: StartedRun,
  name: string,
  ports: RunStepPorts,
): Promise<StepEnd> {
  let looksAfterSuccess = 0;
  for (const [poll, seconds] of POLL_SECONDS.entries()) {
    await ports.durable.sleep(`wait ${name} ${String(poll)}`, seconds);
    const seen = await ports.durable.step(`look ${name} ${String(poll)}`, () => lookForEffect(run, ports.targets));
    if (!seen.ok) return { kind: 'unknown', reason: seen.error.cause, isTransient: seen.error.retryable };
    if (seen.value === 'effect') return { kind: 'effect-seen' };
    if (seen.value === 'changed') return { kind: 'rules-changed', reason: CHANGED_MEANWHILE };
    if (seen.value === 'gone') return { kind: 'rules-changed', reason: 'The resource is gone.' };
    const { executionId, doubt } = started;
    if (doubt !== undefined && poll + 1 === LOOKS_IN_DOUBT)
      return { kind: 'unknown', reason: doubt, isTransient: false };
    if (poll + 1 < POLLS_BEFORE_ASKING || executionId === undefined) continue;

    const status = await ports.durable.step(`ask ${name} ${String(poll)}`, () =>
      ports.runbooks.explain(run, executionId),
    );
    if (!status.ok) {
      ports.log.warn('Runbook status unknown', { remediationId: run.remediationId, cause: status.error.cause });
    } else if (status.value.kind === 'failed') {
      return toStepEnd(status.value);
    } else if (status.value.kind === 'succeeded' && ++looksAfterSuccess >= LOOKS_AFTER_SUCCESS) {
      // A default VPC answers success for a permission that does not exist; or somebody put the rule back at once.
      return { kind: 'rules-changed', reason: 'The runbook succeeded, but the rules do not show it.' };
    }
  }
  const seconds = POLL_SECONDS.reduce((sum, each) => sum + each, 0);
  return {
    kind: 'no-effect',
    reason: `Runbook execution ${started.executionId ?? '(id unknown)'} shows no effect after ${String(seconds)} seconds.`,
  };
}

/**
 * Without an answer of EC2, such as after a time-out of SSM's, nobody knows whether the call was made; nor do they after
 * an error of EC2's own. A call that was only too many is refused.
 */
function toStepEnd({ code, reason, ...status }: Extract<RunbookStatus, { kind: 'failed' }>): StepEnd {
  const isTransient = status.isTransient === true;
  const trouble = { reason: `Runbook: ${reason}`, isTransient };
  if (code === undefined || (isTransient && !REFUSED_CODES.test(code))) return { kind: 'unknown', ...trouble };
  if (CHANGED_CODES.has(code)) return { kind: 'rules-changed', reason: trouble.reason };
  return { kind: 'failed', ...trouble, ...(QUOTA_CODES.has(code) ? { isOverQuota: true } : {}) };
}

/** Answers little, since every look is stored: whether it is there, not the whole resource. */
async function lookForEffect(run: RunbookRun, targets: Targets): Outcome<'effect' | 'no-effect' | 'changed' | 'gone'> {
  const observed = await targets.observe(run.target, run.remediationId);
  if (!observed.ok) return failure(observed.error);
  if (observed.value.kind === 'gone') return success('gone');
  const { resource } = observed.value;
  if (hasBeenChanged(run.step, resource)) return success('changed');
  return success(hasTakenEffect(run.step, resource) ? 'effect' : 'no-effect');
}
