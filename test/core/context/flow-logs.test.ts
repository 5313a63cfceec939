import { chooseFlowLogs, type FlowLogSeen } from '../../../src/core/context/flow-logs/choose-flow-logs';
import { blockedButFor } from '../../../src/core/context/flow-logs/blocked-but-for';
import { bytesToScan, findLogGaps } from '../../../src/core/context/flow-logs/log-gaps';
import { parseLogFormat } from '../../../src/core/context/flow-logs/log-format';
import { toFlowQuery } from '../../../src/core/context/flow-logs/to-flow-query';
import { toUsed, type FlowRow } from '../../../src/core/context/flow-logs/to-used';
import { FLOW_LOG_LIMITS, windowSince } from '../../../src/core/context/flow-logs/window';
import { known, unknown } from '../../../src/core/context/fact';
import type { InterfaceSeen } from '../../../src/core/context/interface-seen';
import { planClosing } from '../../../src/core/planning/plan-closing';
import type { Resource } from '../../../src/core/resource';
import { failure } from '../../../src/core/result';

const ENI: InterfaceSeen = {
  id: 'eni-1',
  vpcId: 'vpc-1',
  subnetId: 'subnet-1',
  owner: '222222222222',
  type: 'interface',
  description: '',
  publicIpv4: [],
  ipv6: [],
  privateIps: ['10.0.0.7'],
};
const LOG: FlowLogSeen = {
  id: 'fl-1',
  resourceId: 'vpc-1',
  destination: 'cloud-watch-logs',
  logGroup: '/vpc',
  trafficType: 'ALL',
  isActive: true,
  isForAnotherAccount: false,
  createdAt: '2026-01-01T00:00:00.000Z',
};
const FROM = '2026-11-01T00:00:00Z';

describe('the flow logs that are searched', () => {
  test.each<[string, readonly FlowLogSeen[], object]>([
    ['is that of the VPC', [LOG], { ok: true, value: { logGroups: ['/vpc'], gaps: [] } }],
    ['is that of the subnet', [{ ...LOG, resourceId: 'subnet-1' }], { ok: true }],
    [
      'is the oldest that can be read',
      [{ ...LOG, createdAt: '2026-11-20T00:00:00.000Z', logGroup: '/new' }, { ...LOG, destination: 's3' }, LOG],
      { ok: true, value: { logGroups: ['/vpc'], gaps: [] } },
    ],
    [
      'has a gap where it is younger than the opening',
      [{ ...LOG, createdAt: '2026-11-20T00:00:00.000Z' }],
      { ok: true, value: { gaps: ['flow log fl-1 is there since 2026-11-20T00:00:00.000Z only'] } },
    ],
    [
      'has a gap where records are not delivered',
      [{ ...LOG, deliveryError: 'Access error' }],
      { ok: true, value: { gaps: ['records of flow log fl-1 are not delivered: Access error'] } },
    ],
    ['is none where there are none', [], { ok: false, error: 'nothing logs the traffic of eni-1' }],
    ['is none of another subnet', [{ ...LOG, resourceId: 'subnet-2' }], { ok: false }],
    ['is none in S3', [{ ...LOG, destination: 's3' }], { ok: false, error: 'flow logs are in S3' }],
    ['is none in Firehose', [{ ...LOG, destination: 'kinesis-data-firehose' }], { ok: false }],
    [
      'is none of another account',
      [{ ...LOG, isForAnotherAccount: true }],
      { ok: false, error: 'flow logs are in another account' },
    ],
    ['is none that is not active', [{ ...LOG, isActive: false }], { ok: false }],
    ['is none of rejected traffic', [{ ...LOG, trafficType: 'REJECT' }], { ok: false }],
  ])('%s', (_, logs, expected) => {
    expect(chooseFlowLogs([ENI], logs, FROM)).toMatchObject(expected);
  });

  test('are none where interfaces have logs of several formats, or nothing is attached', () => {
    const other = { ...ENI, id: 'eni-2', vpcId: 'vpc-2' };
    const format = '${interface-id} ${srcaddr} ${dstport} ${protocol} ${bytes} ${action} ${log-status} ${dstaddr}';
    const logs = [LOG, { ...LOG, resourceId: 'vpc-2', format }];
    expect(chooseFlowLogs([ENI, other], logs, FROM)).toEqual(failure('its flow logs have several formats'));
    expect(chooseFlowLogs([], logs, FROM)).toMatchObject({ ok: false });
  });
});

