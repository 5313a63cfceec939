import type { AthenaTable } from '../../../src/core/context/flow-logs/athena-table';
import { chooseFlowLogs, type FlowLogSeen } from '../../../src/core/context/flow-logs/choose-flow-logs';
import { usedByAthena } from '../../../src/core/context/flow-logs/from-athena';
import { MOST_ATHENA_ROWS, toAthenaQuery } from '../../../src/core/context/flow-logs/to-athena-query';
import type { BlockedButFor } from '../../../src/core/context/flow-logs/to-flow-query';
import type { InterfaceSeen } from '../../../src/core/context/interface-seen';

const TABLE: AthenaTable = { workGroup: 'portcullis', database: 'vpc', table: 'flow_logs', buckets: ['logs'] };
const WINDOW = { from: '2026-11-20T10:00:00Z', to: '2026-11-22T10:00:00Z' };
const SSH: BlockedButFor = {
  ...{ family: 'ipv4', cidr: '0.0.0.0/0', protocol: 'tcp' },
  ports: [{ from: 22, to: 22 }],
  butFor: ['10.0.0.0/8'],
};
const eni = (over: Partial<InterfaceSeen> = {}): InterfaceSeen => ({
  ...{ id: 'eni-1', vpcId: 'vpc-1', subnetId: 'subnet-1', owner: '222222222222', type: 'interface', description: '' },
  ...{ publicIpv4: [], ipv6: [], privateIps: ['10.0.0.7'] },
  ...over,
});

describe('the query of Athena', () => {
  test('has all text in parameters, one for each question mark, in their order', () => {
    const query = toAthenaQuery({ ...TABLE, day: { column: 'day', format: 'yyyy/MM/dd' } }, [eni()], [SSH], WINDOW);
    if (!query.ok) throw new Error(query.error);
    const { sql, parameters } = query.value;
    expect(sql.match(/\?/g)).toHaveLength(parameters.length);
    expect(parameters).toEqual([
      ...["'10.0.0.7'", "'10.0.0.7'", "'0.0.0.0/0'", "'10.0.0.0/8'", "'eni-1'", "'2026/11/20'", "'2026/11/23'"],
    ]);
    expect(sql).toContain('"start" BETWEEN 1795168800 AND 1795341600');
    expect(sql).toContain('protocol = 6 AND (dstport BETWEEN 22 AND 22)');
  });

  test.each(["eni-1' OR '1'='1", 'eni-1"; DROP TABLE x', 'eni-1\u0000\n--', "'; EXECUTE y --"])(
    'takes %j for nothing but data',
    (hostile) => {
      const query = toAthenaQuery(TABLE, [eni({ id: hostile, privateIps: [hostile] })], [SSH], WINDOW);
      if (!query.ok) throw new Error(query.error);
      expect(query.value.sql).not.toContain('DROP');
      for (const parameter of query.value.parameters) expect(parameter).toMatch(/^'[\w.:/-]*'$/);
    },
  );

  test('is none for more than Athena takes', () => {
    const many = Array.from({ length: 20_000 }, (_, at) => ({ ...SSH, ports: [{ from: at, to: at }] }));
    expect(toAthenaQuery(TABLE, [eni()], many, WINDOW)).toEqual({
      ok: false,
      error: 'it has too many interfaces, ports or sources for one query',
    });
  });
});

const seconds = (iso: string) => String(Date.parse(iso) / 1000);
const day = (iso: string) => String(Date.parse(iso) / 86_400_000);
const whole = {
  ...{ since: seconds(WINDOW.from), until: seconds(WINDOW.to) },
  days: [day('2026-11-20'), day('2026-11-21'), day('2026-11-22')].join(' '),
};
const row = (flow: string, over: Readonly<Record<string, string>> = {}) => ({
  ...{ interface_id: 'eni-1', flow, log_status: 'OK', flows: '1', total: '10', ...whole },
  ...over,
});
const asked = { queryId: 'q', window: WINDOW, gaps: [] };

