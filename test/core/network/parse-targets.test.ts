import { renderInputProblem } from '../../../src/core/input-problem';
import { parseTargets } from '../../../src/core/network/parse-targets';

const RULE = {
  SecurityGroupRuleId: 'sgr-1',
  GroupId: 'sg-1',
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  CidrIpv4: '0.0.0.0/0',
  Tags: [{ Key: 'owner', Value: 'web' }],
};

const ENTRY = { RuleNumber: 100, RuleAction: 'allow', Egress: false, Protocol: '6', CidrBlock: '0.0.0.0/0' };

const withRule = (change: object) => ({ SecurityGroupRules: [{ ...RULE, ...change }] });
const withEntry = (change: object) => ({
  NetworkAcls: [{ NetworkAclId: 'acl-1', IsDefault: false, Entries: [{ ...ENTRY, ...change }] }],
});

describe('parseTargets', () => {
  test('groups rules by their group, in the order in which groups first appear', () => {
    const output = {
      SecurityGroupRules: [
        RULE,
        { ...RULE, SecurityGroupRuleId: 'sgr-2', GroupId: 'sg-2' },
        { ...RULE, SecurityGroupRuleId: 'sgr-3', CidrIpv4: '10.0.0.0/8' },
      ],
    };
    expect(parseTargets(output)).toMatchObject({
      ok: true,
      value: [
        {
          kind: 'security-group',
          id: 'sg-1',
          rules: [{ SecurityGroupRuleId: 'sgr-1' }, { SecurityGroupRuleId: 'sgr-3' }],
        },
        { kind: 'security-group', id: 'sg-2', rules: [{ SecurityGroupRuleId: 'sgr-2' }] },
      ],
    });
  });

  test('keeps every field of a rule that a plan can carry on', () => {
    const parsed = parseTargets(withRule({ Description: 'ssh', GroupOwnerId: '222222222222' }));
    expect(parsed).toMatchObject({ ok: true, value: [{ rules: [{ ...RULE, Description: 'ssh' }] }] });
  });

  test('makes one rule of each source of a permission, in both directions', () => {
    const output = {
      SecurityGroups: [
        {
          GroupId: 'sg-1',
          GroupName: 'web',
          VpcId: 'vpc-1',
          IpPermissions: [
            {
              IpProtocol: 'tcp',
              FromPort: 22,
              ToPort: 22,
              IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'ssh' }, { CidrIp: '10.0.0.0/8' }],
              Ipv6Ranges: [{ CidrIpv6: '::/0' }],
              PrefixListIds: [{ PrefixListId: 'pl-1' }],
              UserIdGroupPairs: [{ GroupId: 'sg-2', UserId: '222222222222' }],
            },
          ],
          IpPermissionsEgress: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
        },
      ],
    };
    const traffic = { GroupId: 'sg-1', IsEgress: false, IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };
    expect(parseTargets(output)).toEqual({
      ok: true,
      value: [
        {
          kind: 'security-group',
          id: 'sg-1',
          name: 'web',
          vpcId: 'vpc-1',
          tags: [],
          prefixLists: {},
          rules: [
            { ...traffic, CidrIpv4: '0.0.0.0/0', Description: 'ssh' },
            { ...traffic, CidrIpv4: '10.0.0.0/8' },
            { ...traffic, CidrIpv6: '::/0' },
            { ...traffic, PrefixListId: 'pl-1' },
            { ...traffic, ReferencedGroupInfo: { GroupId: 'sg-2', UserId: '222222222222' } },
            { GroupId: 'sg-1', IsEgress: true, IpProtocol: '-1', CidrIpv4: '0.0.0.0/0' },
          ],
        },
      ],
    });
  });

  test('reads network ACLs with EC2’s own last entries', () => {
    const output = {
      NetworkAcls: [
        {
          NetworkAclId: 'acl-1',
          IsDefault: false,
          VpcId: 'vpc-1',
          Entries: [
            { ...ENTRY, PortRange: { From: 22, To: 22 } },
            { ...ENTRY, RuleNumber: 32767, RuleAction: 'deny', Protocol: '-1' },
            {
              RuleNumber: 101,
              RuleAction: 'allow',
              Egress: true,
              Protocol: '58',
              Ipv6CidrBlock: '::/0',
              IcmpTypeCode: { Type: -1, Code: -1 },
            },
          ],
        },
      ],
    };
    expect(parseTargets(output)).toEqual({
      ok: true,
      value: [
        {
          kind: 'network-acl',
          id: 'acl-1',
          isDefault: false,
          vpcId: 'vpc-1',
          tags: [],
          entries: output.NetworkAcls[0]?.Entries,
        },
      ],
    });
  });

  test.each([[{ SecurityGroupRules: [] }], [{ SecurityGroups: [] }], [{ NetworkAcls: [] }]])(
    'reads %j as no target',
    (output) => {
      expect(parseTargets(output)).toEqual({ ok: true, value: [] });
    },
  );

  test.each<[string, unknown, string, string]>([
    ['a port over 65535', withRule({ ToPort: 65536 }), 'port-out-of-range', 'SecurityGroupRules[0].ToPort'],
    ['a negative port', withRule({ FromPort: -2 }), 'port-out-of-range', 'SecurityGroupRules[0].FromPort'],
    ['-1 for one port only', withRule({ FromPort: -1 }), 'port-out-of-range', 'SecurityGroupRules[0].FromPort'],
    ['crossed ports', withRule({ FromPort: 443, ToPort: 80 }), 'crossed-ports', 'SecurityGroupRules[0].ToPort'],
    ['one port of two', withRule({ ToPort: undefined }), 'missing', 'SecurityGroupRules[0].ToPort'],
    ['a port in quotes', withRule({ FromPort: '22' }), 'wrong-type', 'SecurityGroupRules[0].FromPort'],
    ['half a port', withRule({ FromPort: 22.5 }), 'wrong-type', 'SecurityGroupRules[0].FromPort'],
    [
      'an icmp type over 255',
      withRule({ IpProtocol: 'icmp', FromPort: 256, ToPort: -1 }),
      'port-out-of-range',
      'SecurityGroupRules[0].FromPort',
    ],
    ['an unknown protocol', withRule({ IpProtocol: 'ssh' }), 'unknown-protocol', 'SecurityGroupRules[0].IpProtocol'],
    [
      'a protocol number over 255',
      withRule({ IpProtocol: '256' }),
      'unknown-protocol',
      'SecurityGroupRules[0].IpProtocol',
    ],
    [
      'a protocol number with a zero before it',
      withRule({ IpProtocol: '006' }),
      'unknown-protocol',
      'SecurityGroupRules[0].IpProtocol',
    ],
    ['a missing protocol', withRule({ IpProtocol: undefined }), 'missing', 'SecurityGroupRules[0].IpProtocol'],
    ['a CIDR with host bits', withRule({ CidrIpv4: '10.0.0.1/8' }), 'bad-cidr', 'SecurityGroupRules[0].CidrIpv4'],
    ['a CIDR that is none', withRule({ CidrIpv4: 'anywhere' }), 'bad-cidr', 'SecurityGroupRules[0].CidrIpv4'],
    ['IPv6 in the field of IPv4', withRule({ CidrIpv4: '::/1' }), 'wrong-family', 'SecurityGroupRules[0].CidrIpv4'],
    ['two sources', withRule({ CidrIpv6: '::/0' }), 'source-count', 'SecurityGroupRules[0]'],
    ['no source', withRule({ CidrIpv4: undefined }), 'source-count', 'SecurityGroupRules[0]'],
    ['no direction', withRule({ IsEgress: undefined }), 'missing', 'SecurityGroupRules[0].IsEgress'],
    ['a direction in quotes', withRule({ IsEgress: 'false' }), 'wrong-type', 'SecurityGroupRules[0].IsEgress'],
    ['no group', withRule({ GroupId: undefined }), 'missing', 'SecurityGroupRules[0].GroupId'],
    ['tags that are no list', withRule({ Tags: 'owner' }), 'wrong-type', 'SecurityGroupRules[0].Tags'],
    ['a tag without a key', withRule({ Tags: [{ Value: 'x' }] }), 'missing', 'SecurityGroupRules[0].Tags[0].Key'],
    [
      'a rule that is there twice',
      { SecurityGroupRules: [RULE, RULE] },
      'duplicate',
      'SecurityGroupRules[1].SecurityGroupRuleId',
    ],
    ['a rule that is no object', { SecurityGroupRules: [7] }, 'wrong-type', 'SecurityGroupRules[0]'],
    ['rules that are no list', { SecurityGroupRules: {} }, 'wrong-type', 'SecurityGroupRules'],
    [
      'a permission without a source',
      { SecurityGroups: [{ GroupId: 'sg-1', IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22 }] }] },
      'source-count',
      'SecurityGroups[0].IpPermissions[0]',
    ],
    [
      'a bad CIDR in a permission',
      {
        SecurityGroups: [
          { GroupId: 'sg-1', IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '1.2.3.4/0' }] }] },
        ],
      },
      'bad-cidr',
      'SecurityGroups[0].IpPermissions[0].IpRanges[0].CidrIp',
    ],
    [
      'an entry with an unknown action',
      withEntry({ RuleAction: 'drop' }),
      'unknown-action',
      'NetworkAcls[0].Entries[0].RuleAction',
    ],
    [
      'an entry without a number',
      withEntry({ RuleNumber: undefined }),
      'number-out-of-range',
      'NetworkAcls[0].Entries[0].RuleNumber',
    ],
    [
      'an entry with crossed ports',
      withEntry({ PortRange: { From: 2, To: 1 } }),
      'crossed-ports',
      'NetworkAcls[0].Entries[0].PortRange.To',
    ],
    [
      'an entry with half a port range',
      withEntry({ PortRange: { From: 2 } }),
      'missing',
      'NetworkAcls[0].Entries[0].PortRange',
    ],
    ['an entry of both families', withEntry({ Ipv6CidrBlock: '::/0' }), 'source-count', 'NetworkAcls[0].Entries[0]'],
    [
      'a prefix list that is none',
      withRule({ CidrIpv4: undefined, PrefixListId: 'constructor' }),
      'bad-prefix-list',
      'SecurityGroupRules[0].PrefixListId',
    ],
    [
      'a prefix list that is none in a permission',
      {
        SecurityGroups: [
          { GroupId: 'sg-1', IpPermissions: [{ IpProtocol: '-1', PrefixListIds: [{ PrefixListId: '__proto__' }] }] },
        ],
      },
      'bad-prefix-list',
      'SecurityGroups[0].IpPermissions[0].PrefixListIds[0].PrefixListId',
    ],
    ['one page of several of rules', { SecurityGroupRules: [RULE], NextToken: 'page-2' }, 'incomplete', 'NextToken'],
    ['something else', { Reservations: [] }, 'unknown-shape', ''],
    ['a list', [RULE], 'unknown-shape', ''],
    ['nothing', null, 'unknown-shape', ''],
  ])('refuses %s, naming the field', (_what, output, code, field) => {
    expect(parseTargets(output)).toMatchObject({ ok: false, error: { code, field } });
  });

  test('reads one page of several of groups: each of them is whole', () => {
    expect(parseTargets({ SecurityGroups: [], NextToken: 'page-2' })).toEqual({ ok: true, value: [] });
  });

  test('errors say field, value and fix', () => {
    const parsed = parseTargets(withRule({ FromPort: 443, ToPort: 80 }));
    expect(parsed.ok ? '' : renderInputProblem(parsed.error)).toBe(
      'SecurityGroupRules[0].ToPort 80 is below FromPort 443; write the lower port first',
    );
  });

  test('values too long to show are truncated', () => {
    const parsed = parseTargets(withRule({ CidrIpv4: 'x'.repeat(200) }));
    expect(parsed.ok ? '' : renderInputProblem(parsed.error)).toMatch(
      /^SecurityGroupRules\[0\]\.CidrIpv4 "x{78}… is not an address block/,
    );
  });
});
