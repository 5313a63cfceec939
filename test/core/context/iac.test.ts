import { parse } from 'yaml';
import type { Context, ManagedBy } from '../../../src/core/context/context';
import { known, unknown } from '../../../src/core/context/fact';
import { toCdk, toCloudFormation, toTerraform } from '../../../src/core/context/iac/code-of-rule';
import { describeOwnersChange } from '../../../src/core/context/iac/describe-owners-change';
import { toContext } from '../../../src/core/context/to-context';
import { unreadSurroundings } from '../../../src/core/context/unread-surroundings';
import type { RemediationRecord } from '../../../src/core/ledger/remediation-record';
import type { NetworkAclEntry } from '../../../src/core/network/network-acl';
import type { SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import { planClosing } from '../../../src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import type { Resource } from '../../../src/core/resource';

const target = {
  kind: 'security-group',
  partition: 'aws',
  account: '222222222222',
  region: 'eu-central-1',
  id: 'sg-0aaa1111bbb2222cc',
} as const;
const rule: SecurityGroupRule = {
  SecurityGroupRuleId: 'sgr-1',
  GroupId: target.id,
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 443,
  CidrIpv4: '0.0.0.0/0',
};
const before: Resource = {
  kind: 'security-group',
  id: target.id,
  name: 'web',
  tags: [],
  rules: [rule],
  prefixLists: {},
};
const plan = planClosing({
  resource: before,
  controls: [{ id: 'EC2.13', parameters: [] }],
  policy: DEFAULT_PLAN_POLICY,
  account: target.account,
});

function changeOf(managedBy: Context['managedBy']): readonly string[] {
  const context = { ...toContext(target, before, plan, unreadSurroundings('not read')), managedBy };
  return describeOwnersChange({ context, plan, before } as RemediationRecord);
}
const changeBy = (managedBy: ManagedBy) => changeOf(known(managedBy)).join('\n');

test('the owner of a CloudFormation stack reads what to remove and what to have instead', () => {
  expect(changeBy({ by: 'cloudformation', name: 'web', logicalId: 'Sg1' })).toBe(
    [
      'Its source is the CloudFormation stack "web", resource "Sg1": the next deployment that touches it opens it again.',
      'Remove:',
      '  - IpProtocol: "tcp"',
      '    FromPort: 22',
      '    ToPort: 443',
      '    CidrIp: "0.0.0.0/0"',
      'Instead, where it is to stay open:',
      '  - IpProtocol: "tcp"',
      '    FromPort: 80',
      '    ToPort: 80',
      '    CidrIp: "0.0.0.0/0"',
      '  - IpProtocol: "tcp"',
      '    FromPort: 443',
      '    ToPort: 443',
      '    CidrIp: "0.0.0.0/0"',
    ].join('\n'),
  );
});

test('the owner of a CDK app reads it in TypeScript', () => {
  expect(changeBy({ by: 'cdk', name: 'web' })).toContain(
    'Remove:\n  securityGroup.addIngressRule(Peer.anyIpv4(), Port.tcpRange(22, 443))\nInstead, where it is to stay open:\n' +
      '  securityGroup.addIngressRule(Peer.anyIpv4(), Port.tcp(80))\n',
  );
});

test('the owner of a Terraform configuration reads it in HCL', () => {
  expect(changeBy({ by: 'terraform' })).toContain(
    [
      '  resource "aws_vpc_security_group_ingress_rule" "…" {',
      `    security_group_id = "${target.id}"`,
      '    ip_protocol = "tcp"',
      '    from_port = 22',
      '    to_port = 443',
      '    cidr_ipv4 = "0.0.0.0/0"',
      '  }',
    ].join('\n'),
  );
});

test('what Firewall Manager makes is changed in its policy, and nothing is said where nobody is known', () => {
  expect(changeBy({ by: 'firewall-manager', name: 'FMManagedSecurityGroup1' })).toContain('Firewall Manager makes it');
  expect(changeBy({ by: 'none-seen' })).toBe('');
  expect(changeOf(unknown('denied'))).toEqual([]);
});

test.each([
  [
    { IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv4: '10.0.0.0/8' },
    'Peer.ipv4("10.0.0.0/8"), Port.allTraffic()',
  ],
  [{ IpProtocol: 'udp', FromPort: 53, ToPort: 53, CidrIpv6: '::/0' }, 'Peer.anyIpv6(), Port.udp(53)'],
  [{ IpProtocol: 'tcp', FromPort: 1, ToPort: 1, PrefixListId: 'pl-1' }, 'Peer.prefixList("pl-1"), Port.tcp(1)'],
])('%j is %s in CDK', (fields, expected) => {
  expect(toCdk({ IsEgress: false, ...fields })).toEqual([`securityGroup.addIngressRule(${expected})`]);
});

describe('the owner of a network ACL', () => {
  const entry: NetworkAclEntry = {
    RuleNumber: 100,
    Protocol: '6',
    RuleAction: 'allow',
    Egress: false,
    CidrBlock: '0.0.0.0/0',
    PortRange: { From: 22, To: 80 },
  };
  const acl: Resource = {
    kind: 'network-acl',
    id: 'acl-0aaa1111bbb2222cc',
    isDefault: false,
    tags: [],
    entries: [entry],
  };
  const ofAcl = { ...target, kind: 'network-acl', id: acl.id } as const;
  const aclPlan = planClosing({
    resource: acl,
    controls: [{ id: 'EC2.21', parameters: [] }],
    policy: DEFAULT_PLAN_POLICY,
    account: target.account,
  });
  const read = (by: ManagedBy['by']) => {
    const around = toContext(ofAcl, acl, aclPlan, unreadSurroundings('not read'));
    const context = { ...around, managedBy: known({ by }) };
    return describeOwnersChange({ context, plan: aclPlan, before: acl } as RemediationRecord).join('\n');
  };

  test('reads in CloudFormation which entry to remove, and what to have instead', () => {
    const text = read('cloudformation');
    const [removed = '', kept = ''] = text
      .slice(text.indexOf('Remove:\n') + 8)
      .split('Instead, where it is to stay open:\n');
    expect(parse(removed)).toEqual({
      Entry100: {
        Type: 'AWS::EC2::NetworkAclEntry',
        Properties: {
          ...{ NetworkAclId: acl.id, RuleNumber: 100, Protocol: 6, RuleAction: 'allow', Egress: false },
          ...{ CidrBlock: '0.0.0.0/0', PortRange: { From: 22, To: 80 } },
        },
      },
    });
    expect(Object.values(parse(kept) as object)[0]).toMatchObject({
      Properties: { PortRange: { From: 23, To: 80 }, NetworkAclId: acl.id },
    });
  });

  test('reads it in TypeScript for CDK, with what the entry is about', () => {
    expect(read('cdk')).toContain(
      [
        'Remove:',
        '  networkAcl.addEntry("…", {',
        '    ruleNumber: 100,',
        '    cidr: AclCidr.ipv4("0.0.0.0/0"),',
        '    traffic: AclTraffic.tcpPortRange(22, 80),',
        '    direction: TrafficDirection.INGRESS,',
        '    ruleAction: Action.ALLOW,',
        '  })',
      ].join('\n'),
    );
    expect(read('cdk')).toContain('AclTraffic.tcpPortRange(23, 80)');
  });

  test('reads it in HCL for Terraform', () => {
    expect(read('terraform')).toContain(
      [
        'Remove:',
        '  resource "aws_network_acl_rule" "…" {',
        `    network_acl_id = "${acl.id}"`,
        '    rule_number = 100',
        '    egress = false',
        '    protocol = "6"',
        '    rule_action = "allow"',
        '    cidr_block = "0.0.0.0/0"',
        '    from_port = 22',
        '    to_port = 80',
        '  }',
      ].join('\n'),
    );
  });

  test.each<[Partial<NetworkAclEntry>, string]>([
    [{ Protocol: '-1' }, 'AclTraffic.allTraffic()'],
    [{ Protocol: '17', PortRange: { From: 53, To: 53 } }, 'AclTraffic.udpPort(53)'],
    [{ Protocol: '1', IcmpTypeCode: { Type: 8, Code: 0 } }, 'AclTraffic.icmp({ type: 8, code: 0 })'],
    [{ Protocol: '47' }, '/* protocol "47" */'],
  ])('of %j reads %s in CDK', (over, traffic) => {
    const { PortRange: _, ...rest } = entry;
    expect(toCdk({ ...rest, ...over })).toContain(`  traffic: ${traffic},`);
  });
});

test('hostile values stay data', () => {
  const hostile = 'x"\n}\nresource "evil" { ${file("/etc/passwd")} }';
  const [, ...lines] = toTerraform({ ...rule, PrefixListId: hostile });
  expect(lines.filter((line) => line.includes('evil'))).toEqual([
    '  prefix_list_id = "x\\"\\n}\\nresource \\"evil\\" { $${file(\\"/etc/passwd\\")} }"',
  ]);
  const [item] = parse(toCloudFormation({ ...rule, PrefixListId: hostile }).join('\n')) as [object];
  expect(item).toMatchObject({ SourcePrefixListId: hostile });
  expect(toCdk({ IsEgress: false, IpProtocol: 'tcp', FromPort: 1, ToPort: 1, PrefixListId: hostile })[0]).toContain(
    JSON.stringify(hostile),
  );
  const text = changeBy({ by: 'cloudformation', name: 'a"\nRemove: everything' });
  expect(text.split('\n').filter((line) => line.startsWith('Remove'))).toEqual(['Remove:']);
});
