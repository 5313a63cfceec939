import { parseConfiguration, renderMistake } from '../../../../src/core/configuration/parse-configuration';
import { toPolicy } from '../../../../src/core/configuration/to-policy';

const ATHENA = { workGroup: 'portcullis', database: 'vpc', table: 'flow_logs', buckets: ['flow-logs-of-example'] };

function parse(flowLogs: object) {
  return parseConfiguration({
    organizationId: 'o-a1b2c3d4e5',
    hub: { account: '111111111111', aggregationRegion: 'eu-central-1' },
    members: { primaryRegion: 'eu-central-1', regions: ['eu-central-1'] },
    flowLogs,
  });
}

test('a table of Athena is enough, and the policy has what a query takes, but not where results go', () => {
  const parsed = parse({ athena: { ...ATHENA, results: 'results-of-example/portcullis', day: { column: 'day' } } });
  if (!parsed.ok) throw new Error('The configuration is refused.');
  expect(toPolicy(parsed.value).flowLogs).toEqual({
    ...{ days: 30, gigabytes: 10 },
    athena: { ...ATHENA, day: { column: 'day', format: 'yyyy/MM/dd' } },
  });
});

test.each([
  [{}, ['names neither logGroups nor athena']],
  [
    {
      athena: {
        ...{ workGroup: 'a b', database: "vpc'; --", table: 'x"y', buckets: ['Logs', 'Logs'], region: 'Frankfurt' },
        ...{ account: '12', results: 's3://results', day: { column: '1st', format: 'dd.MM.' } },
      },
    },
    [
      ...['workGroup', 'database', 'table', 'buckets[0]', 'results', 'day.column', 'day.format', 'account', 'region'],
      'names a bucket twice',
    ],
  ],
])('mistakes are shown all at once', (flowLogs, places) => {
  const parsed = parse(flowLogs);
  const notified = parsed.ok ? [] : parsed.error.map(renderMistake);
  for (const place of places) expect(notified.filter((line) => line.includes(place))).not.toEqual([]);
});
