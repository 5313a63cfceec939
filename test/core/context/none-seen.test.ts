import type { Attached, Fact } from '../../../src/core/context/context';
import { known, unknown } from '../../../src/core/context/fact';
import { chooseFlowLogs, type FlowLogSeen } from '../../../src/core/context/flow-logs/choose-flow-logs';
import { blockedButFor } from '../../../src/core/context/flow-logs/blocked-but-for';
import { gapsBesideQuery } from '../../../src/core/context/flow-logs/gaps-beside-query';
import { findLateStarts } from '../../../src/core/context/flow-logs/log-gaps';
import { parseLogFormat } from '../../../src/core/context/flow-logs/log-format';
import { toFlowQuery } from '../../../src/core/context/flow-logs/to-flow-query';
import { toUsed } from '../../../src/core/context/flow-logs/to-used';
import { FLOW_LOG_LIMITS, windowSince } from '../../../src/core/context/flow-logs/window';
import type { InterfaceSeen } from '../../../src/core/context/interface-seen';
import type { SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import { planClosing } from '../../../src/core/planning/plan-closing';
import type { Resource } from '../../../src/core/resource';
import { parseQuery } from '../../../sandbox/logs/insights/parse-query';
import { runQuery } from '../../../sandbox/logs/insights/run-query';

/** That nobody uses what is closed is said only where use would have been seen: each case is one where it was not. */

const FROM = '2026-11-01T00:00:00Z';
const WINDOW = { from: FROM, to: '2026-11-29T12:00:00Z' };
const ENI: InterfaceSeen = {
  ...{ id: 'eni-1', vpcId: 'vpc-1', subnetId: 'subnet-1', owner: '222222222222', type: 'interface', description: '' },
  ...{ publicIpv4: [], ipv6: ['2001:db8::7'], privateIps: ['10.0.0.7', '2001:db8::7'] },
};
const OTHER: InterfaceSeen = { ...ENI, id: 'eni-2', ipv6: [], privateIps: ['10.0.0.8'] };
const ATTACHED: Fact<Attached> = known({ count: 1, kinds: ['instance'], items: [], otherVpcs: [], otherAccounts: [] });

const rule = (over: Partial<SecurityGroupRule>): SecurityGroupRule => ({
  ...{ SecurityGroupRuleId: 'sgr-1', IsEgress: false, IpProtocol: 'tcp', FromPort: 22, ToPort: 22 },
  ...over,
});
const SSH = rule({ CidrIpv4: '0.0.0.0/0' });
const ALL = rule({ IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv4: '0.0.0.0/0' });

function closing(rules: readonly SecurityGroupRule[], control: 'EC2.13' | 'EC2.2' = 'EC2.13') {
  const resource: Resource = {
    ...{ kind: 'security-group', id: 'sg-1', name: control === 'EC2.2' ? 'default' : 'web', tags: [], rules },
    prefixLists: { 'pl-1': ['0.0.0.0/0'] },
  };
  const plan = planClosing({
    resource,
    controls: (control === 'EC2.2' ? ['EC2.2' as const] : ['EC2.13' as const, 'EC2.54' as const]).map((id) => ({
      id,
      parameters: [],
    })),
    policy: { strategy: 'close', publicPorts: { tcp: [], udp: [] }, ruleQuota: 60 },
    account: '222222222222',
  });
  return { plan, resource };
}

describe('a query of flow logs finds', () => {
  const record = (src: string, dst: string, port: number, protocol = 6, eni = 'eni-1') =>
    `2 222222222222 ${eni} ${src} ${dst} 51000 ${String(port)} ${String(protocol)} 5 400 1 2 ACCEPT OK`;

  function sourcesOf(rules: readonly SecurityGroupRule[], ...messages: readonly string[]): readonly unknown[] {
    const { plan, resource } = closing(rules);
    const fields = parseLogFormat();
    if (!fields.ok) throw new Error(fields.error);
    const query = toFlowQuery(fields.value, [ENI, OTHER], blockedButFor(plan, resource));
    if (!query.ok) throw new Error(query.error);
    const events = messages.map((message) => ({ timestamp: 1, ingestionTime: 1, message }));
    return runQuery(parseQuery(query.value), events).map((row) => row['f_srcaddr']);
  }

  test.each<[string, readonly SecurityGroupRule[], string]>([
    ['who connects', [SSH], record('198.51.100.7', '10.0.0.7', 22)],
    ['who connects to an address that it has no more', [SSH], record('198.51.100.7', '10.0.0.99', 22)],
    ['whose packets it passes on', [SSH], record('198.51.100.7', '10.9.9.9', 22)],
    ['another one with the same group', [SSH], record('10.0.0.8', '10.0.0.7', 22)],
    ['a tunnel of IPsec, of a rule for every protocol', [ALL], record('198.51.100.7', '10.0.0.7', 0, 50)],
    ['a ping, of a rule for every protocol', [ALL], record('198.51.100.7', '10.0.0.7', 0, 1)],
    ['a query of DNS, of a rule for every protocol', [ALL], record('198.51.100.7', '10.0.0.7', 53, 17)],
    ['a client of IPv6', [rule({ CidrIpv6: '::/0' })], record('2001:db8:1::1', '2001:db8::7', 22)],
  ])('%s', (_, rules, message) => {
    expect(sourcesOf(rules, message)).toHaveLength(1);
  });

  test.each<[string, readonly SecurityGroupRule[], string]>([
    ['what it connects to itself', [SSH], record('10.0.0.7', '198.51.100.7', 22)],
    ['another port', [SSH], record('198.51.100.7', '10.0.0.7', 443)],
    ['a tunnel that no rule let in', [SSH], record('198.51.100.7', '10.0.0.7', 0, 50)],
    [
      'whom another rule lets in',
      [SSH, rule({ SecurityGroupRuleId: 'sgr-2', CidrIpv4: '10.0.0.0/8' })],
      record('10.1.1.1', '10.0.0.7', 22),
    ],
    [
      'whose pings another rule lets in',
      [ALL, rule({ SecurityGroupRuleId: 'sgr-2', IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv4: '10.0.0.0/8' })],
      record('10.1.1.1', '10.0.0.7', 0, 1),
    ],
  ])('not %s', (_, rules, message) => {
    expect(sourcesOf(rules, message)).toEqual([]);
  });

  test('what was skipped, of an interface that is asked about', () => {
    const skipped = (eni: string) => `2 222222222222 ${eni} - - - - - - - 1 2 - SKIPDATA`;
    expect(sourcesOf([SSH], skipped('eni-2'), skipped('eni-3'))).toEqual(['-']);
  });
});

describe('nobody can tell that nobody uses it where', () => {
  const own = { GroupId: 'sg-1', UserId: '222222222222' };
  test.each<[string, readonly SecurityGroupRule[], 'EC2.13' | 'EC2.2', Fact<Attached>, InterfaceSeen, RegExp]>([
    [
      'members of the default group talk to each other',
      [rule({ ReferencedGroupInfo: own, IpProtocol: '-1' })],
      'EC2.2',
      ATTACHED,
      ENI,
      /traffic of other groups/,
    ],
    [
      'what goes out is closed as well',
      [rule({ IsEgress: true, IpProtocol: '-1', CidrIpv4: '0.0.0.0/0' })],
      'EC2.2',
      ATTACHED,
      ENI,
      /what goes out/,
    ],
    ['entries of a prefix list are not known', [rule({ PrefixListId: 'pl-2' })], 'EC2.2', ATTACHED, ENI, /pl-2/],
    [
      'interfaces of others do not show',
      [SSH],
      'EC2.13',
      known(
        {
          ...(ATTACHED.known && ATTACHED.value),
          more: true,
          hiddenIn: { vpcId: 'vpc-2', owner: '444444444444' },
        } as Attached,
        '1 network interface',
      ),
      ENI,
      /interfaces of others in vpc-2/,
    ],
    [
      'what is attached could not be read',
      [SSH],
      'EC2.13',
      unknown('denied'),
      ENI,
      /what is attached is not known: denied/,
    ],
    [
      'endpoints of a service come to a Network Load Balancer',
      [SSH],
      'EC2.13',
      ATTACHED,
      { ...ENI, type: 'network_load_balancer' },
      /endpoint of its service/,
    ],
  ])('%s', (_, rules, control, attached, eni, reason) => {
    const { plan, resource } = closing(rules, control);
    const gaps = gapsBesideQuery(plan, resource, attached, [eni]);
    expect(gaps.join()).toMatch(reason);
    expect(toUsed({ queryId: 'q', window: WINDOW, gaps }, [], 1)).toMatchObject({ known: false });
  });

  test('and can where all that is closed is asked for, of all that is attached', () => {
    const { plan, resource } = closing([SSH, rule({ SecurityGroupRuleId: 'sgr-2', CidrIpv4: '10.0.0.0/8' })]);
    const gaps = gapsBesideQuery(plan, resource, ATTACHED, [ENI]);
    expect(toUsed({ queryId: 'q', window: WINDOW, gaps }, [], 1)).toMatchObject({ value: { answer: 'none-seen' } });
  });

  const instance = { id: 'i-1', state: 'running', tags: [] };
  test.each<[string, Partial<InterfaceSeen>, string | undefined, readonly RegExp[]]>([
    ['nothing is late', {}, '2026-10-01T00:00:00.000Z', []],
    ['it was started with the opening', {}, '2026-11-01T00:30:00.000Z', []],
    ['it was off for a part of the time', {}, '2026-11-28T00:00:00.000Z', [/i-1 runs since 2026-11-28/]],
    ['nobody says since when it runs', {}, undefined, [/since when i-1 runs/]],
    [
      'the interface was on another instance',
      { attachedAt: '2026-11-20T00:00:00.000Z' },
      '2026-10-01T00:00:00.000Z',
      [/eni-1 is attached since/],
    ],
  ])('%s', (_, over, launchedAt, expected) => {
    const instances = [{ ...instance, ...(launchedAt === undefined ? {} : { launchedAt }) }];
    const gaps = findLateStarts(WINDOW, [{ ...ENI, instanceId: 'i-1', ...over }], instances);
    expect(gaps).toEqual(expected.map((each) => expect.stringMatching(each) as string));
  });

  const LOG: FlowLogSeen = {
    ...{ id: 'fl-1', resourceId: 'vpc-1', destination: 'cloud-watch-logs', logGroup: '/vpc', trafficType: 'ALL' },
    ...{ isActive: true, isForAnotherAccount: false, createdAt: '2026-01-01T00:00:00.000Z' },
  };
  const format = '${interface-id} ${srcaddr} ${dstaddr} ${dstport} ${protocol} ${bytes} ${action} ${log-status}';
  test.each<[string, readonly FlowLogSeen[], object]>([
    [
      'another flow log mixes its format in',
      [LOG, { ...LOG, id: 'fl-2', resourceId: 'subnet-1', format, createdAt: '2026-02-01T00:00:00.000Z' }],
      { gaps: [/fl-2 writes to the same log group in another format/] },
    ],
    [
      'the oldest delivers nothing, but another one does',
      [
        { ...LOG, deliveryError: 'Access error' },
        { ...LOG, id: 'fl-2', createdAt: '2026-02-01T00:00:00.000Z' },
      ],
      { gaps: [] },
    ],
    [
      'rejected flows are not recorded, which takes nothing from it',
      [{ ...LOG, trafficType: 'ACCEPT' }],
      { gaps: [], remarks: ['rejected flows are not recorded'] },
    ],
  ])('flow logs: %s', (_, logs, expected) => {
    const chosen = chooseFlowLogs([ENI], logs, FROM);
    const { gaps, remarks } = expected as { readonly gaps: readonly RegExp[]; readonly remarks?: readonly string[] };
    expect(chosen).toMatchObject({
      value: {
        gaps: gaps.map((each) => expect.stringMatching(each) as string),
        ...(remarks === undefined ? {} : { remarks }),
      },
    });
  });

  test('it was opened twice by the same hand: the window begins with the first of both', () => {
    const openedBy = known({
      ...{ who: 'x', at: '2026-11-28T00:00:00Z', firstAt: '2026-11-10T00:00:00Z', from: 'x', eventId: 'e' },
      with: 'cli' as const,
    });
    const window = windowSince(openedBy, FLOW_LOG_LIMITS, new Date(WINDOW.to));
    expect(window.from).toBe('2026-11-10T00:00:00Z');
  });
});
