import { deploy, MEMBER, OTHER_MEMBER, type Deployed, type Group } from '../deployed-portcullis';
import { FRANKFURT, SSH } from './deploy-with-flow-logs';
import type { Traffic } from './logged-traffic';
import { trafficInS3, type TrafficInS3 } from './traffic-in-s3';

const NODATA: Traffic = { status: 'NODATA' };

let portcullis: Deployed;
let traffic: TrafficInS3;
const others: TrafficInS3[] = [];
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping', configurationFile: 'test/end-to-end/flow-logs/athena.yaml' });
  traffic = trafficInS3(portcullis, FRANKFURT);
  await traffic.prepare(1_000_000_000);
});
afterAll(async () => {
  for (const each of [traffic, ...others]) each.stop();
  await portcullis.stop();
});

async function decidedOn(group: Group) {
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.settle();
  const { outcome, reason, context } = await portcullis.recordOf(id);
  return { outcome, reason, used: context?.used, note: (await portcullis.findingOf(id)).Note?.Text ?? '' };
}

test('what sources used is asked about, with them and what was read, those with the most bytes first', async () => {
  const group = await traffic.openFor(48, [
    NODATA,
    { ...SSH, from: '203.0.113.4' },
    { ...SSH, from: '198.51.100.7' },
    { ...SSH, from: '198.51.100.7', bytes: 9_000 },
    { ...SSH, from: '192.0.2.66', action: 'REJECT' },
    { from: '192.0.2.99', port: 443, bytes: 1, action: 'ACCEPT' },
    NODATA,
  ]);
  const { outcome, used, note } = await decidedOn(group);
  expect(outcome).toBe('asked');
  expect(used).toMatchObject({
    known: true,
    value: { answer: 'flows', flows: 3, sources: 2, bytes: 19_000, rejected: 1 },
    evidence: [expect.stringMatching(/^\d{4}-.* to \d{4}-/), '1 MB of flow logs were searched'],
  });
  expect(used?.known === true && used.value.peers.map(({ address, bytes }) => `${address} ${String(bytes)}`)).toEqual([
    '198.51.100.7 14000',
    '203.0.113.4 5000',
  ]);
  expect(note).toContain('Used by 2 sources (198.51.100.7, 203.0.113.4)');
});

test('what nobody used is closed', async () => {
  const group = await traffic.openFor(48, [
    NODATA,
    { from: '192.0.2.99', port: 443, bytes: 1, action: 'ACCEPT' },
    NODATA,
  ]);
  expect(await decidedOn(group)).toMatchObject({
    outcome: 'closed',
    used: { known: true, value: { answer: 'none-seen', flows: 0, peers: [] } },
  });
});

test.each<[string, number, readonly Traffic[], { readonly bucket?: string }, RegExp]>([
  ['there are no records of it', 48, [], {}, /cannot tell: no records of eni-\w+ are there/],
  ['records were skipped', 48, [NODATA, { status: 'SKIPDATA' }, NODATA], {}, /records were skipped/],
  [
    'records end before the question',
    48,
    [NODATA, NODATA, { status: 'NODATA' }].slice(0, 1),
    {},
    /records of eni-\w+ begin/,
  ],
  ['it was opened less than a day ago', 12, [NODATA, NODATA], {}, /opened less than a day ago/],
  ['they are in another bucket', 48, [NODATA, NODATA], { bucket: 'somebodys' }, /bucket somebodys, which flowLogs/],
])('nobody can tell where %s, and a person is asked', async (_, hours, records, over, reason) => {
  const { outcome, used, reason: why } = await decidedOn(await traffic.openFor(hours, records, over));
  expect(outcome).toBe('asked');
  expect(used).toEqual({ known: false, reason: expect.stringMatching(reason) as string });
  expect(why).toMatch(reason);
});

test.each<[string, { readonly account: string; readonly region: string }, number | undefined, RegExp]>([
  ['whose work group sets no limit', { account: MEMBER, region: 'us-east-1' }, undefined, /scan any number of bytes/],
  [
    'whose work group allows more than flowLogs.gigabytes',
    { account: OTHER_MEMBER, region: 'us-east-1' },
    2_000_000_000,
    /lets a query scan 2 GB, more than the 1 GB that flowLogs.gigabytes allows/,
  ],
  [
    'that would scan more than its work group allows',
    { account: OTHER_MEMBER, region: 'eu-central-1' },
    10,
    /the query of Athena ended as CANCELLED: Bytes scanned limit was exceeded/,
  ],
])('a query %s shows nothing, and a person is asked', async (_, place, mostBytes, reason) => {
  const there = trafficInS3(portcullis, place);
  others.push(there);
  await there.prepare(mostBytes);
  const { outcome, used } = await decidedOn(await there.openFor(48, [NODATA, NODATA]));
  expect(outcome).toBe('asked');
  expect(used).toEqual({ known: false, reason: expect.stringMatching(reason) as string });
});

test.each(['GetWorkGroup', 'StartQueryExecution', 'GetQueryExecution', 'GetQueryResults'])(
  'without athena:%s use is unknown, with the permission, and a person is asked',
  async (operation) => {
    const group = await traffic.openFor(48, [NODATA, NODATA]);
    await portcullis.misbehave({ kind: 'deny', service: 'athena', operation });
    const { outcome, used } = await decidedOn(group);
    await portcullis.behave();
    expect(outcome).toBe('asked');
    expect(used).toEqual({ known: false, reason: expect.stringContaining(`athena:${operation}`) as string });
  },
);
