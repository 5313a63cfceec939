import type { AddressFamily } from '../../network/address-family';
import type { PortRange, PortSet } from '../../network/port-set';
import { protocolNumber } from '../../network/protocol';
import { failure, success, type Result } from '../../result';
import type { InterfaceSeen } from '../interface-seen';

/** Rows of an answer: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html */
export const MOST_ROWS = 10_000;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
const MOST_CHARACTERS = 10_000;

/** Traffic that a plan blocks, less what other rules go on to let in. */
export interface BlockedButFor {
  readonly family: AddressFamily;
  readonly cidr: string;
  /** As EC2 prints it; `-1` is every one but tcp and udp, which stand for themselves. */
  readonly protocol: string;
  /** Empty for protocols without ports. */
  readonly ports: PortSet;
  readonly butFor: readonly string[];
}

/**
 * One query of Logs Insights: from whom the traffic came that a plan blocks, accepted and rejected, and whether
 * records were skipped. Nothing in it is text of others: ids, blocks and ports, each of a checked form.
 */
export function toFlowQuery(
  fields: readonly string[],
  interfaces: readonly InterfaceSeen[],
  blocked: readonly BlockedButFor[],
): Result<string, string> {
  if (blocked.length === 0) return failure('nothing that is open lets in blocks of addresses');
  const inward = fields.includes('flow-direction')
    ? `${nameOf('flow-direction')} = "ingress"`
    : toInward(interfaces.flatMap(({ privateIps }) => privateIps));
  const query = [
    `parse @message "${fields.map(() => '*').join(' ')}" as ${fields.map(nameOf).join(', ')}`,
    `filter ${nameOf('interface-id')} in [${interfaces.map(({ id }) => quoted(id)).join(', ')}]`,
    `filter ${nameOf('log-status')} = "SKIPDATA" or (${inward} and (${blocked.map(toCondition).join(' or ')}))`,
    `stats count(*) as flows, sum(${nameOf('bytes')}) as bytes, max(@timestamp) as last by ${['srcaddr', 'action', 'log-status'].map(nameOf).join(', ')}`,
    'sort bytes desc',
    `limit ${String(MOST_ROWS)}`,
  ].join(' | ');
  return query.length > MOST_CHARACTERS
    ? failure('it has too many interfaces, ports or sources for one query')
    : success(query);
}

/** As a query names a field: letters, digits and underscores, and never as Logs Insights names one by itself. */
export function nameOf(field: string): string {
  return `f_${field.replaceAll('-', '_')}`;
}

/**
 * Where records do not say the direction: what goes to its own addresses, and whatever else they did not send, such as
 * what came in to an address that it has no more, or that it passes on to.
 */
function toInward(addresses: readonly string[]): string {
  return `(${isAmong('dstaddr', addresses)} or not ${isAmong('srcaddr', addresses)})`;
}

/** Addresses of IPv6 may be written in another way than EC2 writes them. */
function isAmong(field: string, addresses: readonly string[]): string {
  const ipv4 = addresses.filter((address) => !address.includes(':'));
  const conditions = [
    ...(ipv4.length === 0 ? [] : [`${nameOf(field)} in [${ipv4.map(quoted).join(', ')}]`]),
    ...addresses
      .filter((address) => address.includes(':'))
      .map((address) => `isIpv6InSubnet(${nameOf(field)}, ${quoted(`${address}/128`)})`),
  ];
  return `(${conditions.join(' or ')})`;
}

function toCondition({ family, cidr, protocol, ports, butFor }: BlockedButFor): string {
  const within = family === 'ipv4' ? 'isIpv4InSubnet' : 'isIpv6InSubnet';
  const isFrom = (block: string) => `${within}(${nameOf('srcaddr')}, ${quoted(block)})`;
  return `(${[
    ...toProtocol(protocol).map(([is, number]) => `${nameOf('protocol')} ${is} ${String(number)}`),
    ...(ports.length === 0 ? [] : [`(${ports.map(toPortCondition).join(' or ')})`]),
    isFrom(cidr),
    ...butFor.map((block) => `not ${isFrom(block)}`),
  ].join(' and ')})`;
}

/** Comparisons with the number of a protocol, all of which hold for it. */
export function toProtocol(protocol: string): readonly (readonly ['=' | '!=', number])[] {
  const others = ['tcp', 'udp'].map((each) => ['!=', protocolNumber(each)] as const);
  return protocol === '-1' ? others : [['=', protocolNumber(protocol)]];
}

function toPortCondition({ from, to }: PortRange): string {
  const port = nameOf('dstport');
  return from === to ? `${port} = ${String(from)}` : `(${port} >= ${String(from)} and ${port} <= ${String(to)})`;
}

/** Ids and blocks have none of what would end a text; what has is left out of it. */
function quoted(text: string): string {
  return `"${text.replace(/[^\w.:/-]/g, '')}"`;
}
