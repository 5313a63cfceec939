import ipaddr from 'ipaddr.js';
import { failure, success, type Result } from '../result';
import type { AddressFamily } from './address-family';
import { readPlainIpv4Block } from './ipv4-block';

/** A block of addresses as exact integers, both ends included. */
export interface AddressRange {
  readonly first: bigint;
  readonly last: bigint;
}

export interface Cidr extends AddressRange {
  readonly family: AddressFamily;
  /** Leading bits that are fixed: 0 to 32, or 0 to 128. */
  readonly prefixLength: number;
}

/**
 * Reads a block strictly: what EC2 would refuse or rewrite (no prefix length, bits after it) is an error that says the
 * fix.
 */
export function parseCidr(text: string): Result<Cidr, string> {
  const plain = readPlainIpv4Block(text);
  if (plain !== undefined) {
    const first = BigInt(plain.first);
    const last = BigInt(plain.first + 2 ** (32 - plain.prefixLength) - 1);
    return success({ family: 'ipv4', prefixLength: plain.prefixLength, first, last });
  }
  const slash = text.indexOf('/');
  const address = slash === -1 ? text : text.slice(0, slash);
  // The colon decides before ipaddr.js does: it throws and catches an error for each address of the other family.
  const isIpv6 = address.includes(':') && ipaddr.IPv6.isValid(address) && !address.includes('%');
  const isIpv4 = !isIpv6 && ipaddr.IPv4.isValidFourPartDecimal(address);
  if (!isIpv4 && !isIpv6) {
    return failure('is not an address block; write it like 203.0.113.0/24 or 2001:db8::/32');
  }
  const bits = isIpv4 ? 32 : 128;
  const prefixText = slash === -1 ? '' : text.slice(slash + 1);
  const prefixLength = Number(prefixText);
  if (!/^(?:0|[1-9]\d{0,2})$/.test(prefixText) || prefixLength > bits) {
    return failure(`needs a prefix length between /0 and /${String(bits)}, such as ${address}/${String(bits)}`);
  }
  const first = toInteger((isIpv4 ? ipaddr.IPv4.parse(address) : ipaddr.IPv6.parse(address)).toByteArray());
  const hostBits = (1n << BigInt(bits - prefixLength)) - 1n;
  if ((first & hostBits) !== 0n) {
    return failure(
      `has bits set behind its prefix length; the block is ${renderCidr(first & ~hostBits, bits, prefixLength)}`,
    );
  }
  return success({ family: isIpv4 ? 'ipv4' : 'ipv6', prefixLength, first, last: first | hostBits });
}

/**
 * The one spelling that EC2 gives a block back in, IPv6 in small letters and compressed; what is no block stays as it
 * is.
 */
export function canonicalCidr(text: string): string {
  const parsed = parseCidr(text);
  if (!parsed.ok) return text;
  const { family, first, prefixLength } = parsed.value;
  return renderCidr(first, family === 'ipv4' ? 32 : 128, prefixLength);
}

function toInteger(bytes: readonly number[]): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function renderCidr(first: bigint, bits: number, prefixLength: number): string {
  const bytes = Array.from({ length: bits / 8 }, (_, i) => Number((first >> BigInt(bits - 8 * (i + 1))) & 255n));
  return `${ipaddr.fromByteArray(bytes).toString()}/${String(prefixLength)}`;
}
