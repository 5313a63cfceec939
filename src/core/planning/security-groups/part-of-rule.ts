import { canonicalCidr } from '../../network/cidr';
import type { PortRange } from '../../network/port-set';
import type { SecurityGroupRule } from '../../network/security-group-rule';
import { familyOf } from '../source-block';

/** A rule that EC2 has yet to give an id, like another one in all but its protocol and ports. */
export function withTraffic(rule: SecurityGroupRule, protocol: string, range: PortRange): SecurityGroupRule {
  return { ...unborn(rule), IpProtocol: protocol, FromPort: range.from, ToPort: range.to };
}

/** A rule that EC2 has yet to give an id, like another one in all but its source, which is one block. */
export function withSource(rule: SecurityGroupRule, cidr: string): SecurityGroupRule {
  const copy = unborn(rule);
  delete copy.CidrIpv4;
  delete copy.CidrIpv6;
  delete copy.PrefixListId;
  // A policy may write it in another way than EC2 will: the rule that is there then would not be known as this one.
  const block = canonicalCidr(cidr);
  return familyOf(block) === 'ipv4' ? { ...copy, CidrIpv4: block } : { ...copy, CidrIpv6: block };
}

/** A rule like this one that EC2 has yet to give an id. */
function unborn(rule: SecurityGroupRule): { -readonly [Name in keyof SecurityGroupRule]: SecurityGroupRule[Name] } {
  const copy = { ...rule };
  delete copy.SecurityGroupRuleId;
  return copy;
}
