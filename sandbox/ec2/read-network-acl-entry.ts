import type { CreateNetworkAclEntryCommandInput } from '@aws-sdk/client-ec2';
import { AwsError } from '../runtime/aws-error';
import { toCanonicalCidr } from './cidr';
import { invalidParameterValue, missingParameter } from './ec2-errors';
import type { Ec2Quotas } from './ec2-state';
import type { NetworkAclEntry } from './network-acl';

const NUMBERS_OF_NAMES: Readonly<Record<string, string>> = { tcp: '6', udp: '17', icmp: '1', icmpv6: '58', all: '-1' };

/** @throws AwsError InvalidParameterValue, MissingParameter */
export function readEntry(input: CreateNetworkAclEntryCommandInput): NetworkAclEntry {
  const { RuleNumber: ruleNumber = 0, Egress: egress = false, RuleAction: action, Protocol = '' } = input;
  if (ruleNumber < 1 || ruleNumber > 32766) {
    throw invalidParameterValue(
      `Value (${ruleNumber}) for parameter ruleNumber is invalid. Must be between 1 and 32766`,
    );
  }
  if (action !== 'allow' && action !== 'deny') {
    throw invalidParameterValue(`Value (${String(action)}) for parameter ruleAction is invalid.`);
  }
  const protocol = NUMBERS_OF_NAMES[Protocol.toLowerCase()] ?? Protocol;
  if (!/^(-1|\d{1,3})$/.test(protocol) || Number(protocol) > 255) {
    throw invalidParameterValue(`Invalid value '${Protocol}' for IP protocol. Unknown protocol.`);
  }
  return { ruleNumber, egress, action, protocol, ...readCidr(input), ...readRange(protocol, input) };
}

function readCidr({ CidrBlock, Ipv6CidrBlock }: CreateNetworkAclEntryCommandInput) {
  if ((CidrBlock === undefined) === (Ipv6CidrBlock === undefined)) {
    throw missingParameter('The request must contain either the parameter cidrBlock or ipv6CidrBlock');
  }
  if (CidrBlock !== undefined) return { cidrBlock: toCanonicalCidr(CidrBlock, 'ipv4') };
  return { ipv6CidrBlock: toCanonicalCidr(Ipv6CidrBlock ?? '', 'ipv6') };
}

/** Protocol -1 and others without ports ignore a port range. */
function readRange(protocol: string, { PortRange, IcmpTypeCode }: CreateNetworkAclEntryCommandInput) {
  if (protocol === '6' || protocol === '17') {
    const { From: from, To: to } = PortRange ?? {};
    if (from === undefined || to === undefined) {
      throw missingParameter('The request must contain the parameter portRange.from and portRange.to');
    }
    if (from < 0 || to > 65535 || from > to) throw invalidParameterValue(`Invalid TCP/UDP port range (${from}:${to})`);
    return { portRange: { from, to } };
  }
  if (protocol === '1' || protocol === '58') {
    const { Type: type, Code: code } = IcmpTypeCode ?? {};
    if (type === undefined || code === undefined) {
      throw missingParameter('The request must contain the parameter icmpTypeCode.type and icmpTypeCode.code');
    }
    return { icmp: { type, code } };
  }
  return {};
}

/** @throws AwsError NetworkAclEntryLimitExceeded */
export function checkEntryQuota(entries: readonly NetworkAclEntry[], quotas: Ec2Quotas): void {
  for (const isEgress of [false, true]) {
    const counted = entries.filter(({ egress }) => egress === isEgress);
    const ipv6 = counted.filter(({ ipv6CidrBlock }) => ipv6CidrBlock !== undefined).length;
    const counts = quotas.countsFamiliesTogether ? [counted.length] : [ipv6, counted.length - ipv6];
    if (counts.some((count) => count > quotas.entriesPerNetworkAcl)) {
      throw new AwsError('NetworkAclEntryLimitExceeded', 'The maximum number of network ACL entries has been reached.');
    }
  }
}
