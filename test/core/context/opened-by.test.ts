import type { OpenedBy } from '../../../src/core/context/context';
import { toOpenedBy, type HadMade } from '../../../src/core/context/to-opened-by';
import { parseTrailCall, type TrailCall } from '../../../src/core/context/trail-call';
import { toOrganizationalUnits } from '../../../src/core/context/to-organizational-units';
import { toTool } from '../../../src/core/context/to-tool';
import type { SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import { planClosing } from '../../../src/core/planning/plan-closing';
import type { Resource } from '../../../src/core/resource';
import { failure, success } from '../../../src/core/result';

const PLACE = { account: '222222222222', region: 'eu-central-1' };
const GROUP = 'sg-0aaa1111bbb2222cc';
const RULE = 'sgr-0ddd3333eee4444ff';
const OTHER = 'sgr-0ddd3333eee444400';
const KIM = 'arn:aws:iam::222222222222:user/kim';
const POLICY = { strategy: 'close', publicPorts: { tcp: [], udp: [] }, ruleQuota: 60 } as const;

const rule = (id: string, over: Partial<SecurityGroupRule> = {}): SecurityGroupRule => ({
  SecurityGroupRuleId: id,
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  CidrIpv4: '0.0.0.0/0',
  ...over,
});

const group = (...rules: SecurityGroupRule[]): Resource => ({
  kind: 'security-group',
  id: GROUP,
  name: 'web',
  tags: [],
  rules,
  prefixLists: {},
});

let events = 0;
/** @param day of November at which the call was made */
function call(eventName: string, day: number, detail: object): TrailCall {
  const record = {
    eventSource: 'ec2.amazonaws.com',
    eventName,
    eventID: `event-${String(++events)}`,
    eventTime: `2026-11-${String(day).padStart(2, '0')}T08:00:00Z`,
    sourceIPAddress: '203.0.113.9',
    userAgent: 'aws-cli/2.30',
    userIdentity: { type: 'IAMUser', arn: KIM },
    ...detail,
  };
  const parsed = parseTrailCall(JSON.stringify(record), PLACE);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}

const SSH = { ipProtocol: 'tcp', fromPort: 22, toPort: 22 };
const answering = (...ids: string[]) => ({
  requestParameters: {
    groupId: GROUP,
    ipPermissions: { items: [{ ...SSH, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }] },
  },
  responseElements: {
    securityGroupRuleSet: { items: ids.map((id) => ({ ...SSH, securityGroupRuleId: id, cidrIpv4: '0.0.0.0/0' })) },
  },
});
const withoutAnswer = { requestParameters: answering().requestParameters, responseElements: { _return: true } };
const authorize = (day: number, detail: object = answering(RULE)) => call('AuthorizeSecurityGroupIngress', day, detail);
const modify = (day: number, CidrIpv4: string, detail: object = {}) =>
  call('ModifySecurityGroupRules', day, {
    requestParameters: {
      ModifySecurityGroupRulesRequest: {
        GroupId: GROUP,
        SecurityGroupRule: {
          SecurityGroupRuleId: RULE,
          SecurityGroupRule: { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4 },
        },
      },
    },
    ...detail,
  });
const byAnother = (arn = 'arn:aws:iam::222222222222:user/lee') => ({ userIdentity: { type: 'IAMUser', arn } });

function openedBy(calls: readonly TrailCall[], resource = group(rule(RULE)), more = false, hadMade?: HadMade) {
  const controls = [{ id: resource.kind === 'network-acl' ? 'EC2.21' : 'EC2.13', parameters: [] } as const];
  const plan = planClosing({ resource, controls, policy: POLICY, account: PLACE.account });
  return toOpenedBy(plan, resource, success({ calls, more }), hadMade);
}

describe('who opened a rule', () => {
  const cases: readonly [string, readonly TrailCall[], Partial<OpenedBy>][] = [
    ['is who made the call that its id is the answer of', [authorize(3)], { who: KIM, at: '2026-11-03T08:00:00Z' }],
    ['is who let in the same traffic, where the answer names no rules', [authorize(3, withoutAnswer)], { who: KIM }],
    [
      'is who let it in last, where neither answer names rules',
      [authorize(5, { ...withoutAnswer, ...byAnother() }), authorize(3, withoutAnswer)],
      { who: byAnother().userIdentity.arn },
    ],
    [
      'is who opened it wide later, not who made it narrow',
      [
        modify(5, '0.0.0.0/0', byAnother()),
        authorize(3, {
          responseElements: {
            securityGroupRuleSet: { items: [{ ...SSH, securityGroupRuleId: RULE, cidrIpv4: '10.0.0.0/8' }] },
          },
          requestParameters: { groupId: GROUP },
        }),
      ],
      { who: byAnother().userIdentity.arn, at: '2026-11-05T08:00:00Z' },
    ],
    [
      'is who made it, not who changed its description since',
      [modify(5, '0.0.0.0/0', byAnother()), authorize(3)],
      { who: KIM, at: '2026-11-03T08:00:00Z' },
    ],
    [
      'is who opened it again, after somebody had closed it',
      [modify(7, '0.0.0.0/0', byAnother()), modify(5, '10.0.0.0/8'), authorize(3)],
      { who: byAnother().userIdentity.arn, at: '2026-11-07T08:00:00Z' },
    ],
  ];
  test.each(cases)('%s', (_, calls, expected) => {
    expect(openedBy(calls)).toMatchObject({ known: true, value: { from: '203.0.113.9', with: 'cli', ...expected } });
  });

  test('is known of several rules that one hand opened, the latest first', () => {
    const resource = group(rule(RULE), rule(OTHER, { FromPort: 20, ToPort: 25 }));
    const second = {
      responseElements: {
        securityGroupRuleSet: {
          items: [{ ipProtocol: 'tcp', fromPort: 20, toPort: 25, securityGroupRuleId: OTHER, cidrIpv4: '0.0.0.0/0' }],
        },
      },
      requestParameters: { groupId: GROUP },
    };
    expect(openedBy([authorize(5, second), authorize(3)], resource)).toMatchObject({
      known: true,
      value: { at: '2026-11-05T08:00:00Z', firstAt: '2026-11-03T08:00:00Z' },
      evidence: [expect.stringContaining(RULE), expect.stringContaining(OTHER)],
    });
    expect(openedBy([authorize(5, { ...second, ...byAnother() }), authorize(3)], resource)).toEqual({
      known: false,
      reason: expect.stringMatching(/several opened it: .*user\/lee .*, and .*user\/kim/) as string,
    });
    expect(openedBy([authorize(3)], resource)).toEqual({
      known: false,
      reason: `who opened ${OTHER} is not in the last 90 days of CloudTrail, which may be some minutes behind`,
    });
  });

  test('is whoever had runbooks of ours make several rules, each in a session of its own', () => {
    const resource = group(rule(RULE), rule(OTHER));
    const session = (of: string, sourceIPAddress = 'ssm.amazonaws.com') => ({
      sourceIPAddress,
      userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::222222222222:assumed-role/Portcullis-Runbook/${of}` },
    });
    const calls = [
      authorize(5, { ...answering(OTHER), ...session('two') }),
      authorize(3, { ...answering(RULE), ...session('one') }),
    ];
    const kim = 'portcullis undo by arn:aws:iam::111111111111:user/kim (rem-1)';
    const hadMade = new Map([RULE, OTHER].map((id) => [id, kim] as const));
    expect(openedBy(calls, resource, false, hadMade)).toMatchObject({ known: true, value: { who: kim } });
    // Without the ledger it is as CloudTrail has it, and so is a call that no runbook made.
    expect(openedBy(calls, resource)).toMatchObject({ known: false });
    const byHand = [authorize(3, { ...answering(RULE), ...session('one', '203.0.113.9') })];
    expect(openedBy(byHand, group(rule(RULE)), false, hadMade)).toMatchObject({
      value: { who: expect.stringMatching(/^arn:/) as string },
    });
  });

  test('is not known where CloudTrail shows other calls only, or of too many', () => {
    expect(openedBy([authorize(3, answering(OTHER))])).toMatchObject({ known: false });
    expect(openedBy([authorize(3, answering(OTHER))], undefined, true)).toMatchObject({
      reason: expect.stringContaining('not among the latest 1 changes') as string,
    });
    const plan = planClosing({ resource: group(), controls: [], policy: POLICY, account: PLACE.account });
    expect(toOpenedBy(plan, group(), failure('denied'))).toEqual({ known: false, reason: 'denied' });
  });

  test('is known of entries of network ACLs by their number, inbound ones alone', () => {
    const acl: Resource = {
      kind: 'network-acl',
      id: 'acl-0aaa1111bbb2222cc',
      isDefault: false,
      tags: [],
      entries: [
        {
          RuleNumber: 100,
          Protocol: '6',
          PortRange: { From: 22, To: 22 },
          RuleAction: 'allow',
          Egress: false,
          CidrBlock: '0.0.0.0/0',
        },
      ],
    };
    const entry = (over: object = {}) => ({
      requestParameters: {
        networkAclId: acl.id,
        ruleNumber: 100,
        egress: false,
        ruleAction: 'allow',
        aclProtocol: '6',
        cidrBlock: '0.0.0.0/0',
        portRange: { from: 22, to: 22 },
        ...over,
      },
    });
    const made = call('CreateNetworkAclEntry', 3, entry());
    expect(openedBy([made], acl)).toMatchObject({ known: true, value: { who: KIM, at: '2026-11-03T08:00:00Z' } });
    expect(openedBy([call('DeleteNetworkAclEntry', 5, entry()), made], acl)).toMatchObject({ known: false });
    expect(openedBy([call('CreateNetworkAclEntry', 3, entry({ ruleAction: 'deny' }))], acl)).toMatchObject({
      known: false,
    });
    const outbound = JSON.stringify({ eventName: 'CreateNetworkAclEntry', ...entry({ egress: true }) });
    expect(parseTrailCall(outbound, PLACE)).toMatchObject({ ok: false });
  });

  test.each([
    ['no JSON', '{'],
    ['a call that failed', JSON.stringify({ errorCode: 'Client.UnauthorizedOperation' })],
  ])('is not told by %s', (_, record) => {
    expect(parseTrailCall(record, PLACE)).toMatchObject({ ok: false });
  });
});

test.each<[OpenedBy['with'], string, object]>([
  ['cli', 'aws-cli/2.30.1 md/awscrt#0.27', {}],
  ['terraform', 'APN/1.0 HashiCorp/1.0 Terraform/1.9.0 (+https://www.terraform.io) terraform-provider-aws/5.7', {}],
  ['terraform', 'APN/1.0 OpenTofu/1.8 aws-sdk-go-v2/1.3', {}],
  ['cloudformation', 'cloudformation.amazonaws.com', { sourceIp: 'cloudformation.amazonaws.com' }],
  [
    'cdk',
    'cloudformation.amazonaws.com',
    { roleArn: 'arn:aws:iam::222222222222:role/cdk-hnb659fds-cfn-exec-role-222222222222-eu-central-1' },
  ],
  ['console', 'AWS Internal', { isOfConsole: true }],
  ['console', 'console.ec2.amazonaws.com', {}],
  ['console', 'Mozilla/5.0 (X11; Linux x86_64)', {}],
  ['other', 'Boto3/1.40 md/Botocore#1.40', {}],
  ['other', 'unknown', {}],
])('%s is what %s stands for (%j)', (tool, userAgent, over) => {
  expect(toTool({ arn: KIM, sourceIp: '203.0.113.9', userAgent, ...over })).toBe(tool);
});

test.each<[string, readonly string[], readonly string[] | string]>([
  [
    'its own unit first, the root last',
    ['o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ou-ab12-22222222/222222222222/'],
    ['ou-ab12-22222222', 'ou-ab12-11111111', 'r-ab12'],
  ],
  ['the root alone', ['o-a1b2c3d4e5/r-ab12/222222222222/'], ['r-ab12']],
  ['nothing where none is said', [], 'says of no unit'],
  [
    'nothing where several are said',
    ['o-a1b2c3d4e5/r-ab12/222222222222/', 'o-a1b2c3d4e5/r-ab13/222222222222/'],
    'several places',
  ],
  ['nothing of another account', ['o-a1b2c3d4e5/r-ab12/333333333333/'], 'no form that is known'],
  ['nothing of what is no unit', ['o-a1b2c3d4e5/r-ab12/../222222222222/'], 'no form that is known'],
])('the units of an account are %s', (_, paths, expected) => {
  const units = toOrganizationalUnits(paths, '222222222222');
  if (typeof expected === 'string') expect(units).toEqual(failure(expect.stringContaining(expected)));
  else expect(units).toEqual(success(expected));
});
