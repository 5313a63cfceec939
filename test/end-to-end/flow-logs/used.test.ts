import type { Context } from '../../../src/core/context/context';
import { ANYWHERE, tcp, type Deployed, type Group } from '../deployed-portcullis';
import { deployWithFlowLogs, FRANKFURT, SSH } from './deploy-with-flow-logs';
import type { LoggedTraffic, Traffic } from './logged-traffic';

let portcullis: Deployed;
let traffic: LoggedTraffic;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ portcullis, traffic, stop } = await deployWithFlowLogs('flow-logs.yaml'));
});
afterAll(() => stop());

async function preview(group: Group): Promise<{ readonly used: Context['used'] | undefined; readonly note: string }> {
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.choose('Preview closing', id);
  await portcullis.settle();
  return {
    used: (await portcullis.recordsOn(group.id))[0]?.context?.used,
    note: (await portcullis.findingOf(id)).Note?.Text ?? '',
  };
}

test('what three sources use is shown with its sources, those with the most bytes first, and rejected flows apart', async () => {
  const group = await traffic.openFor(
    48,
    { ...SSH, from: '198.51.100.7' },
    { ...SSH, from: '198.51.100.7', bytes: 9_000 },
    { ...SSH, from: '203.0.113.4' },
    { ...SSH, from: '192.0.2.1' },
    { ...SSH, from: '192.0.2.66', action: 'REJECT' },
    { from: '192.0.2.99', port: 443, bytes: 1, action: 'ACCEPT' },
  );
  const { used, note } = await preview(group);
  expect(used).toMatchObject({
    known: true,
    value: { answer: 'flows', flows: 4, sources: 3, bytes: 24_000, rejected: 1 },
    evidence: [expect.stringMatching(/^\d{4}-.* to \d{4}-/), '1 MB of flow logs were searched'],
  });
  expect(used?.known === true && used.value.peers.map(({ address, bytes }) => `${address} ${String(bytes)}`)).toEqual([
    '198.51.100.7 14000',
    '203.0.113.4 5000',
    '192.0.2.1 5000',
  ]);
  expect(note).toContain('Used by 3 sources');
});

test('what nobody used, with records from the opening until now, was not used', async () => {
  const group = await traffic.openFor(48, { from: '192.0.2.99', port: 443, bytes: 1, action: 'ACCEPT' });
  const { used, note } = await preview(group);
  expect(used).toMatchObject({ known: true, value: { answer: 'none-seen', flows: 0, peers: [] } });
  expect(note).toContain('No use of it was seen');
});

test.each<[string, number, Traffic, RegExp]>([
  ['records were skipped', 48, { status: 'SKIPDATA' }, /cannot tell: records were skipped \(SKIPDATA\)/],
  ['it was opened less than a day ago', 12, { status: 'NODATA' }, /cannot tell: it was opened less than a day ago/],
])('that nobody used it is not said where %s', async (_, hours, record, reason) => {
  const { used } = await preview(await traffic.openFor(hours, record));
  expect(used).toEqual({ known: false, reason: expect.stringMatching(reason) as string });
});

test.each<[string, Parameters<LoggedTraffic['log']>[1], RegExp]>([
  ['nothing logs it', undefined, /nothing logs the traffic of eni-/],
  [
    'its flow logs are in S3',
    { LogDestinationType: 's3', LogDestination: 'arn:aws:s3:::logs', LogGroupName: undefined },
    /flow logs are in S3/,
  ],
  ['their format lacks a field', { LogFormat: '${interface-id} ${srcaddr}' }, /their format lacks dstport, protocol/],
  ['only rejected traffic is recorded', { TrafficType: 'REJECT' }, /records rejected traffic only/],
  ['they are in a log group that may not be searched', { LogGroupName: '/other' }, /The log groups|logs:/],
])('nobody can tell where %s', async (_, flowLog, reason) => {
  const group = await portcullis.openGroup(FRANKFURT, [tcp(22, 22, ANYWHERE)]);
  await portcullis.runInstance(group, 'web');
  if (flowLog !== undefined) await traffic.log(await traffic.interfaceOf(group), flowLog);
  const { used } = await preview(group);
  expect(used).toEqual({ known: false, reason: expect.stringMatching(reason) as string });
});

test('a plain closing looks into no flow logs', async () => {
  const group = await traffic.openFor(48);
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.press(id);
  await portcullis.settle();
  expect((await portcullis.recordOf(id)).context?.used).toMatchObject({
    known: false,
    reason: expect.stringContaining('only where a person') as string,
  });
});
