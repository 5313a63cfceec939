import { runAsOperator } from '../../cli/operator-cli';
import { ANYWHERE, deploy, MEMBER, OTHER_MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';

const VIRGINIA = { account: MEMBER, region: 'us-east-1' };
const FRANKFURT = { account: OTHER_MEMBER, region: 'eu-central-1' };
const HOUR_MILLIS = 3_600_000;

let portcullis: Deployed;
beforeEach(async () => {
  portcullis = await deploy({ clockMode: 'skipping', configurationFile: 'test/end-to-end/policy/brake.yaml' });
  await portcullis.subscribe();
});
afterEach(() => portcullis.stop());

interface Opened {
  readonly group: Group;
  readonly id: string;
}

/** Groups in several accounts, all found at the same moment. */
async function find(count: number): Promise<readonly Opened[]> {
  const groups: Group[] = [];
  for (let index = 0; index < count; index++) {
    groups.push(await portcullis.openGroup(index % 2 === 0 ? VIRGINIA : FRANKFURT, [tcp(22, 22, ANYWHERE)]));
  }
  const ids = await Promise.all(groups.map((group) => portcullis.importFinding(group, 'EC2.13')));
  await portcullis.settle();
  return groups.map((group, index) => ({ group, id: ids[index] ?? '' }));
}

async function workflows(opened: readonly Opened[]): Promise<readonly (string | undefined)[]> {
  return (await Promise.all(opened.map(({ id }) => portcullis.findingOf(id))))
    .map(({ Workflow }) => Workflow?.Status)
    .sort();
}

async function engaged() {
  const events = await portcullis.domainEvents();
  return events.flatMap((event) => (event['detail-type'] === 'Brake Engaged' ? event.detail : []));
}

test('more closings in an hour than the brake allows have everything ask, in every account, and people are notified once', async () => {
  const opened = await find(8);
  // Each is counted before it reads the count: of those that come at one moment fewer may go on, never more.
  const statuses = await workflows(opened);
  const asking = statuses.filter((status) => status === 'NOTIFIED');
  expect(asking.length).toBeGreaterThanOrEqual(5);
  expect(statuses).toEqual([...asking, ...Array<string>(8 - asking.length).fill('RESOLVED')]);
  const reason = 'More than 3 closings by themselves within 60 minutes.';
  expect(await engaged()).toEqual([expect.objectContaining({ by: 'Portcullis itself', reason })]);
  const notes = await Promise.all(opened.map(async ({ id }) => (await portcullis.findingOf(id)).Note?.Text ?? ''));
  expect(notes.filter((note) => note.includes(`by Portcullis itself: "${reason}"`))).toHaveLength(asking.length);

  // An hour later it still asks: only a person releases it.
  await portcullis.clock.advance(2 * HOUR_MILLIS);
  const [later] = await find(1);
  expect((await portcullis.findingOf(later?.id ?? '')).Workflow?.Status).toBe('NOTIFIED');
  expect(await engaged()).toHaveLength(1);

  // What a person chooses goes on, and is not counted.
  for (const { id } of opened) await portcullis.press(id);
  await portcullis.settle();
  expect(new Set(await workflows(opened))).toEqual(new Set(['RESOLVED']));
});

test('released by a person it closes again, and counts anew', async () => {
  await find(5);
  const status = await runAsOperator(portcullis, ['brake', 'status']);
  expect(status.stdout).toContain('by Portcullis itself. More than 3 closings by themselves within 60 minutes.');
  expect((await runAsOperator(portcullis, ['brake', 'release'])).exitCode).toBe(0);
  expect(await workflows(await find(3))).toEqual(['RESOLVED', 'RESOLVED', 'RESOLVED']);
  expect(await workflows(await find(1))).toEqual(['NOTIFIED']);
  expect(await engaged()).toHaveLength(2);
});

test('as many as it allows in each hour go on', async () => {
  for (let hour = 0; hour < 3; hour++) {
    expect(await workflows(await find(3))).toEqual(['RESOLVED', 'RESOLVED', 'RESOLVED']);
    await portcullis.clock.advance(HOUR_MILLIS + 6 * 60_000);
  }
  expect(await engaged()).toEqual([]);
});

test('what is closed already is not counted', async () => {
  const [first] = await find(1);
  if (first === undefined) throw new Error('There is no finding.');
  const importAgain = () => portcullis.importFinding(first.group, 'EC2.13');
  for (const importNext of [importAgain, importAgain, importAgain, importAgain]) {
    await importNext();
    await portcullis.settle();
  }
  expect(await workflows(await find(2))).toEqual(['RESOLVED', 'RESOLVED']);
  expect(await engaged()).toEqual([]);
});
