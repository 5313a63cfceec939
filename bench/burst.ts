import * as z from 'zod';
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { SandboxClients } from '../src/cli/scenarios/sandbox-clients';
import type { PortcullisSandbox } from '../src/cli/sandbox/deploy-portcullis';
import { createServices } from '../sandbox/create-services';
import { callMade, type CallMade } from '../sandbox/runtime/operation';
import { RATE_QUOTAS } from '../sandbox/runtime/service-quotas';
import { secondsFor } from './burst/seconds-for';
import { inspect, surprisesOf, underWay } from './burst/surprises-of';
import { AUTOMATIC, makeGroups, release } from './burst/make-burst';
import type { Measurement } from './measurement';
import { FINDINGS_PER_READ, TARGETS_PER_READ } from '../src/flow/ports';
import { withDeployment } from './sandbox/deploy-for-bench';

/** What a call of AWS is taken to last; the sandbox answers at once, and lets this pass afterwards. */
const CALL_MILLIS = 30;
/** The longest that the SDK waits before it tries a throttled call again the first time; the next pauses are longer. */
const BACK_OFF_MILLIS = 1_000;
const STEP_MILLIS = 1_000;
const PATIENCE_SECONDS = 3_600;
/** What is under way is polled so often: that goes through every message and execution that there was. */
const POLL_EVERY_SECONDS = 5;
const PROGRESS_EVERY_SECONDS = 30;

const REGIONS = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'];
const toConfiguration = (securityHub: 'cspm' | 'both') => `
securityHub: ${securityHub}
organizationId: o-bench00001
hub: { account: '111111111111', aggregationRegion: eu-central-1 }
members: { primaryRegion: eu-central-1, regions: [${REGIONS.join(', ')}] }
automatic: [${AUTOMATIC.join(', ')}]
brake: { closings: 100000, minutes: 60 }
ledger: { deletionProtection: false }
`;

/**
 * Four findings on each of so many targets in each of so many accounts, over four Regions, all at one moment, on a
 * clock that stands still while anything works.
 *
 * @param securityHub `both`: Security Hub V2 sends every finding once more, and is updated as well
 */
export async function measureBurst(
  accounts: number,
  targetsAnAccount: number,
  securityHub: 'cspm' | 'both' = 'cspm',
): Promise<readonly Measurement[]> {
  const members = Array.from({ length: accounts }, (_, index) => String(200_000_000_000 + index));
  const services = createServices({ lambda: { callMillis: CALL_MILLIS, backOffMillis: BACK_OFF_MILLIS } });
  return withDeployment(
    toConfiguration(securityHub),
    { clockMode: 'manual', services, members, keepsRateQuotas: true },
    async (sandbox) => {
      const burst = await makeGroups(sandbox, REGIONS, targetsAnAccount);
      const calls = watchCalls(sandbox);
      const beganMillis = sandbox.world.clock.now();
      const began = performance.now();
      await release(sandbox, burst);
      await workOff(sandbox);
      const surprises = surprisesOf(sandbox, burst, await countClosings(sandbox));
      process.stderr.write(`bench: burst: processor seconds ${JSON.stringify(processorSeconds(sandbox))}\n`);
      process.stderr.write(`bench: burst: calls ${JSON.stringify(Object.fromEntries(calls.counts))}\n`);
      if (surprises.length > 0) throw new Error(`The burst did not end as it must: ${surprises.join('; ')}`);
      return toMeasurements({
        name:
          `${burst.findings.length} findings on ${burst.targets.length} targets, ${accounts} accounts × 4 Regions` +
          (securityHub === 'both' ? ', both hubs' : ''),
        seconds: (calls.lastUpdateMillis() - beganMillis) / 1000,
        wallSeconds: (performance.now() - began) / 1000,
        reads: calls.counts.get('securityhub:GetFindings') ?? 0,
        readsOfV2: calls.counts.get('securityhub:GetFindingsV2') ?? 0,
        targets: burst.targets.length,
        findings: burst.findings.length,
        targetsAPlace: Math.ceil(targetsAnAccount / REGIONS.length),
      });
    },
  );
}

interface Processed {
  readonly name: string;
  /** Simulated, from the events to the last update of a finding. */
  readonly seconds: number;
  readonly wallSeconds: number;
  /** Calls of GetFindings. */
  readonly reads: number;
  /** Calls of GetFindingsV2. */
  readonly readsOfV2: number;
  readonly targets: number;
  readonly findings: number;
  /** Of one account and Region, the most. */
  readonly targetsAPlace: number;
}

