import { invalidParameterValue, missingParameter } from './ec2-errors';
import type { Permission } from './security-group';

const NUMBERS_OF_NAMES: Readonly<Record<string, string>> = {
  '6': 'tcp',
  '17': 'udp',
  '1': 'icmp',
  '58': 'icmpv6',
  all: '-1',
};

/**
 * Protocols in EC2's canonical form. Other protocols than tcp, udp, icmp and icmpv6 let all ports through, whatever
 * the request says: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 * @throws AwsError InvalidParameterValue
 */
export function readProtocolAndPorts(input: {
  readonly IpProtocol?: string | undefined;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
}): Pick<Permission, 'protocol' | 'fromPort' | 'toPort'> {
  const { IpProtocol, FromPort, ToPort } = input;
  if (IpProtocol === undefined) throw missingParameter('The request must contain the parameter ipProtocol');
  const protocol = toProtocol(IpProtocol);
  switch (protocol) {
    case 'tcp':
    case 'udp':
      return { protocol, ...readPorts(FromPort, ToPort) };
    case 'icmp':
    case 'icmpv6':
      return { protocol, ...readTypeAndCode(protocol, FromPort, ToPort) };
    default:
      return { protocol, fromPort: -1, toPort: -1 };
  }
}

function toProtocol(text: string): string {
  const lower = text.toLowerCase();
  const protocol = NUMBERS_OF_NAMES[lower] ?? lower;
  const known =
    ['tcp', 'udp', 'icmp', 'icmpv6', '-1'].includes(protocol) ||
    (/^\d{1,3}$/.test(protocol) && Number(protocol) <= 255);
  if (!known) throw invalidParameterValue(`Invalid value '${text}' for IP protocol. Unknown protocol.`);
  return protocol;
}

function readPorts(from: number | undefined, to: number | undefined): { fromPort: number; toPort: number } {
  if (from === undefined || to === undefined) {
    throw invalidParameterValue("Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
  }
  if (from < 0 || to > 65535 || from > to) throw invalidParameterValue(`Invalid TCP/UDP port range (${from}:${to})`);
  return { fromPort: from, toPort: to };
}

/** The type travels as FromPort, the code as ToPort; -1 means all. */
function readTypeAndCode(
  protocol: 'icmp' | 'icmpv6',
  type: number | undefined,
  code: number | undefined,
): { fromPort: number; toPort: number } {
  if (protocol === 'icmp' && (type === undefined || code === undefined)) {
    throw invalidParameterValue("Invalid value 'Must specify both type and code with ICMP.' for portRange.");
  }
  const range = { fromPort: type ?? -1, toPort: code ?? -1 };
  const { fromPort, toPort } = range;
  if (fromPort < -1 || fromPort > 255 || toPort < -1 || toPort > 255 || (fromPort === -1 && toPort !== -1)) {
    throw invalidParameterValue(`Invalid value for ICMP type or code (${fromPort}:${toPort})`);
  }
  return range;
}
