import type { NetworkAclEntry } from '../../core/network/network-acl';
import { canonicalProtocol } from '../../core/network/protocol';
import { CALLS } from '../../core/planning/calls';
import type { NetworkAclStep } from '../../core/planning/plan';
import { failure, success, type Result } from '../../core/result';
import type { Target } from '../../core/target';
import type { RunbookForm } from './runbook-form';

/**
 * An entry as the documents of network ACLs take it: by address family, and by whether its protocol has ports or an
 * ICMP type. An entry is deleted by its number and direction; nothing else would be read.
 */
export function toNetworkAclParameters(target: Target, step: NetworkAclStep): Result<RunbookForm, string> {
  const [entry] = step.rules;
  const place = {
    NetworkAclId: [target.id],
    RuleNumber: [String(entry.RuleNumber)],
    Egress: [String(entry.Egress)],
  };
  if (CALLS[step.call].effect === 'removes') return success({ form: '', parameters: place });
  const { CidrBlock: ipv4, Ipv6CidrBlock: ipv6 } = entry;
  const source = ipv4 ?? ipv6;
  if (source === undefined) return failure(`Entry ${String(entry.RuleNumber)} has no source.`);
  const traffic = toTraffic(entry);
  return success({
    form: `${ipv4 === undefined ? 'Ipv6' : ''}${traffic.form}`,
    parameters: {
      ...place,
      RuleAction: [entry.RuleAction],
      ProtocolNumber: [entry.Protocol],
      [ipv4 === undefined ? 'CidrIpv6' : 'CidrIp']: [source],
      ...traffic.parameters,
    },
  });
}

/**
 * All ports where the entry names none. Of protocols that have no ports EC2 ignores them: "traffic on all ports is
 * allowed, regardless of any ports or ICMP types or codes that you specify".
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html
 */
function toTraffic({ Protocol, PortRange: ports, IcmpTypeCode: icmp }: NetworkAclEntry): RunbookForm {
  switch (canonicalProtocol(Protocol)) {
    case 'icmp':
    case 'icmpv6':
      return {
        form: 'Icmp',
        parameters: { IcmpType: [String(icmp?.Type ?? -1)], IcmpCode: [String(icmp?.Code ?? -1)] },
      };
    default:
      return {
        form: '',
        parameters: { FromPort: [String(ports?.From ?? 0)], ToPort: [String(ports?.To ?? 65_535)] },
      };
  }
}
