import type { Finding } from '../../src/core/findings/finding';
import type { NetworkAclEntry } from '../../src/core/network/network-acl';
import type { SecurityGroupRule } from '../../src/core/network/security-group-rule';
import type { Target } from '../../src/core/target';
import type { FailureCode, PortFailure } from '../../src/flow/ports';

export const TARGET: Target = {
  kind: 'security-group',
  partition: 'aws',
  account: '222222222222',
  region: 'eu-central-1',
  id: 'sg-0a1b2c3d4e5f60718',
};

/** Of every holding in the world of these tests, which are distinguished by their generation. */
export const NONCE = '5d0a8b9e-3f0c-4c7b-9a61-6d1f0e7c2b48';

export const ACL: Target = { ...TARGET, kind: 'network-acl', id: 'acl-0a1b2c3d4e5f60718' };

export function entry(RuleNumber: number, fields: Partial<NetworkAclEntry> = {}): NetworkAclEntry {
  return {
    RuleNumber,
    Protocol: '6',
    RuleAction: 'allow',
    Egress: false,
    ...(fields.Ipv6CidrBlock ? {} : { CidrBlock: '0.0.0.0/0' }),
    ...fields,
  };
}

export function ingress(id: string, fields: Partial<SecurityGroupRule> = {}): SecurityGroupRule {
  return {
    SecurityGroupRuleId: id,
    GroupId: TARGET.id,
    IsEgress: false,
    IpProtocol: 'tcp',
    FromPort: 22,
    ToPort: 22,
    ...(fields.CidrIpv6 || fields.PrefixListId ? {} : { CidrIpv4: '0.0.0.0/0' }),
    ...fields,
  };
}

export function findingOn(target: Target, fields: Partial<Finding> = {}): Finding {
  return {
    id: `arn:aws:securityhub:${target.region}:${target.account}:security-control/EC2.13/finding/1`,
    productArn: `arn:aws:securityhub:${target.region}::product/aws/securityhub`,
    account: target.account,
    region: target.region,
    title: 'Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 22',
    control: { id: 'EC2.13', parameters: [] },
    target,
    problem: undefined,
    compliance: 'FAILED',
    workflow: 'NEW',
    recordState: 'ACTIVE',
    severity: 'HIGH',
    firstObservedAt: '2026-01-02T03:04:05.000Z',
    note: undefined,
    ...fields,
  };
}

export function failed(code: FailureCode, cause: string, retryable = false): PortFailure {
  return { code, cause, retryable };
}
