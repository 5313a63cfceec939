import type { Fault } from '../../../sandbox/runtime/faults';
import { HUB, MEMBER, OTHER_MEMBER, type Deployed, type Located, type Place } from '../deployed-portcullis';
import type { State } from './reachability';
import type { Story } from './stories';

/** Faults tell places apart, so that a run can be stopped in each of them at the same time. */
const PLACES: readonly Place[] = [HUB, MEMBER, OTHER_MEMBER].flatMap((account) =>
  ['eu-central-1', 'us-east-1'].map((region) => ({ account, region })),
);

/** A run that came as far as so many changing calls of EC2, and how it went on when nothing was in its way any more. */
export interface StoppedRun {
  readonly targetId: string;
  readonly callsMade: number;
  readonly first: State;
  readonly stopped: State;
  readonly last: State;
  /** Of the finding while the run was stopped. */
  readonly workflow: string;
  readonly note: string;
}

export interface StoppedRuns {
  /** Changing calls of the run that nobody stopped. */
  readonly calls: readonly string[];
  readonly runs: readonly StoppedRun[];
  /** Where the run that nobody stopped ended. */
  readonly last: State;
}

interface Target {
  readonly place: Place;
  readonly resource: Located;
  readonly findingId: string;
}

/** Plays a story once for every call that it makes, stopped after none, one, two and so on, and once without a stop. */
export async function stopRuns(portcullis: Deployed, story: Story, action: 'close' | 'undo'): Promise<StoppedRuns> {
  const calls = story.calls[action];
  const targets: Target[] = [];
  for (const place of PLACES.slice(0, calls.length + 1)) {
    const resource = await story.open(portcullis, place);
    targets.push({ place, resource, findingId: await portcullis.importFinding(resource, story.control) });
  }
  const ids = targets.map(({ findingId }) => findingId);
  const choice = action === 'close' ? 'Close ingress' : 'Undo closing';
  if (action === 'undo') {
    await portcullis.press(...ids);
    await portcullis.settle();
  }
  const first = await readAll(portcullis, targets);
  for (const [callsMade, { place }] of targets.slice(0, -1).entries()) {
    await portcullis.misbehave(...stopAfter(calls, callsMade, place));
  }
  await portcullis.choose(choice, ...ids);
  await portcullis.settle();
  await portcullis.behave();
  const stopped = await readAll(portcullis, targets);
  const findings = await Promise.all(ids.map((id) => portcullis.findingOf(id)));
  await portcullis.choose(choice, ...ids.slice(0, -1));
  await portcullis.settle();
  const last = await readAll(portcullis, targets);
  const unstopped = await portcullis.recordOf(ids.at(-1) ?? '');
  return {
    calls: unstopped.runs.map(({ step }) => step.call),
    last: last.at(-1) ?? NOTHING,
    runs: targets.slice(0, -1).map(({ resource }, index) => ({
      targetId: resource.id,
      callsMade: index,
      first: first[index] ?? NOTHING,
      stopped: stopped[index] ?? NOTHING,
      last: last[index] ?? NOTHING,
      workflow: findings[index]?.Workflow?.Status ?? '',
      note: findings[index]?.Note?.Text ?? '',
    })),
  };
}

const NOTHING: State = { rules: [], entries: [] };

/** From a place's call of that number on, EC2 refuses everything that would change something there. */
function stopAfter(calls: readonly string[], callsMade: number, place: Place): readonly Fault[] {
  return [...new Set(calls)].map((operation) => ({
    kind: 'deny',
    service: 'ec2',
    operation,
    ...place,
    after: calls.slice(0, callsMade).filter((call) => call === operation).length,
  }));
}

async function readAll(portcullis: Deployed, targets: readonly Target[]): Promise<readonly State[]> {
  return Promise.all(
    targets.map(async ({ resource }) =>
      resource.arn.includes(':network-acl/')
        ? { rules: [], entries: await portcullis.entriesOf(resource) }
        : { rules: await portcullis.rulesOf(resource), entries: [] },
    ),
  );
}
