import type { Sha256 } from '../../core/certificate/seal-certificate';
import type { DrillRequest } from '../../core/drill/drill-request';
import type { DrillStep } from '../../core/drill/drill-step';
import { partitionOf } from '../../core/partition-of';
import { failure, success, type Result } from '../../core/result';
import type { Clock, DrilledDeployment, DrillGround, DrillPorts, Durable, Log, PortFailure } from '../ports';
import { cleanUp } from './clean-up';
import { throughGate, type Gate } from './gate';
import type { DrillOrder } from './order';
import { runDrill } from './run-drill';
import { createStepper } from './stepper';

export interface DrillByItselfPorts {
  readonly durable: Durable;
  readonly clock: Clock;
  readonly log: Log;
  readonly sha256: Sha256;
  /** `drill-` and what nobody else has. */
  readonly newDrillId: () => string;
  /** The way into one place, in the name of one drill. */
  readonly enter: (order: Pick<DrillOrder, 'place' | 'drillId'>) => {
    readonly ground: DrillGround;
    readonly deployment: DrilledDeployment;
  };
}

/** What a drill by itself came to. */
export interface DrillResult {
  readonly drillId: string;
  /** Names of steps that showed something else than they were for, or of what was left there. */
  readonly failed: readonly string[];
}

/**
 * A drill as {@link runDrill} plays it, with nobody watching: every call is a step of an execution that survives the
 * loss of its process, and what it made is removed at the end. Each step is a line of the log. A sentence where it
 * could not begin.
 *
 * @param made begins the names of what it makes
 */
export async function drillByItself(
  { account, region }: DrillRequest,
  made: string,
  { durable, clock, log, sha256, newDrillId, enter }: DrillByItselfPorts,
): Promise<Result<DrillResult, string>> {
  const begun = await durable.step('begin', () =>
    Promise.resolve(success({ drillId: newDrillId(), at: clock.now().getTime() })),
  );
  if (!begun.ok) return failure(begun.error.cause);
  const { drillId, at } = begun.value;
  const order: DrillOrder = {
    drillId,
    made,
    place: { partition: partitionOf(region), account, region },
    control: 'EC2.13',
    closedBy: 'command',
  };
  const { gate, ...time } = remembering(durable, clock, at);
  const entered = enter(order);
  const ports: DrillPorts = {
    ...time,
    ground: throughGate(entered.ground, gate),
    deployment: throughGate(entered.deployment, gate),
  };
  const failed: string[] = [];
  const report = ({ step, status, found, fix, millis, times = {} }: DrillStep): void => {
    const fields = { drillId, account, region, step, status, found, fix, millis, ...times };
    if (status !== 'failed') log.info('A step of the drill', fields);
    else {
      failed.push(step);
      log.error('A step of the drill failed', fields);
    }
  };
  await runDrill(order, ports, { report, sha256 });
  await createStepper(ports, report).run('clean', () => cleanUp(order, ports));
  if (failed.length > 0) log.error('The drill failed', { drillId, account, region, failed });
  else log.info('The drill showed what it is for', { drillId, account, region });
  return success({ drillId, failed });
}

/**
 * Makes every call a step that is remembered, with the time when it was over: between calls no time passes, so that
 * what is played again after a pause takes the same way.
 */
function remembering(
  durable: Durable,
  clock: Clock,
  begunAt: number,
): Pick<DrillPorts, 'elapsed' | 'isInterrupted' | 'now' | 'pause'> & { readonly gate: Gate } {
  let latest = begunAt;
  return {
    now: () => new Date(latest),
    elapsed: () => latest,
    isInterrupted: () => false,
    async pause(millis) {
      const seconds = Math.max(1, Math.ceil(millis / 1000));
      await durable.sleep('pause', seconds);
      latest += seconds * 1000;
    },
    async gate(name, call) {
      const remembered = await durable.step(name, async () => {
        // What a port answers, whichever it is.
        const answer = (await call()) as Result<unknown, PortFailure>;
        return answer.ok ? success({ value: answer.value, at: clock.now().getTime() }) : answer;
      });
      if (!remembered.ok) return remembered;
      latest = remembered.value.at;
      return success(remembered.value.value);
    },
  };
}