/** What no order of the calls could do without, by AWS's rates. */
function toMeasurements(processed: Processed): readonly Measurement[] {
  const { name, seconds, wallSeconds, reads, readsOfV2, targets, findings, targetsAPlace } = processed;
  const starts = secondsFor(targetsAPlace, quota('ssm', 'StartAutomationExecution'));
  const updates = secondsFor(targets, quota('securityhub', 'BatchUpdateFindings'));
  const mustRead = Math.ceil(findings / FINDINGS_PER_READ) + Math.ceil(targets / TARGETS_PER_READ);
  const mustReadSeconds = secondsFor(mustRead, quota('securityhub', 'GetFindings'));
  const readSeconds = secondsFor(reads, quota('securityhub', 'GetFindings'));
  const against = (what: string, ours: number, limit: string, theirs: number): Measurement => ({
    name: `${name}: ${what}`,
    value: ours,
    unit: 's',
    against: `${limit}: ${theirs.toFixed(0)} s`,
    ratio: ours / theirs,
  });
  const aTarget = (operation: string, calls: number): Measurement => ({
    name: `${name}: ${operation}`,
    value: calls,
    unit: 'calls',
    against: `${String(targets)} targets`,
    ratio: calls / targets,
  });
  return [
    against(
      'simulated time',
      seconds,
      `what must be called: a start each ${starts.toFixed(0)} s, an update each ${updates.toFixed(0)} s, ` +
        `${String(mustRead)} GetFindings ${mustReadSeconds.toFixed(0)} s; the longest`,
      Math.max(starts, updates, mustReadSeconds),
    ),
    against('simulated time', seconds, `the ${String(reads)} GetFindings that were made`, readSeconds),
    aTarget('GetFindings', reads),
    ...(readsOfV2 > 0 ? [aTarget('GetFindingsV2', readsOfV2)] : []),
    against('time on this machine', wallSeconds, 'simulated time', seconds),
  ];
}

async function workOff(sandbox: PortcullisSandbox): Promise<void> {
  const { clock } = sandbox.world;
  for (let seconds = 1; seconds <= PATIENCE_SECONDS; seconds++) {
    await clock.advance(STEP_MILLIS);
    if (seconds % POLL_EVERY_SECONDS > 0) continue;
    const { messages, executions } = underWay(sandbox);
    if (messages + executions === 0) return;
    if (seconds % PROGRESS_EVERY_SECONDS > 0) continue;
    process.stderr.write(
      `bench: burst: after ${seconds} s ${messages} messages and ${executions} executions are under way\n`,
    );
  }
  throw new Error(`After ${String(PATIENCE_SECONDS)} s the burst is not worked off.`);
}

function watchCalls({ world }: PortcullisSandbox) {
  let lastUpdate = world.clock.now();
  const counts = new Map<string, number>();
  world.on(callMade, (payload) => {
    // Published under this name by the runtime only, with this type.
    const { service, operation, isAdmitted } = payload as CallMade;
    const name = `${service}:${operation}${isAdmitted ? '' : ' throttled'}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (operation === 'BatchUpdateFindings' && isAdmitted) lastUpdate = world.clock.now();
  });
  return { counts, lastUpdateMillis: () => lastUpdate };
}

/**
 * The flow's own word, beside what Security Hub and the groups say. A click that comes late makes a record of its own:
 * closed already.
 */
async function countClosings({ endpoint, world }: PortcullisSandbox): Promise<number> {
  const client = new SandboxClients(endpoint).dynamoDb(world.hub.account, world.hub.region);
  const scan = {
    TableName: 'Portcullis-Ledger',
    FilterExpression: 'sk = :record AND outcome = :closed',
    ExpressionAttributeValues: { ':record': { S: 'RECORD' }, ':closed': { S: 'closed' } },
  };
  let records = 0;
  for await (const { Items = [] } of paginateScan({ client }, scan)) records += Items.length;
  return records;
}

function quota(service: string, operation: string) {
  const found = RATE_QUOTAS[service]?.[operation];
  if (found === undefined) throw new Error(`The sandbox keeps no rate quota of ${service}:${operation}.`);
  return found;
}

const invocationsSchema = z.array(
  z.object({ functionName: z.string(), cpuMillis: z.number(), initCpuMillis: z.number() }),
);

/** Where the time on this machine goes: the sandbox itself, and each function. */
function processorSeconds(sandbox: PortcullisSandbox): Readonly<Record<string, string>> {
  const { user, system } = process.cpuUsage();
  const seconds = new Map([['sandbox', (user + system) / 1e6]]);
  for (const { functionName, cpuMillis, initCpuMillis } of invocationsSchema.parse(
    inspect(sandbox, 'lambda', 'invocations'),
  )) {
    for (const [name, more] of [
      [functionName, (cpuMillis + initCpuMillis) / 1000],
      [`${functionName} invocations`, 1],
    ] as const) {
      seconds.set(name, (seconds.get(name) ?? 0) + more);
    }
  }
  return Object.fromEntries([...seconds].map(([name, value]) => [name, value.toFixed(0)]));
}
