import { randomBytes } from 'node:crypto';
import { createDrillAdapters } from '../../aws/adapters/drill-adapters';
import { sha256 } from '../../aws/sha-256';
import { DRILL_ID_START, toDrillNames } from '../../core/configuration/names/drill-names';
import { describeOpening, DRILL_CONTROLS, toOpening, type DrillControl } from '../../core/drill/drill-control';
import type { DrillStep } from '../../core/drill/drill-step';
import { partitionOf } from '../../core/partition-of';
import { cleanUp } from '../../flow/drill/clean-up';
import { throughGate } from '../../flow/drill/gate';
import type { DrillOrder } from '../../flow/drill/order';
import { runDrill as playDrill } from '../../flow/drill/run-drill';
import { createStepper } from '../../flow/drill/stepper';
import type { DrillGround, DrillPorts } from '../../flow/ports';
import { visibleJson } from '../../core/visible-json';
import { CouldNotTellError, InputError } from '../cli-error';
import { fetchCallerAccount } from '../../aws/adapters/caller-account';
import { checkRegion } from '../environment-region';
import { createOperator } from '../operator/operator';
import { plural } from '../plural';
import { colorsFor } from '../terminal';
import { askToGoOn } from './ask-to-go-on';
import { createInterruption, type Interruption } from './interruption';
import { showWaiting } from '../waiting-line';
import { renderStep } from './render-drill';
import { writeDrill } from './write-drill';
import { fitLines } from '../fit-lines';

export interface RunDrillOptions {
  readonly account: string;
  readonly region: string;
  readonly hubRegion?: string;
  readonly prefix: string;
  readonly control: string;
  readonly vpc?: string;
  readonly byPolicy?: true;
  readonly out?: string;
  readonly clean?: true;
  readonly yes?: true;
  readonly json?: true;
}

/**
 * Plays the whole chain in an account for drills, and removes what it made whatever happens.
 *
 * @throws InputError for an account without the role of drills, and for what is no account, Region, VPC or control;
 *   Error when a step did not show what it was for, or something could not be removed; CouldNotTellError when it was
 *   interrupted
 */
export async function runDrill(options: RunDrillOptions): Promise<void> {
  const order = toOrder(options);
  const operator = await createOperator({
    prefix: options.prefix,
    ...(options.hubRegion === undefined ? {} : { region: options.hubRegion }),
  });
  const { place, drillId } = order;
  const { ground, deployment } = createDrillAdapters(
    { prefix: options.prefix, hubRegion: operator.region, place, drillId },
    operator,
  );
  await enter(ground, order, options.prefix);
  const steps: DrillStep[] = [];
  const colors = colorsFor(process.stdout);
  let stopWaiting = (): void => undefined;
  const begin = (step: string): void => {
    stopWaiting();
    stopWaiting = showWaiting(step, { ...(options.json && { json: options.json }) });
  };
  const report = (step: DrillStep): void => {
    stopWaiting();
    steps.push(step);
    process.stdout.write(options.json ? `${visibleJson(step)}\n` : fitLines(renderStep(step, colors)));
  };
  if (options.clean) {
    await clean({ made: order.made, place }, ground, report);
    throwUnlessShown(steps);
    return;
  }
  await askToGoOn(describe(order), options.yes === true);
  const interruption = createInterruption((signal) => {
    process.stderr.write(`${signal}: what the drill has made is removed …\n`);
  });
  const certificates = await playDrill(
    order,
    {
      ...clockOf(interruption),
      ground: throughGate(ground, interruption.gate),
      deployment: throughGate(deployment, interruption.gate),
    },
    { report, begin, sha256 },
    // oxlint-disable-next-line typescript/no-misused-promises -- `finally` waits for what its function promises
  ).finally(async () => {
    await interruption.finished();
    await clean(order, ground, report);
    interruption.forget();
  });
  if (options.out !== undefined) writeDrill(options.out, { order, steps, certificates });
  if (interruption.isInterrupted())
    throw new CouldNotTellError('the drill was interrupted, and shows nothing as a whole');
  throwUnlessShown(steps);
}

type Clock = Pick<DrillPorts, 'elapsed' | 'isInterrupted' | 'now' | 'pause'>;

function clockOf(interruption: Pick<Interruption, 'isInterrupted' | 'pause'>): Clock {
  return {
    now: () => new Date(),
    elapsed: () => performance.now(),
    pause: (millis) => interruption.pause(millis),
    isInterrupted: () => interruption.isInterrupted(),
  };
}

/** Nobody interrupts this: a second signal ends the process, and then the command that removes the rest is known. */
async function clean(
  order: Parameters<typeof cleanUp>[0],
  ground: DrillGround,
  report: (step: DrillStep) => void,
): Promise<void> {
  const clock = clockOf({ isInterrupted: () => false, pause: () => Promise.resolve() });
  await createStepper(clock, report).run('clean', () => cleanUp(order, { ground, now: clock.now }));
}

function toOrder({ account, region, prefix, control, vpc, byPolicy }: RunDrillOptions): DrillOrder {
  if (!/^\d{12}$/.test(account)) throw new InputError(`--account: "${account}" is no account id; it has 12 digits`);
  checkRegion(region, '--region');
  if (vpc !== undefined && !/^vpc-[0-9a-f]{8,17}$/.test(vpc)) throw new InputError(`--vpc: "${vpc}" is no id of a VPC`);
  const known: DrillControl | undefined = DRILL_CONTROLS.find((id) => id === control);
  if (known === undefined) {
    throw new InputError(`--control: "${control}" cannot be drilled; write one of ${DRILL_CONTROLS.join(', ')}`);
  }
  return {
    drillId: `${DRILL_ID_START}${randomBytes(6).toString('hex')}`,
    made: toDrillNames(prefix).made,
    place: { partition: partitionOf(region), account, region },
    control: known,
    closedBy: byPolicy ? 'policy' : 'command',
    ...(vpc === undefined ? {} : { vpcId: vpc }),
  };
}

function describe({ place, control, drillId }: DrillOrder): string {
  return (
    `${drillId} makes security groups in ${place.account}/${place.region} that are attached to nothing, opens one ` +
    `(${describeOpening(toOpening(control, drillId))}), has it closed, undone and closed again, and removes all of it.`
  );
}

/**
 * @throws InputError where the role of drills is not there, or may not be taken on; CouldNotTellError when nobody can
 * tell
 */
async function enter(ground: DrillGround, { place }: DrillOrder, prefix: string): Promise<void> {
  const entered = await ground.enter();
  if (entered.ok) return;
  if (entered.error.code !== 'access-denied') throw new CouldNotTellError(`${entered.error.cause} (${place.region})`);
  // Who has no credentials is refused everything: that says nothing of the account.
  const caller = await fetchCallerAccount(place.region);
  if (!caller.ok) throw new CouldNotTellError(entered.error.cause);
  const { role, stack } = toDrillNames(prefix);
  throw new InputError(
    `--account: ${place.account} is no account for drills, or you may not drill: name it in drill.accounts of ` +
      `portcullis.yaml and deploy ${stack(place.account)}; allow yourself sts:AssumeRole on ${role}. ${entered.error.cause}`,
  );
}

function throwUnlessShown(steps: readonly DrillStep[]): void {
  const bad = steps.filter(({ status }) => status === 'failed').map(({ step }) => step);
  if (bad.length > 0)
    throw new Error(`${String(bad.length)} of ${plural(steps.length, 'step')} failed: ${bad.join(', ')}`);
}
