import { ANYWHERE, deploy, MEMBER, tcp, type Deployed } from '../deployed-portcullis';

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
    configurationFile: 'test/end-to-end/dashboard/dashboard.yaml',
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

test('a closing is counted once, with the seconds that its event tells, and its undoing once', async () => {
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
