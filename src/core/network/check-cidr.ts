import { success, type Result } from '../result';
import type { AddressFamily } from './address-family';
import { parseCidr } from './cidr';
import { readPlainIpv4Block } from './ipv4-block';
import { isPlainIpv6Block } from './ipv6-block';
import { ruleProblem, type RuleProblem } from './rule-problem';

const NO_PROBLEM = success(undefined);

/** A block of addresses of the family that its field is for. */
export function checkCidr(cidr: string, family: AddressFamily, field: string): Result<undefined, RuleProblem> {
  // By far the most common sources; they need no exact integers.
  if (family === 'ipv4' ? readPlainIpv4Block(cidr) !== undefined : isPlainIpv6Block(cidr)) return NO_PROBLEM;
  const parsed = parseCidr(cidr);
  if (!parsed.ok) return ruleProblem('bad-cidr', field, cidr, parsed.error);
  if (parsed.value.family === family) return NO_PROBLEM;
  return ruleProblem(
    'wrong-family',
    field,
    cidr,
    `is not of the address family of ${field}; move it to the other field`,
  );
}
