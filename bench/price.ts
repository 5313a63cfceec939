import type { Scenario } from '../src/cli/scenarios/scenario';
import { prepareScenario } from '../src/cli/scenarios/prepare-scenario';
import { pressCustomAction } from '../src/cli/scenarios/press';
import { SandboxClients } from '../src/cli/scenarios/sandbox-clients';
import type { PortcullisSandbox } from '../src/cli/sandbox/deploy-portcullis';
import type { Measurement } from './measurement';
import { PEER_DOLLARS, PEER_STEPS } from './price/aws-prices';
import { OperationCounter, type Counted } from './price/count-operations';
import { meteredServices } from './price/metered-services';
import { priceOf, pricePartsOf } from './price/price-of';
import { withDeployment } from './sandbox/deploy-for-bench';

/** From the start of a runbook until its only step has ended. The orchestrator polls after 2 and 5 seconds. */
const STEP_MILLIS = 3_000;

const CONFIGURATION = `
organizationId: o-bench00001
hub: { account: '111111111111', aggregationRegion: eu-central-1 }
members: { primaryRegion: eu-central-1, regions: [eu-central-1] }
ledger: { deletionProtection: false }
`;

/** An entry decides on a fact, for which all that is around the target is read before it is closed. */
const BY_CONTEXT = `${CONFIGURATION}
decisions:
  - { name: unreachable, when: { controls: [EC2.13], reachable: ['no'] }, do: auto }
  - { do: notify }
`;

const BY_V2 = `${CONFIGURATION}
securityHub: v2
automatic: [EC2.13]
`;

type Start = Pick<Scenario, 'controls' | 'rules'>;

const ANYWHERE = '0.0.0.0/0';
const OPEN_SSH: Start = {
  controls: ['EC2.13'],
  rules: [
    { protocol: 'tcp', from: 22, to: 22, source: ANYWHERE },
    { protocol: 'tcp', from: 22, to: 22, source: '10.0.0.0/8' },
  ],
};

interface Story {
  readonly name: string;
  readonly start: Start;
  /** Of a deployment of its own; the others share one. */
  readonly configuration?: string;
  /** The last one is counted; without any what its finding sets off is. */
  readonly actions: readonly string[];
  readonly workflow: string;
  /** What Automated Security Response on AWS cannot do is held against a closing of its. */
  readonly isOursAlone?: true;
}

const PEER = 'Automated Security Response on AWS';
const CLOSE = 'Close ingress';
const STORIES: readonly Story[] = [
  { name: 'plain close', start: OPEN_SSH, actions: [CLOSE], workflow: 'RESOLVED' },
  {
    name: 'close, keeping 443',
    start: { controls: ['EC2.19'], rules: [{ protocol: 'tcp', from: 443, to: 8443, source: ANYWHERE }] },
    actions: [CLOSE],
    workflow: 'RESOLVED',
  },
  {
    name: 'network ACL entry rewritten',
    start: { controls: ['EC2.21'], rules: [{ protocol: 'tcp', from: 0, to: 65_535, source: ANYWHERE }] },
    actions: [CLOSE],
    workflow: 'RESOLVED',
    isOursAlone: true,
  },
  {
    name: 'undo of a plain close',
    start: OPEN_SSH,
    actions: [CLOSE, 'Undo closing'],
    workflow: 'NEW',
    isOursAlone: true,
  },
  { name: 'preview', start: OPEN_SSH, actions: ['Preview closing'], workflow: 'NEW', isOursAlone: true },
  {
    name: 'close by itself, decided on context',
    start: OPEN_SSH,
    configuration: BY_CONTEXT,
    actions: [],
    workflow: 'RESOLVED',
  },
  {
    name: 'close by itself, Security Hub V2',
    start: OPEN_SSH,
    configuration: BY_V2,
    actions: [],
    // In CSPM, where nothing is written then.
    workflow: 'NEW',
  },
];

