import { grantsOf, without } from '../permissions/granted-actions';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed } from '../deployed-portcullis';

const CONFIGURATION = 'test/end-to-end/dashboard/dashboard.yaml';

const place = { account: MEMBER, region: 'us-east-1' };

interface Counted {
  readonly namespace: string;
  readonly name: string;
  readonly unit?: string;
  readonly value: number;
}

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({
    clockMode: 'skipping',
    configurationFile: CONFIGURATION,
  });
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

async function counted(name: string): Promise<readonly Counted[]> {
  const all = await portcullis.ask<readonly Counted[]>('lambda/metrics');
  return all.filter((each) => each.name === name);
}

test('the dashboard is there, and nothing is counted while nothing happens', async () => {
  const dashboards = await portcullis.ask<readonly { readonly name: string }[]>('monitoring/dashboards');
  expect(dashboards.map(({ name }) => name)).toEqual(['Portcullis']);
  expect(await portcullis.ask('lambda/metrics')).toEqual([]);
});

test('a closing is counted once, with the seconds that its event shows, and its undoing once', async () => {
  const group = await portcullis.openGroup(place, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.settle();
  const [event] = await portcullis.domainEventsAbout(group);
  expect(event?.['detail-type']).toBe('Ingress Closed');
  const { startedAt, finishedAt } = event?.detail as unknown as Record<'startedAt' | 'finishedAt', string>;
  expect(await counted('SecondsToClose')).toMatchObject([
    { namespace: 'Portcullis', unit: 'Seconds', value: (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 },
  ]);
  expect(await counted('ClosingsUndone')).toEqual([]);
  await portcullis.choose('Undo closing', id);
  await portcullis.settle();
  expect(await counted('ClosingsUndone')).toMatchObject([{ unit: 'Count', value: 1 }]);
  expect(await counted('SecondsToClose')).toHaveLength(1);
});

const HOUR = 3_600_000;

async function anHourLater(): Promise<readonly number[]> {
  const before = await counted('QuestionsWaiting');
  await portcullis.clock.advance(HOUR);
  await portcullis.settle();
  return (await counted('QuestionsWaiting')).slice(before.length).map(({ value }) => value);
}

test('what waits for a decision is counted each hour while something does, and not at all while nothing does', async () => {
  expect(await anHourLater()).toEqual([]);
  const ids: string[] = [];
  for (const port of [3389, 3389]) {
    ids.push(await portcullis.importFinding(await portcullis.openGroup(place, [tcp(port, port, ANYWHERE)]), 'EC2.14'));
  }
  await portcullis.settle();
  expect(await anHourLater()).toEqual([2]);
  await portcullis.commands.ask({ command: 'deny', findingId: ids[0] });
  await portcullis.settle();
  expect(await anHourLater()).toEqual([1]);
  await portcullis.commands.ask({ command: 'deny', findingId: ids[1] });
  await portcullis.settle();
  expect(await anHourLater()).toEqual([]);
});

test('without its permission to read the questions nothing is counted, and the message is a dead letter', async () => {
  const grant = grantsOf('Portcullis-Dispatcher', CONFIGURATION).find(({ sid }) => sid === 'CountQuestions');
  if (grant === undefined) throw new Error('The dispatcher may not count questions.');
  const denied = await deploy({ clockMode: 'skipping', configurationFile: CONFIGURATION, edit: without(grant) });
  try {
    await denied.clock.advance(HOUR);
    await denied.settle();
    const all = await denied.ask<readonly Counted[]>('lambda/metrics');
    expect(all.map(({ name }) => name)).toContain('DispatcherDenied');
  } finally {
    await denied.stop();
  }
});
