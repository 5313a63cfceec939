import type { Finding } from '../../../src/core/findings/finding';
import { parseFinding } from '../../../src/core/findings/parse-finding';
import { ACCOUNT_RESOURCE, ACL_RESOURCE, asffFinding, groupResource } from './asff-finding';

const GROUP = {
  kind: 'security-group',
  partition: 'aws',
  account: '222222222222',
  region: 'eu-central-1',
  id: 'sg-0a1b2c3d',
};

function parsed(change: Readonly<Record<string, unknown>> = {}): Finding {
  const finding = parseFinding(asffFinding(change));
  if (!finding.ok) throw new Error(finding.error.message);
  return finding.value;
}

describe('parseFinding', () => {
  test('reads a consolidated finding', () => {
    expect(parsed()).toEqual({
      id: 'arn:aws:securityhub:eu-central-1:222222222222:security-control/EC2.13/finding/0c6b8a52',
      productArn: 'arn:aws:securityhub:eu-central-1::product/aws/securityhub',
      account: '222222222222',
      region: 'eu-central-1',
      title: 'Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 22',
      control: { id: 'EC2.13', parameters: [] },
      target: GROUP,
      problem: undefined,
      compliance: 'FAILED',
      workflow: 'NEW',
      recordState: 'ACTIVE',
      severity: 'HIGH',
      firstObservedAt: '2026-11-01T08:00:00.000Z',
      note: undefined,
    });
  });

  test('takes the parameters of the control along', () => {
    const Compliance = {
      Status: 'FAILED',
      SecurityControlId: 'EC2.18',
      SecurityControlParameters: [
        { Name: 'authorizedUdpPorts', Value: [] },
        { Name: 'authorizedTcpPorts', Value: ['80', '443'] },
      ],
    };
    expect(parsed({ Compliance }).control).toEqual({ id: 'EC2.18', parameters: Compliance.SecurityControlParameters });
  });

  test('reads a finding that lacks everything but its names and account', () => {
    const bare = {
      Id: 'x',
      ProductArn: 'arn:aws-us-gov:securityhub:us-gov-west-1::product/aws/securityhub',
      AwsAccountId: '222222222222',
    };
    expect(parseFinding(bare)).toMatchObject({
      ok: true,
      value: {
        region: 'us-gov-west-1',
        workflow: 'NEW',
        recordState: 'ACTIVE',
        control: undefined,
        target: undefined,
        compliance: undefined,
      },
    });
  });

  test('keeps somebody’s note', () => {
    const Note = { Text: 'known', UpdatedBy: 'alice', UpdatedAt: '2026-11-02T00:00:00Z' };
    expect(parsed({ Note }).note).toEqual({ text: 'known', updatedBy: 'alice', updatedAt: '2026-11-02T00:00:00Z' });
  });

  test('takes the first resource that the control can be about', () => {
    expect(parsed({ Resources: [ACCOUNT_RESOURCE, ACL_RESOURCE, groupResource()] }).target).toEqual(GROUP);
    expect(parsed({ Resources: [groupResource('sg-0a1b2c3d'), groupResource()] }).target).toEqual(GROUP);
    const ofAcl = { Compliance: { SecurityControlId: 'EC2.21' }, Resources: [groupResource(), ACL_RESOURCE] };
    expect(parsed(ofAcl).target).toMatchObject({ kind: 'network-acl', id: 'acl-0a1b2c3d' });
  });

  test('takes partition, account and Region from the resource', () => {
    const Id = 'arn:aws-cn:ec2:cn-north-1:222222222222:security-group/sg-0a1b2c3d';
    expect(parsed({ Resources: [groupResource(Id)] }).target).toMatchObject({
      partition: 'aws-cn',
      region: 'cn-north-1',
    });
  });

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['no resource', { Resources: [] }, 'names no resource'],
    ['no list of resources', { Resources: undefined }, 'names no resource'],
    [
      'an account as its resource',
      { Resources: [ACCOUNT_RESOURCE] },
      'is about AwsAccount, not about a security group',
    ],
    ['a network ACL where a group belongs', { Resources: [ACL_RESOURCE] }, 'not about a security group'],
    [
      'an id that is no ARN',
      { Resources: [groupResource('sg-0a1b2c3d')] },
      '"sg-0a1b2c3d" is not the ARN of a security group',
    ],
    [
      'an ARN with more behind it',
      { Resources: [groupResource('arn:aws:ec2:eu-central-1:222222222222:security-group/sg-1/x')] },
      'is not the ARN',
    ],
    [
      'an ARN without an account',
      { Resources: [groupResource('arn:aws:ec2:eu-central-1::security-group/sg-1')] },
      'is not the ARN',
    ],
    [
      'an ARN of something else',
      { Resources: [groupResource('arn:aws:ec2:eu-central-1:222222222222:instance/i-1')] },
      'is not the ARN',
    ],
    [
      'an ARN with a line break',
      { Resources: [groupResource('arn:aws:ec2:eu-central-1:222222222222:security-group/sg-1\n')] },
      'is not the ARN',
    ],
    [
      'a resource of another account',
      { AwsAccountId: '333333333333' },
      'is of account 333333333333, but its resource sg-0a1b2c3d is of account 222222222222',
    ],
  ])('says what is wrong with %s', (_what, change, problem) => {
    expect(parsed(change)).toMatchObject({ target: undefined, problem: expect.stringContaining(problem) as unknown });
  });

  test('a finding of somebody else’s control is a finding with a problem', () => {
    expect(parsed({ Compliance: { Status: 'FAILED', SecurityControlId: 'S3.1' } })).toMatchObject({
      control: undefined,
      target: GROUP,
      problem: 'Portcullis does not close what S3.1 reports.',
    });
  });

  test.each<[Readonly<Record<string, unknown>>, string, unknown]>([
    [{ Id: undefined }, 'Id', undefined],
    [{ Id: '' }, 'Id', ''],
    [{ ProductArn: 7 }, 'ProductArn', 7],
    [{ AwsAccountId: '2222' }, 'AwsAccountId', '2222'],
    [{ Workflow: { Status: 'DONE' } }, 'Workflow.Status', 'DONE'],
    [{ Resources: [{ Id: 7 }] }, 'Resources[0].Id', 7],
    [{ RecordState: 'GONE' }, 'RecordState', 'GONE'],
  ])('refuses %j, naming the field and the value', (change, field, value) => {
    expect(parseFinding(asffFinding(change))).toMatchObject({ ok: false, error: { field, value } });
  });

  test.each([[null], ['finding'], [[]], [undefined]])('refuses %j', (input) => {
    expect(parseFinding(input)).toMatchObject({ ok: false, error: { field: '' } });
  });

  test('product fields that are no texts do not make a finding unreadable', () => {
    expect(parsed({ ProductFields: { nested: { a: 1 } } }).control).toMatchObject({ id: 'EC2.13' });
  });
});
