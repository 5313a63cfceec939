import { success, type Result } from '../result';
import type { AddressFamily } from './address-family';
import { parseCidr } from './cidr';
import { ruleProblem, type RuleProblem } from './rule-problem';

const NO_PROBLEM = success(undefined);

/** A block of addresses of the family that its field is for. */
export function checkCidr(cidr: string, family: AddressFamily, field: string): Result<undefined, RuleProblem> {
  // By far the most common sources; they need no parsing.
  if (cidr === (family === 'ipv4' ? '0.0.0.0/0' : '::/0')) return NO_PROBLEM;
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
