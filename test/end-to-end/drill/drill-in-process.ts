import { randomBytes } from 'node:crypto';
import { createDrillAdapters } from '../../../src/aws/adapters/drill-adapters';
import { createOperatorAdapters } from '../../../src/aws/adapters/operator-adapters';
import { sha256 } from '../../../src/aws/sha-256';
import type { DrillStep } from '../../../src/core/drill/drill-step';
import { cleanUp } from '../../../src/flow/drill/clean-up';
import { throughGate, type Gate } from '../../../src/flow/drill/gate';
import type { DrillOrder } from '../../../src/flow/drill/order';
import { runDrill } from '../../../src/flow/drill/run-drill';
import type { DrillPorts } from '../../../src/flow/ports';
import { operatorEnvironment } from '../../cli/operator-cli';
import { MEMBER, type Deployed } from '../deployed-portcullis';

export const DRILL_PLACE = { partition: 'aws', account: MEMBER, region: 'us-east-1' } as const;

const openGate: Gate = (_name, call) => call();

/**
 * A drill as the command plays it, in this process: its calls can be counted and broken off, and it waits by the
 * sandbox's time.
 */
export interface InProcess {
  readonly steps: readonly DrillStep[];
  play(): Promise<readonly unknown[]>;
  /** What the command does at its end, and `--clean` for all drills. */
  clean(scope: 'own' | 'all'): Promise<DrillStep['status']>;
}

/** @param gate has its say before every call of the drill itself, never of the cleaning */
export async function drillInProcess(
  portcullis: Deployed,
  changes: Partial<DrillOrder> = {},
  gate: Gate = openGate,
): Promise<InProcess> {
  Object.assign(process.env, operatorEnvironment(portcullis));
  const order: DrillOrder = {
    drillId: `drill-${randomBytes(6).toString('hex')}`,
    made: 'Portcullis-drill',
    place: DRILL_PLACE,
    control: 'EC2.13',
    closedBy: 'command',
    ...changes,
  };
  const { drillId, made, place } = order;
  const operator = await createOperatorAdapters({ prefix: 'Portcullis', region: portcullis.hub.region });
  if (!operator.ok) throw new Error(operator.error.cause);
  const hubRegion = portcullis.hub.region;
  const { ground, deployment } = createDrillAdapters(
    { prefix: 'Portcullis', hubRegion, place, drillId },
    operator.value,
  );
  const steps: DrillStep[] = [];
  const clock = {
    now: () => new Date(portcullis.clock.now()),
    elapsed: () => portcullis.clock.now(),
    pause: () => portcullis.settle(),
    isInterrupted: () => false,
  };
  const ports: DrillPorts = {
    ...clock,
    ground: throughGate(ground, gate),
    deployment: throughGate(deployment, gate),
  };
  return {
    steps,
    play: () => runDrill(order, ports, { report: (step) => steps.push(step), sha256 }),
    async clean(scope) {
      const { status, found } = await cleanUp(
        { made, place, ...(scope === 'own' ? { drillId } : {}) },
        { ground, ...clock },
      );
      if (status !== 'ok') throw new Error(found);
      return status;
    },
  };
}

/** Groups and ACLs with the tag of drills, and findings of drills that are there still. */
export async function leftOvers(portcullis: Deployed): Promise<readonly string[]> {
  Object.assign(process.env, operatorEnvironment(portcullis));
  const hubRegion = portcullis.hub.region;
  const operator = await createOperatorAdapters({ prefix: 'Portcullis', region: hubRegion });
  if (!operator.ok) throw new Error(operator.error.cause);
  const { ground } = createDrillAdapters(
    { prefix: 'Portcullis', hubRegion, place: DRILL_PLACE, drillId: 'drill-looking' },
    operator.value,
  );
  const made = await ground.findMade();
  const findings = await ground.fetchFindings('Portcullis-drill/');
  if (!made.ok || !findings.ok) throw new Error('what is left cannot be read');
  return [...made.value.map(({ target }) => target.id), ...findings.value.map(({ Id }) => Id)];
}
