import type { Change } from '../../../src/core/detection/change';
import { parseChangeEvent } from '../../../src/core/detection/parse-change-event';

const ACCOUNT = '222222222222';
const GROUP = 'sg-0aaa1111bbb2222cc';
const ACL = 'acl-0aaa1111bbb2222cc';
const RULE = 'sgr-0ddd3333eee4444ff';

function event(eventName: string, detail: object): object {
  return {
    source: 'aws.ec2',
    'detail-type': 'AWS API Call via CloudTrail',
    account: ACCOUNT,
    region: 'eu-west-1',
    detail: {
      eventSource: 'ec2.amazonaws.com',
      eventName,
      eventID: 'c1b2a3d4-0000-4000-8000-000000000001',
      eventTime: '2026-11-20T08:00:00Z',
      awsRegion: 'eu-west-1',
      recipientAccountId: ACCOUNT,
      sourceIPAddress: '203.0.113.9',
      userAgent: 'aws-cli/2.30',
      userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/kim` },
      ...detail,
    },
  };
}

function read(eventName: string, detail: object): Change {
  const change = parseChangeEvent(event(eventName, detail));
  if (!change.ok) throw new Error(change.error);
  return change.value;
}

const anyone = { items: [{ cidrIp: '0.0.0.0/0' }] };
const group = { kind: 'security-group', id: GROUP };
const acl = { kind: 'network-acl', id: ACL };

test.each<{ shape: string; call: string; detail: object; targets: object[]; rules: string[] }>([
  {
    shape: 'nested permissions, and the rules in the response',
    call: 'AuthorizeSecurityGroupIngress',
    detail: {
      requestParameters: { groupId: GROUP, ipPermissions: { items: [{ ipProtocol: 'tcp', ipRanges: anyone }] } },
      responseElements: {
        _return: true,
        securityGroupRuleSet: { items: [{ groupId: GROUP, securityGroupRuleId: RULE }] },
      },
    },
    targets: [group],
    rules: [RULE],
  },
  {
    shape: 'flat parameters with empty ipPermissions, and no rules in the response, as in old events',
    call: 'AuthorizeSecurityGroupIngress',
    detail: {
      requestParameters: { groupId: GROUP, cidrIp: '0.0.0.0/0', fromPort: 22, toPort: 22, ipPermissions: {} },
      responseElements: { _return: true },
    },
    targets: [group],
    rules: [],
  },
  {
    shape: 'a group of the default VPC by its name, told by the response alone',
    call: 'AuthorizeSecurityGroupIngress',
    detail: {
      requestParameters: { groupName: 'web', ipPermissions: {} },
      responseElements: { securityGroupRuleSet: { items: [{ groupId: GROUP, securityGroupRuleId: RULE }] } },
    },
    targets: [group],
    rules: [RULE],
  },
  {
    shape: 'parameters left out because they are too large: the response names the group',
    call: 'AuthorizeSecurityGroupIngress',
    detail: {
      requestParameters: { omitted: true, originalSize: 105_000, reason: 'requestParameters too large' },
      responseElements: { securityGroupRuleSet: { items: [{ groupId: GROUP, securityGroupRuleId: RULE }] } },
    },
    targets: [group],
    rules: [RULE],
  },
  {
    shape: 'ModifySecurityGroupRules with one rule, an object',
    call: 'ModifySecurityGroupRules',
    detail: {
      requestParameters: {
        ModifySecurityGroupRulesRequest: { GroupId: GROUP, SecurityGroupRule: { SecurityGroupRuleId: RULE, tag: 1 } },
      },
    },
    targets: [group],
    rules: [RULE],
  },
  {
    shape: 'ModifySecurityGroupRules with several rules, a list',
    call: 'ModifySecurityGroupRules',
    detail: {
      requestParameters: {
        ModifySecurityGroupRulesRequest: {
          GroupId: GROUP,
          SecurityGroupRule: [{ SecurityGroupRuleId: RULE }, { SecurityGroupRuleId: 'sgr-00000000000000001' }],
        },
      },
    },
    targets: [group],
    rules: [RULE, 'sgr-00000000000000001'],
  },
  {
    shape: 'an entry of a network ACL',
    call: 'CreateNetworkAclEntry',
    detail: {
      requestParameters: { networkAclId: ACL, ruleNumber: 90, aclProtocol: '6', portRange: { from: 22, to: 22 } },
    },
    targets: [acl],
    rules: ['90'],
  },
  {
    shape: 'a group that is made, whose id only the response has',
    call: 'CreateSecurityGroup',
    detail: { requestParameters: { groupName: 'web' }, responseElements: { groupId: GROUP } },
    targets: [group],
    rules: [],
  },
  {
    shape: 'an association with another VPC',
    call: 'AssociateSecurityGroupVpc',
    detail: { requestParameters: { AssociateSecurityGroupVpcRequest: { GroupId: GROUP, VpcId: 'vpc-00000000' } } },
    targets: [group],
    rules: [],
  },
  {
    shape: 'IPv6, a prefix list and a group that the rule refers to: the group itself alone is read',
    call: 'AuthorizeSecurityGroupIngress',
    detail: {
      requestParameters: {
        groupId: GROUP,
        ipPermissions: {
          items: [
            {
              ...{ ipProtocol: '-1', ipRanges: {}, ipv6Ranges: { items: [{ cidrIpv6: '::/0', description: 'all' }] } },
              groups: { items: [{ groupId: 'sg-0fff0000fff0000ff', userId: '333333333333' }] },
              prefixListIds: { items: [{ prefixListId: 'pl-0aaa1111bbb2222cc' }] },
            },
          ],
        },
      },
    },
    targets: [group],
    rules: [],
  },
  {
    shape: 'one item as an object, not in a list',
    call: 'AuthorizeSecurityGroupIngress',
    detail: {
      requestParameters: { groupId: GROUP, ipPermissions: { items: { ipProtocol: 'tcp', ipRanges: anyone } } },
      responseElements: { securityGroupRuleSet: { items: { groupId: GROUP, securityGroupRuleId: RULE } } },
    },
    targets: [group],
    rules: [RULE],
  },
  {
    shape: 'a prefix list or a group in the place of an address',
    call: 'ModifySecurityGroupRules',
    detail: {
      requestParameters: {
        ModifySecurityGroupRulesRequest: {
          GroupId: GROUP,
          SecurityGroupRule: {
            ...{ SecurityGroupRuleId: RULE, tag: 1 },
            SecurityGroupRule: { PrefixListId: 'pl-0aaa1111bbb2222cc', ReferencedGroupId: 'sg-0fff0000fff0000ff' },
          },
        },
      },
    },
    targets: [group],
    rules: [RULE],
  },
  {
    shape: 'rules that are revoked by their ids',
    call: 'RevokeSecurityGroupIngress',
    detail: {
      requestParameters: { groupId: GROUP, ipPermissions: {}, securityGroupRuleIds: { items: [{ item: RULE }] } },
      responseElements: { revokedSecurityGroupRuleSet: { items: [{ securityGroupRuleId: RULE, groupId: GROUP }] } },
    },
    targets: [group],
    rules: [],
  },
  {
    shape: 'an entry of IPv6 that is replaced, with types of ICMP in place of ports',
    call: 'ReplaceNetworkAclEntry',
    detail: {
      requestParameters: {
        ...{ networkAclId: ACL, ruleNumber: 100, egress: false, ruleAction: 'allow', aclProtocol: '58' },
        ...{ ipv6CidrBlock: '::/0', icmpTypeCode: { type: -1, code: -1 } },
      },
      responseElements: { _return: true },
    },
    targets: [acl],
    rules: ['100'],
  },
  {
    shape: 'a network ACL that is deleted',
    call: 'DeleteNetworkAcl',
    detail: { requestParameters: { networkAclId: ACL }, responseElements: { _return: true } },
    targets: [acl],
    rules: [],
  },
  {
    shape: 'a group that is deleted by its name: the response has its id',
    call: 'DeleteSecurityGroup',
    detail: { requestParameters: { groupName: 'web' }, responseElements: { _return: true, groupId: GROUP } },
    targets: [group],
    rules: [],
  },
  {
    shape: 'a shape never seen that names the group all the same',
    call: 'AuthorizeSecurityGroupIngress',
    detail: { requestParameters: { AuthorizeRequest2030: { target: { securityGroup: [{ id: GROUP }] } } } },
    targets: [group],
    rules: [],
  },
  {
    shape: 'a shape never seen that names the group behind many other texts',
    call: 'AuthorizeSecurityGroupIngress',
    detail: {
      requestParameters: { cidrs: Array.from({ length: 60 }, (_, at) => `10.0.${String(at)}.0/24`), of: { GROUP } },
    },
    targets: [group],
    rules: [],
  },
  {
    shape: 'a shape never seen that names the group by its ARN',
    call: 'AuthorizeSecurityGroupIngress',
    detail: { requestParameters: { resource: `arn:aws:ec2:eu-west-1:${ACCOUNT}:security-group/${GROUP}` } },
    targets: [group],
    rules: [],
  },
  {
    shape: 'parameters as a text, not as an object',
    call: 'CreateNetworkAclEntry',
    detail: { requestParameters: JSON.stringify({ networkAclId: ACL, ruleNumber: 100 }) },
    targets: [acl],
    rules: [],
  },
])('$call is read: $shape', ({ call, detail, targets, rules }) => {
  expect(read(call, detail)).toMatchObject({ call, account: ACCOUNT, region: 'eu-west-1', targets, rules });
});

test.each(['AuthorizeSecurityGroupIngress', 'RevokeSecurityGroupIngress', 'ModifySecurityGroupRules'])(
  '%s of a group that is named by its name alone, as in old events of a default VPC, is looked up by it',
  (call) => {
    const detail = { requestParameters: { groupName: 'web', ipPermissions: {} }, responseElements: { _return: true } };
    expect(read(call, detail)).toMatchObject({ targets: [], groupName: 'web' });
  },
);

test('an event that names hundreds of groups in a shape never seen is refused, not looked at in part', () => {
  const many = Array.from({ length: 300 }, (_, at) => `sg-${String(at).padStart(17, '0')}`);
  const refused = parseChangeEvent(event('AuthorizeSecurityGroupIngress', { requestParameters: { many } }));
  expect(refused).toMatchObject({ ok: false, error: expect.stringContaining('names 300 security groups') as string });
});

test('an event that is nested without end is refused, not followed', () => {
  let deep: object = { groupIdentifier: GROUP };
  for (let level = 0; level < 5_000; level++) deep = { deep };
  expect(parseChangeEvent(event('AuthorizeSecurityGroupIngress', { requestParameters: deep }))).toMatchObject({
    ok: false,
  });
});

const one = { requestParameters: { groupId: GROUP } };

test.each<{ who: string; detail: object; actor: object }>([
  { who: 'a user', detail: {}, actor: { arn: `arn:aws:iam::${ACCOUNT}:user/kim`, sourceIp: '203.0.113.9' } },
  {
    who: 'a session, with the role behind it',
    detail: {
      userIdentity: {
        type: 'AssumedRole',
        arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Deploy/run`,
        sessionContext: { sessionIssuer: { arn: `arn:aws:iam::${ACCOUNT}:role/Deploy` } },
      },
    },
    actor: { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Deploy/run`, roleArn: `arn:aws:iam::${ACCOUNT}:role/Deploy` },
  },
  {
    who: 'a service by itself',
    detail: { userIdentity: { type: 'AWSService', invokedBy: 'cloudformation.amazonaws.com' } },
    actor: { arn: 'cloudformation.amazonaws.com' },
  },
  { who: 'the root user', detail: { userIdentity: { type: 'Root' } }, actor: { arn: 'Root' } },
  { who: 'nobody that is said', detail: { userIdentity: undefined, userAgent: null }, actor: { arn: 'unknown' } },
  {
    who: 'told in a shape never seen, as far as it can be read',
    detail: {
      userIdentity: { arn: ['x'], type: 'IdentityCenterUser', sessionContext: null },
      sourceIPAddress: { v4: '203.0.113.9' },
      userAgent: 7,
      sessionCredentialFromConsole: true,
    },
    actor: { arn: 'IdentityCenterUser', sourceIp: 'unknown', userAgent: 'unknown' },
  },
  { who: 'no object at all', detail: { userIdentity: 'kim' }, actor: { arn: 'unknown' } },
])('the actor is $who', ({ detail, actor }) => {
  expect(read('AuthorizeSecurityGroupIngress', { ...one, ...detail }).actor).toMatchObject(actor);
});

test.each<{ name: string; input: unknown; says: RegExp }>([
  { name: 'no object', input: 7, says: /./ },
  {
    name: 'parameters that CloudTrail leaves out because they are too large, where nothing else names a group',
    input: event('ModifySecurityGroupRules', {
      requestParameters: { omitted: true, originalSize: 105_000, reason: 'requestParameters too large' },
      responseElements: null,
    }),
    says: /names no security group/,
  },
  {
    name: 'a call that failed',
    input: event('AuthorizeSecurityGroupIngress', { ...one, errorCode: 'Client.UnauthorizedOperation' }),
    says: /did not happen.*Client\.UnauthorizedOperation/,
  },
  {
    name: 'another account within',
    input: event('AuthorizeSecurityGroupIngress', { ...one, recipientAccountId: '333333333333' }),
    says: /of account 222222222222, and says that it is of 333333333333/,
  },
  {
    name: 'another Region within',
    input: event('AuthorizeSecurityGroupIngress', { ...one, awsRegion: 'us-east-1' }),
    says: /of eu-west-1, and says that it is of us-east-1/,
  },
  {
    name: 'an id that is none',
    input: event('AuthorizeSecurityGroupIngress', { requestParameters: { groupId: 'sg-x/../y' } }),
    says: /names no security group/,
  },
  {
    name: 'a call that is none of ours',
    input: event('RunInstances', one),
    says: /detail\.eventName "RunInstances" is no call/,
  },
])('refused: $name', ({ input, says }) => {
  const read = parseChangeEvent(input);
  expect(!read.ok && read.error).toMatch(says);
});