test.each<[string, string | undefined, number | string]>([
  ['the default one', undefined, 14],
  [
    'fields in another order',
    '${action} ${log-status} ${bytes} ${protocol} ${dstport} ${srcaddr} ${interface-id} ${flow-direction}',
    8,
  ],
  ['no direction', '${action} ${log-status} ${bytes} ${protocol} ${dstport} ${srcaddr} ${interface-id}', 'dstaddr'],
  ['no bytes', '${action} ${log-status} ${protocol} ${dstport} ${srcaddr} ${interface-id} ${dstaddr}', 'lacks bytes'],
  ['tags, which may hold spaces', '${interface-tag:Name} ${srcaddr}', 'cannot be split at'],
  ['what is no field', 'version ${srcaddr}', 'cannot be split at'],
])('a format: %s', (_, format, expected) => {
  const parsed = parseLogFormat(format);
  if (typeof expected === 'string') expect(parsed).toEqual(failure(expect.stringContaining(expected)));
  else expect(parsed.ok && parsed.value.length).toBe(expected);
});

const ssh = (id: string, CidrIpv4: string) =>
  ({ SecurityGroupRuleId: id, IsEgress: false, IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4 }) as const;
const GROUP: Resource = {
  kind: 'security-group',
  id: 'sg-1',
  name: 'web',
  tags: [],
  rules: [ssh('sgr-1', '0.0.0.0/0'), ssh('sgr-2', '10.0.0.0/8')],
  prefixLists: {},
};

test('a query asks for the ports and sources that the plan blocks, less those that another rule lets in', () => {
  const plan = planClosing({
    resource: GROUP,
    controls: [{ id: 'EC2.13', parameters: [] }],
    policy: { strategy: 'close', publicPorts: { tcp: [], udp: [] }, ruleQuota: 60 },
    account: '222222222222',
  });
  const blocked = blockedButFor(plan, GROUP);
  expect(blocked).toEqual([expect.objectContaining({ cidr: '0.0.0.0/0', butFor: ['10.0.0.0/8'] })]);
  const fields = parseLogFormat();
  const query = toFlowQuery(fields.ok ? fields.value : [], [ENI], blocked);
  expect(query.ok && query.value).toContain(
    'filter f_log_status = "SKIPDATA" or (((f_dstaddr in ["10.0.0.7"]) or not (f_srcaddr in ["10.0.0.7"])) and ((f_protocol = 6 and (f_dstport = 22) and ' +
      'isIpv4InSubnet(f_srcaddr, "0.0.0.0/0") and not isIpv4InSubnet(f_srcaddr, "10.0.0.0/8"))))',
  );
});

test('a query is none where it would be too long, or nothing has ports', () => {
  const many = Array.from({ length: 1_000 }, (_, i) => ({ ...ENI, id: `eni-${String(i)}` }));
  const blocked = [
    { family: 'ipv4', cidr: '0.0.0.0/0', protocol: 'tcp', ports: [{ from: 22, to: 22 }], butFor: [] },
  ] as const;
  expect(toFlowQuery(['srcaddr', 'dstaddr'], many, blocked)).toMatchObject({ ok: false });
  expect(toFlowQuery(['srcaddr', 'dstaddr'], [ENI], [])).toMatchObject({ ok: false });
});

test('a query holds nothing that would end a text', () => {
  const hostile = { ...ENI, id: 'eni-1"] | limit 0', privateIps: ['10.0.0.7"'] };
  const blocked = [
    { family: 'ipv4', cidr: '0.0.0.0/0', protocol: 'udp', ports: [{ from: 1, to: 9 }], butFor: [] },
  ] as const;
  const query = toFlowQuery(['srcaddr', 'dstaddr'], [hostile], blocked);
  expect(query.ok && query.value).toContain('f_interface_id in ["eni-1limit0"]');
  expect(query.ok && query.value).toContain('f_dstaddr in ["10.0.0.7"]');
});

describe('the window', () => {
  const now = new Date('2026-11-29T12:00:00.500Z');
  const opened = (at: string) => known({ who: 'x', at, from: 'x', with: 'cli' as const, eventId: 'e' });
  test.each([
    ['begins with the opening', opened('2026-11-20T08:00:00Z'), '2026-11-20T08:00:00Z', false],
    ['goes no further back than the limit', opened('2026-09-01T08:00:00Z'), '2026-10-30T12:00:00Z', true],
    ['is the longest where nobody knows when it was opened', unknown<never>('denied'), '2026-10-30T12:00:00Z', true],
  ])('%s', (_, openedBy, from, isBounded) => {
    const window = { from, to: '2026-11-29T12:00:00Z', ...(isBounded && { isBounded }) };
    expect(windowSince(openedBy, FLOW_LOG_LIMITS, now)).toEqual(window);
  });
});

