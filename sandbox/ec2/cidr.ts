import * as ipaddr from 'ipaddr.js';
import { invalidParameterValue } from './ec2-errors';

/**
 * EC2 canonicalizes: host bits are zeroed, IPv6 is compressed.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html (CidrIp)
 * @throws AwsError InvalidParameterValue
 */
export function toCanonicalCidr(text: string, family: 'ipv4' | 'ipv6'): string {
  const malformed = invalidParameterValue(`CIDR block ${text} is malformed`);
  const cidr = family === 'ipv4' ? /^\d+\.\d+\.\d+\.\d+\/\d+$/.test(text) : text.includes(':') && text.includes('/');
  if (!cidr || !(family === 'ipv4' ? ipaddr.IPv4.isValidCIDR(text) : ipaddr.IPv6.isValidCIDR(text))) throw malformed;
  const network =
    family === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(text) : ipaddr.IPv6.networkAddressFromCIDR(text);
  return `${network.toString()}/${text.slice(text.indexOf('/') + 1)}`;
}
