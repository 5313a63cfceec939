import type { AnyRuleControl } from './control';

export const EC2_2: AnyRuleControl = {
  kind: 'any-rule',
  id: 'EC2.2',
  title: 'VPC default security groups should not allow inbound or outbound traffic',
  resource: 'default-security-group',
  forbids: 'any ingress and any egress rule at all, whatever the source',
};