describe('gaps', () => {
  const window = { from: FROM, to: '2026-11-29T12:00:00Z' };
  const group = { name: '/vpc', storedBytes: 9e9 };
  const stream = { interfaceId: 'eni-1', first: '2026-10-01T00:00:00Z', last: '2026-11-29T11:30:00Z' };
  test.each([
    ['none', group, stream, []],
    ['a retention that is shorter', { ...group, retentionDays: 7 }, stream, ['log group /vpc keeps 7 days only']],
    ['no stream', group, { interfaceId: 'eni-1' }, ['no records of eni-1 are there']],
    [
      'a stream that begins later, as of an instance that was replaced',
      group,
      { ...stream, first: '2026-11-20T00:00:00Z' },
      ['records of eni-1 begin on 2026-11-20T00:00:00Z only'],
    ],
    [
      'a stream that ended',
      group,
      { ...stream, last: '2026-11-28T00:00:00Z' },
      ['records of eni-1 end on 2026-11-28T00:00:00Z'],
    ],
  ])('%s', (_, logGroup, seen, expected) => {
    expect(findLogGaps(window, [logGroup], [seen])).toEqual(expected);
  });

  test('what is searched is a part of what is kept', () => {
    const days = { from: '2026-11-01T00:00:00Z', to: '2026-11-11T00:00:00Z' };
    expect(bytesToScan(days, [group, { ...group, retentionDays: 90 }])).toBe(10e9);
  });
});

describe('who used it', () => {
  const window = { from: FROM, to: '2026-11-29T12:00:00Z' };
  const row = (over: FlowRow): FlowRow => ({
    f_srcaddr: '198.51.100.7',
    f_action: 'ACCEPT',
    f_log_status: 'OK',
    flows: '2',
    bytes: '1.2E3',
    last: '1795900000000',
    ...over,
  });
  const asked = (...gaps: string[]) => ({ queryId: 'q', window, gaps });

  test('is whoever was accepted, however much is missing', () => {
    expect(toUsed(asked('a gap'), [row({}), row({ f_action: 'REJECT', flows: '7' })], 5e6)).toEqual({
      known: true,
      value: {
        ...window,
        answer: 'flows',
        flows: 2,
        sources: 1,
        bytes: 1200,
        lastSeen: new Date(1_795_900_000_000).toISOString(),
        peers: [{ address: '198.51.100.7', bytes: 1200, lastSeen: new Date(1_795_900_000_000).toISOString() }],
        rejected: 7,
      },
      evidence: [`${window.from} to ${window.to}`, '5 MB of flow logs were searched'],
    });
  });

  test('times are read in either form of Logs Insights', () => {
    const used = toUsed(asked(), [row({ last: '2026-11-25 10:00:00.000' })], 0);
    expect(used.known && used.value.lastSeen).toBe('2026-11-25T10:00:00.000Z');
  });

  test('is nobody only where nothing is missing', () => {
    expect(toUsed(asked(), [], 1)).toMatchObject({ known: true, value: { answer: 'none-seen' } });
    expect(toUsed(asked(), [row({ f_action: 'REJECT' })], 1)).toMatchObject({
      value: { answer: 'none-seen', rejected: 2 },
    });
    for (const incomplete of [
      toUsed(asked('a gap'), [], 1),
      toUsed(asked(), [], 0),
      toUsed(asked(), [row({ f_srcaddr: '-', f_action: '-', f_log_status: 'SKIPDATA' })], 1),
      toUsed({ ...asked(), window: { from: '2026-11-29T00:00:00Z', to: window.to } }, [], 1),
      toUsed(
        asked(),
        Array.from({ length: 10_000 }, () => row({ f_action: 'REJECT' })),
        1,
      ),
    ]) {
      expect(incomplete).toMatchObject({ known: false, reason: expect.stringMatching(/^cannot tell: /) as string });
    }
  });

  test('names ten of many', () => {
    const rows = Array.from({ length: 12 }, (_, i) => row({ f_srcaddr: `198.51.100.${String(i)}`, bytes: String(i) }));
    const used = toUsed(asked(), rows, 0);
    expect(used.known && used.value).toMatchObject({ sources: 12, flows: 24 });
    expect(used.known && used.value.peers.map(({ bytes }) => bytes)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  });
});
