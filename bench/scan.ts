import { AuthorizeSecurityGroupIngressCommand, CreateSecurityGroupCommand } from '@aws-sdk/client-ec2';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { createLedgerSweeps } from '../src/aws/ledger/ledger-sweeps';
import { SandboxClients } from '../src/cli/scenarios/sandbox-clients';
import type { PortcullisSandbox } from '../src/cli/sandbox/deploy-portcullis';
import type { Sweep } from '../src/core/sweeping/sweep';
import { callMade, type CallMade } from '../sandbox/runtime/operation';
import type { Measurement } from './measurement';
import { withDeployment } from './sandbox/deploy-for-bench';

const REGIONS = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'];
const CONFIGURATION = `
organizationId: o-bench00001
hub: { account: '111111111111', aggregationRegion: eu-central-1 }
members: { primaryRegion: eu-central-1, regions: [${REGIONS.join(', ')}] }
ledger: { deletionProtection: false }
`;

/** Of a place: groups, rules, network ACLs and findings of ours are listed. */
const CALLS_A_PLACE = 4;

/** Of a place with something new: what somebody has suppressed is read, and what is found is imported. */
const CALLS_A_NEW_FINDING = 2;

/** The hub's members are listed. */
const CALLS_A_SCAN = 1;

/** As the sweeper reads them in one step. */
const PLACES_A_STEP = 16;

/**
 * A scan with imports of so many accounts in four Regions, a group open to the world in each, whose process is killed
 * in the middle; and once more.
 */
export async function measureScan(accounts: number): Promise<readonly Measurement[]> {
  const members = Array.from({ length: accounts }, (_, index) => String(200_000_000_000 + index));
  return withDeployment(CONFIGURATION, { clockMode: 'skipping', members }, async (sandbox) => {
    await openEverywhere(sandbox);
    const name = `scan of ${String(accounts)} accounts × ${String(REGIONS.length)} Regions`;
    const calls = countCalls(sandbox);
    const steps = Math.ceil(((members.length + 1) * REGIONS.length) / PLACES_A_STEP);
    const lost = `places ${String(Math.floor(steps / 2))}`;
    await kill(sandbox, { functionName: 'Portcullis-Sweeper', operation: lost, action: 'SUCCEED' });
    const first = await scan(sandbox, 1);
    const made = calls();
    if ((await kill(sandbox, {})) > 0) throw new Error(`No process was lost at "${lost}".`);
    const places = members.length * REGIONS.length;
    expectTotals(first.sweep, { violating: places, imported: places, archived: 0 });
    const second = await scan(sandbox, 2);
    expectTotals(second.sweep, { violating: places, imported: 0, archived: 0 });
    const reads = (members.length + 1) * REGIONS.length * CALLS_A_PLACE;
    const least = reads + places * CALLS_A_NEW_FINDING + CALLS_A_SCAN;
    const lostStep = CALLS_A_PLACE * PLACES_A_STEP;
    const against = `first scan: ${first.seconds.toFixed(1)} s`;
    if (made > least + lostStep) throw new Error(`${String(made)} calls are more than one step read twice.`);
    return [
      { name, value: first.seconds, unit: 's', against: `${String(places)} places`, ratio: first.seconds / places },
      { name: `${name}: once more`, value: second.seconds, unit: 's', against, ratio: second.seconds / first.seconds },
      {
        name: `${name}: calls in members`,
        value: made,
        unit: 'calls',
        against: `what must be called: ${String(least)}; at most ${String(lostStep)} more for the lost step`,
        ratio: made / least,
      },
    ];
  });
}

async function openEverywhere({ endpoint, members }: PortcullisSandbox): Promise<void> {
  const clients = new SandboxClients(endpoint);
  for (const account of members) {
    for (const region of REGIONS) {
      const ec2 = clients.ec2(account, region);
      const { GroupId } = await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'open', Description: 'To scan' }));
      const open = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [open] }));
    }
  }
}

async function scan({ endpoint, world }: PortcullisSandbox, time: number) {
  const { account, region } = world.hub;
  const sweepId = `swp-${String(time).padStart(16, '0')}`;
  const credentials = { accessKeyId: account, secretAccessKey: 'any' };
  const lambda = new LambdaClient({ endpoint, region, credentials });
  const request = { sweepId, by: 'the benchmark', regions: REGIONS, controls: ['EC2.13'], imports: true };
  const began = performance.now();
  await lambda.send(
    new InvokeCommand({
      FunctionName: 'Portcullis-Sweeper:live',
      InvocationType: 'Event',
      DurableExecutionName: `Portcullis-${sweepId}`,
      Payload: Buffer.from(JSON.stringify(request)),
    }),
  );
  await world.clock.idle();
  const seconds = (performance.now() - began) / 1000;
  lambda.destroy();
  const dynamoDb = new SandboxClients(endpoint).dynamoDb(account, region);
  const sweep = await createLedgerSweeps(dynamoDb, 'Portcullis-Ledger', () => new Date(world.clock.now())).fetchSweep(
    sweepId,
  );
  if (!sweep.ok) throw new Error(sweep.error.cause);
  if (sweep.value?.finishedAt === undefined) throw new Error('The scan has not ended.');
  return { seconds, sweep: sweep.value };
}

/** Loses the process of a step before what it did is stored; an empty order loses nothing. @returns orders that wait */
async function kill({ endpoint }: PortcullisSandbox, order: Readonly<Record<string, string>>): Promise<number> {
  const moment = 'operation' in order ? { moment: 'before-checkpoint' } : {};
  const body = JSON.stringify({ ...order, ...moment });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${endpoint}/_sandbox/lambda/kill`, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(await answer.text());
  return ((await answer.json()) as { readonly armed: readonly unknown[] }).armed.length;
}

function expectTotals(
  { totals, failed }: Sweep,
  expected: Pick<Sweep['totals'], 'violating' | 'imported' | 'archived'>,
): void {
  const { violating, imported, archived } = totals;
  const found = JSON.stringify({ violating, imported, archived });
  if (failed !== undefined || found !== JSON.stringify(expected)) {
    throw new Error(`The scan came to ${found}, not ${JSON.stringify(expected)}: ${failed ?? ''}`);
  }
}

/** Calls of EC2 and Security Hub that were admitted in members from now on. */
function countCalls({ world }: PortcullisSandbox): () => number {
  let count = 0;
  world.on(callMade, (payload) => {
    // Published under this name by the runtime only, with this type.
    const { service, isAdmitted } = payload as CallMade;
    if (isAdmitted && (service === 'ec2' || service === 'securityhub')) count += 1;
  });
  return () => count;
}
