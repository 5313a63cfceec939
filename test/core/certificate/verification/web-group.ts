import type { Certificate } from '../../../../src/core/certificate/certificate';
import type { RequestedControl } from '../../../../src/core/controls/control-id';
import type { SecurityGroup, SecurityGroupRule } from '../../../../src/core/network/security-group-rule';
import { DEFAULT_PLAN_POLICY } from '../../../../src/core/planning/plan-policy';
import { certify, forge } from '../certified';
import { closeOnModel } from '../on-model';

export const SSH: SecurityGroupRule = {
  SecurityGroupRuleId: 'sgr-ssh',
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  CidrIpv4: '0.0.0.0/0',
};
export const WEB: SecurityGroupRule = { ...SSH, SecurityGroupRuleId: 'sgr-web', FromPort: 443, ToPort: 443 };
export const OFFICE: SecurityGroupRule = { ...SSH, SecurityGroupRuleId: 'sgr-office', CidrIpv4: '198.51.100.0/24' };
export const EC2_13: RequestedControl = { id: 'EC2.13', parameters: [] };

export function webGroup(...rules: readonly SecurityGroupRule[]): SecurityGroup {
  return { kind: 'security-group', id: 'sg-0a1b2c3d', name: 'web', tags: [], rules, prefixLists: {} };
}

/** Closed for EC2.13. */
export const CLOSED = closeOnModel(webGroup(SSH, WEB, OFFICE), [EC2_13], DEFAULT_PLAN_POLICY);
export const CERTIFICATE = certify(CLOSED);

/** The certificate, forged to say that these were left. */
export function withAfter(...rules: readonly SecurityGroupRule[]): Certificate {
  const { after } = CERTIFICATE.parts;
  if (after?.kind !== 'security-group') throw new Error('no group');
  return forge(CERTIFICATE, { after: { ...after, rules } });
}
