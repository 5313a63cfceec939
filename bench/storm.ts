import { spawn } from 'node:child_process';
import path from 'node:path';
import * as z from 'zod';
import { createServices } from '../sandbox/create-services';
import { callMade, type CallMade } from '../sandbox/runtime/operation';
import type { PortcullisSandbox } from '../src/cli/sandbox/deploy-portcullis';
import { importBurst, makeGroups, type Burst } from './burst/make-burst';
import { inspect, underWay } from './burst/surprises-of';
import type { Measurement } from './measurement';
import { withDeployment } from './sandbox/deploy-for-bench';

const REGIONS = ['eu-central-1', 'eu-west-1'];
const STORM = '200000000000';
const OTHER = '200000000001';
const CONFIGURATION = `
organizationId: o-bench00001
hub: { account: '111111111111', aggregationRegion: eu-central-1 }
members: { primaryRegion: eu-central-1, regions: [${REGIONS.join(', ')}] }
automatic: [EC2.13, EC2.19]
brake: { closings: 100000, minutes: 60 }
ledger: { deletionProtection: false }
`;
const CLI = path.resolve(__dirname, '..', 'bin', 'portcullis.cjs');

/** How much longer one account's finding may take because of what another one has. */
const MOST_TIMES = 5;
const MINUTE_MILLIS = 60_000;
const PATIENCE_SECONDS = 3_600;

/**
 * A storm in one account, on a clock that stands still while anything works: how long another account's finding takes
 * that comes behind it, and what is still begun once somebody engages the brake in the middle.
 */
export async function measureStorm(targets: number): Promise<readonly Measurement[]> {
  const services = createServices({
    lambda: { callMillis: 30, backOffMillis: 1_000, answeredAtOnce: ['Portcullis-Commands'] },
  });
  const deployment = { clockMode: 'manual', services, members: [STORM, OTHER], keepsRateQuotas: true } as const;
  return withDeployment(CONFIGURATION, deployment, async (sandbox) => {
    const alone = await measureOne(sandbox, await groupsOf(sandbox, OTHER, 1, 'alone'));
    await settle(sandbox);

    const storm = await groupsOf(sandbox, STORM, targets, 'storm');
    const [other, starts] = [await groupsOf(sandbox, OTHER, 1, 'behind'), watchStarts(sandbox)];
    await importBurst(sandbox, storm);
    const behind = await measureOne(sandbox, other);

    const began = starts.length;
    const engagedAt = sandbox.world.clock.now();
    await engageBrake(sandbox);
    await settle(sandbox);
    const late = starts.filter((at) => at > engagedAt + MINUTE_MILLIS).length;
    const open = findingsOf(sandbox, storm);
    const lost = open.filter(({ Workflow }) => !['RESOLVED', 'NOTIFIED'].includes(Workflow.Status)).length;
    const asked = open.filter(({ Workflow }) => Workflow.Status === 'NOTIFIED').length;
    const { messages } = underWay(sandbox);
    if (behind > MOST_TIMES * alone)
      throw new Error(`${behind.toFixed(0)} s behind a storm, ${alone.toFixed(0)} s alone.`);
    if (late + lost + messages > 0 || asked === 0) {
      throw new Error(`Begun late: ${late}, told nothing: ${lost}, asked: ${asked}, in queues: ${messages}.`);
    }
    const name = `a storm of ${storm.findings.length} findings on ${targets} targets`;
    const last = Math.max(engagedAt, ...starts) - engagedAt;
    return [
      {
        name: `${name}: one finding of another account behind it`,
        value: behind,
        unit: 's',
        against: `alone: ${alone.toFixed(1)} s; at most ${String(MOST_TIMES)} times that`,
        ratio: behind / alone,
      },
      {
        name: `${name}: the brake is engaged after ${String(began)} starts; the last one begins`,
        value: last / 1000,
        unit: 's',
        against: `a minute; ${String(asked)} findings ask, none is lost`,
        ratio: last / MINUTE_MILLIS,
      },
    ];
  });
}

async function groupsOf(sandbox: PortcullisSandbox, account: string, groups: number, named: string): Promise<Burst> {
  const made = await makeGroups({ ...sandbox, members: [account] }, REGIONS, groups, named);
  const automatic = made.findings.filter(({ Compliance }) =>
    ['EC2.13', 'EC2.19'].includes(Compliance?.SecurityControlId ?? ''),
  );
  return { ...made, findings: automatic };
}

/** @returns simulated seconds until all of it is RESOLVED */
async function measureOne(sandbox: PortcullisSandbox, burst: Burst): Promise<number> {
  const { clock } = sandbox.world;
  const began = clock.now();
  await importBurst(sandbox, burst);
  for (let seconds = 0; seconds < PATIENCE_SECONDS; seconds++) {
    await clock.advance(1_000);
    if (findingsOf(sandbox, burst).every(({ Workflow }) => Workflow.Status === 'RESOLVED')) {
      return (clock.now() - began) / 1000;
    }
  }
  throw new Error('It is not RESOLVED within an hour.');
}

async function settle(sandbox: PortcullisSandbox): Promise<void> {
  for (let seconds = 0; seconds < PATIENCE_SECONDS; seconds += 5) {
    await sandbox.world.clock.advance(5_000);
    const { messages, executions } = underWay(sandbox);
    if (messages + executions === 0) return;
  }
  throw new Error('The storm is not worked off within an hour.');
}

/** When runbooks were started from now on, in milliseconds. */
function watchStarts({ world }: PortcullisSandbox): readonly number[] {
  const starts: number[] = [];
  world.on(callMade, (payload) => {
    // Published under this name by the runtime only, with this type.
    const { operation, isAdmitted } = payload as CallMade;
    if (operation === 'StartAutomationExecution' && isAdmitted) starts.push(world.clock.now());
  });
  return starts;
}

/** As a person does it, at one moment: time stands still until the command ends. */
async function engageBrake({ endpoint, world }: PortcullisSandbox): Promise<void> {
  const { account, region } = world.hub;
  const env = { ...process.env, AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: account };
  const command = spawn(process.execPath, [CLI, 'brake', 'engage', '--reason', 'too many', '--region', region], {
    env: { ...env, AWS_SECRET_ACCESS_KEY: 'any', AWS_REGION: region },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise<number | null>((resolve) => command.on('exit', resolve));
  if (code !== 0) throw new Error(`portcullis brake engage ended with ${String(code)}.`);
}

const heldSchema = z.array(z.object({ Id: z.string(), Workflow: z.object({ Status: z.string() }) }));

function findingsOf(sandbox: PortcullisSandbox, { findings }: Burst) {
  const ids = new Set(findings.map(({ Id }) => Id));
  return heldSchema.parse(inspect(sandbox, 'securityhub', 'findings')).filter(({ Id }) => ids.has(Id));
}