/** What one remediation of each kind uses and costs, counted by the sandbox that the product is deployed into. */
export async function measurePrices(): Promise<readonly Measurement[]> {
  return (await countStories()).flatMap(({ story, counted }) => toMeasurements(story, counted));
}

export interface CountedStory {
  readonly story: Story;
  readonly counted: Counted;
}

/** What each remediation uses, those of one configuration in one deployment. */
export async function countStories(): Promise<readonly CountedStory[]> {
  const configurations = [...new Set(STORIES.map(configurationOf))];
  const all: CountedStory[] = [];
  for (const configuration of configurations) {
    const { services, units } = meteredServices(STEP_MILLIS);
    await withDeployment(configuration, { clockMode: 'skipping', services }, async (sandbox) => {
      const counter = new OperationCounter(sandbox, units);
      // Not counted: the functions start, and what they load first is loaded.
      const stories = STORIES.filter((each) => configurationOf(each) === configuration);
      for (const first of stories.slice(0, 1)) await play({ ...first, name: 'warm-up' }, sandbox, counter);
      for (const story of stories) all.push({ story, counted: await play(story, sandbox, counter) });
    });
  }
  return all;
}

function configurationOf({ configuration = CONFIGURATION }: Story): string {
  return configuration;
}

async function play(story: Story, sandbox: PortcullisSandbox, counter: OperationCounter): Promise<Counted> {
  const { hub, partition, clock, regions } = sandbox.world;
  const clients = new SandboxClients(sandbox.endpoint);
  const stage = { clients, partition, say: () => undefined, now: () => clock.now() };
  const place = { account: sandbox.members[0] ?? '', region: regions[0] ?? '' };
  const client = {
    securityHub: clients.securityHub(hub.account, hub.region),
    eventBridge: clients.eventBridge(hub.account, hub.region),
  };
  let findingIds: readonly string[] = [];
  const found = await counter.count(async () => {
    ({ findingIds } = await prepareScenario({ name: story.name, ...place, ...story.start }, stage));
    await clock.idle();
  });
  let counted = story.actions.length === 0 ? found : undefined;
  for (const action of story.actions) {
    counted = await counter.count(async () => {
      await pressCustomAction(client, action, findingIds);
      await clock.idle();
    });
  }
  const workflow = workflowOf(sandbox, findingIds[0] ?? '');
  if (!counted || workflow !== story.workflow)
    throw new Error(`${story.name}: the finding is ${workflow}, not ${story.workflow}`);
  return counted;
}

function workflowOf({ world }: PortcullisSandbox, id: string): string {
  const findings = world.service('securityhub').inspect?.['findings']?.({});
  if (!Array.isArray(findings)) throw new Error('The sandbox does not tell its findings.');
  // Findings as Security Hub holds them.
  const all = findings as readonly { readonly Id: string; readonly Workflow?: { readonly Status?: string } }[];
  return all.find(({ Id }) => Id === id)?.Workflow?.Status ?? 'nowhere';
}

function toMeasurements({ name, isOursAlone }: Story, counted: Counted): readonly Measurement[] {
  const dollars = priceOf(counted);
  const peer = isOursAlone ? `${PEER}, which cannot do this, for a closing` : PEER;
  const parts = pricePartsOf(counted).map(({ what, dollars: part }) => `${what} ${part.toFixed(6)}`);
  process.stderr.write(
    `bench: price: ${name}: ${JSON.stringify({ ...counted, calls: Object.fromEntries(counted.calls) })}\n`,
  );
  return [
    {
      name: `price of one remediation: ${name}`,
      value: dollars,
      unit: 'USD',
      against: `${peer}: at least ${String(PEER_DOLLARS.least)}; ours: ${parts.join(', ')}`,
      ratio: dollars / PEER_DOLLARS.least,
    },
    {
      name: `SSM steps: ${name}`,
      value: counted.automationSteps,
      unit: 'steps',
      against: `${peer}: at least ${String(PEER_STEPS)}`,
      ratio: counted.automationSteps / PEER_STEPS,
    },
  ];
}