describe('what Athena answers', () => {
  test('is nobody, where every interface has records of the whole window', () => {
    expect(usedByAthena(asked, ['eni-1'], [row('')], 1)).toMatchObject({ value: { answer: 'none-seen' } });
  });

  test.each<[string, readonly string[], readonly ReturnType<typeof row>[], RegExp]>([
    ['an interface has none', ['eni-1', 'eni-2'], [row('')], /no records of eni-2 are there/],
    ['they begin late', ['eni-1'], [row('', { since: seconds('2026-11-21T10:00:00Z') })], /begin on 2026-11-21/],
    ['they end early', ['eni-1'], [row('', { until: seconds('2026-11-21T10:00:00Z') })], /end on 2026-11-21/],
    ['a day of them is missing', ['eni-1'], [row('', { days: day('2026-11-20') })], /of 2026-11-21 are missing/],
    ['some were skipped', ['eni-1'], [row(''), row('', { log_status: 'SKIPDATA' })], /SKIPDATA/],
    ['times are no numbers', ['eni-1'], [row('', { since: 'x', until: '' })], /no records of eni-1 are there/],
    ['there are as many rows as are answered', ['eni-1'], Array(MOST_ATHENA_ROWS).fill(row('')), /more sources/],
  ])('is not nobody where %s', (_, interfaceIds, rows, reason) => {
    // Rows that say the same are one.
    const apart = rows.map((each, at) => (rows.length > 9 ? { ...each, flow: `192.0.2.${String(at)} REJECT` } : each));
    expect(usedByAthena(asked, interfaceIds, apart, 1)).toEqual({
      known: false,
      reason: expect.stringMatching(reason) as string,
    });
  });

  test('says that use before a window was not looked for which begins after the opening', () => {
    const bounded = { ...asked, window: { ...WINDOW, isBounded: true as const } };
    for (const rows of [[row('')], [row(''), row('192.0.2.1 ACCEPT')]]) {
      const used = usedByAthena(bounded, ['eni-1'], rows, 1);
      expect(used).toMatchObject({
        evidence: expect.arrayContaining(['use before that was not looked for']) as string[],
      });
    }
  });

  test('counts a source of two interfaces once, with all its bytes', () => {
    const rows = [row(''), row('198.51.100.7 ACCEPT'), row('198.51.100.7 ACCEPT', { interface_id: 'eni-2' })];
    expect(usedByAthena(asked, ['eni-1', 'eni-2'], rows, 1)).toMatchObject({
      value: { flows: 2, sources: 1, bytes: 20, peers: [{ address: '198.51.100.7', bytes: 20 }] },
    });
  });
});

const inS3: FlowLogSeen = {
  ...{ id: 'fl-1', resourceId: 'eni-1', destination: 's3', bucket: 'logs', trafficType: 'ALL', isActive: true },
  ...{ isForAnotherAccount: false, createdAt: '2026-11-01T00:00:00Z' },
};
const inLogs: FlowLogSeen = { ...inS3, id: 'fl-2', destination: 'cloud-watch-logs', logGroup: '/vpc' };

describe('flow logs in S3', () => {
  test.each<[string, readonly FlowLogSeen[], readonly string[], object]>([
    ['are not searched without a table', [inS3], [], { error: 'flow logs are in S3' }],
    ['are searched by a table over their bucket', [inS3], ['logs'], { value: { place: 's3', logGroups: [] } }],
    ['are not where the table is over another', [inS3], ['other'], { error: expect.stringContaining('bucket logs') }],
    ['are not where CloudWatch Logs has them too', [inS3, inLogs], ['logs'], { value: { place: 'cloud-watch-logs' } }],
    [
      'are not in a format without when',
      [
        {
          ...inS3,
          format: '${interface-id} ${srcaddr} ${dstaddr} ${dstport} ${protocol} ${bytes} ${action} ${log-status}',
        },
      ],
      ['logs'],
      { error: 'their format lacks start, end' },
    ],
  ])('%s', (_, flowLogs, buckets, expected) => {
    expect(chooseFlowLogs([eni()], flowLogs, WINDOW.from, buckets)).toMatchObject(expected);
  });

  test('are not searched where other interfaces have theirs in CloudWatch Logs', () => {
    const logs = [inS3, { ...inLogs, resourceId: 'eni-2' }];
    expect(chooseFlowLogs([eni(), eni({ id: 'eni-2' })], logs, WINDOW.from, ['logs'])).toEqual({
      ok: false,
      error: 'its flow logs are partly in S3',
    });
  });
});
