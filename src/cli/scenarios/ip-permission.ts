import type { IpPermission } from '@aws-sdk/client-ec2';
import type { ScenarioRule } from './scenario';

/** A rule as calls of EC2 about security groups take it. */
export function toIpPermission(rule: ScenarioRule): IpPermission {
  const description = rule.description === undefined ? {} : { Description: rule.description };
  return {
    IpProtocol: rule.protocol,
    FromPort: rule.from,
    ToPort: rule.to,
    ...(rule.source.includes(':')
      ? { Ipv6Ranges: [{ CidrIpv6: rule.source, ...description }] }
      : { IpRanges: [{ CidrIp: rule.source, ...description }] }),
  };
}
