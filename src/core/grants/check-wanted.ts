import { canonicalCidr, parseCidr, type AddressRange } from '../network/cidr';
import { renderValue } from '../render-value';
import { durationSeconds } from '../questions/ask-terms';
import { failure, success, type Result } from '../result';
import type { GrantedRule, GrantLimits } from './grant';

export interface WantedAccess {
  /** One block of addresses, IPv4 or IPv6. */
  readonly source: string;
  readonly port: number;
  /** Such as `2h`. */
  readonly duration: string;
}

const SHOWN_CHARACTERS = 64;

/** What is wrong with a field, to go on after its value. */
export interface ProblemOfWanted {
  readonly field: 'source' | 'port' | 'for';
  readonly value: string;
  readonly problem: string;
}

/**
 * What somebody wants to have opened, as a rule and its length in seconds, as far as the configuration allows it. The
 * error names every field that is wrong, its value and what to write.
 */
export function checkWanted(
  { source, port, duration }: WantedAccess,
  limits: GrantLimits,
): Result<{ readonly rule: GrantedRule; readonly seconds: number }, readonly ProblemOfWanted[]> {
  const seconds = durationSeconds(duration);
  const rule = { IsEgress: false, IpProtocol: 'tcp', FromPort: port, ToPort: port, ...toSource(source) };
  const of = (field: ProblemOfWanted['field'], value: string) => (problem: string) => ({ field, value, problem });
  const problems = [
    ...problemsOfSource(source, limits).map(of('source', shown(source))),
    ...problemsOfPort(port, limits).map(of('port', String(port))),
    ...problemsOfLength(seconds, limits).map(of('for', shown(duration))),
  ];
  return problems.length > 0 ? failure(problems) : success({ rule, seconds: seconds ?? 0 });
}

/** All that is wrong with what somebody wants, in one line. */
export function describeProblems(problems: readonly ProblemOfWanted[]): string {
  return problems.map(({ field, value, problem }) => `${field}: ${value} ${problem}`).join('; ');
}

/** Why a rule may not be granted though it was asked for: what is deployed may allow less than when it was. */
export function problemOfGranted(rule: GrantedRule, limits: GrantLimits): string | undefined {
  const source = rule.CidrIpv4 ?? rule.CidrIpv6 ?? '';
  const [problem] = [
    ...problemsOfSource(source, limits).map((each) => `source: ${shown(source)} ${each}`),
    ...problemsOfPort(rule.FromPort, limits).map((each) => `port: ${String(rule.FromPort)} ${each}`),
  ];
  return problem;
}

function toSource(source: string): Pick<GrantedRule, 'CidrIpv4' | 'CidrIpv6'> {
  return source.includes(':') ? { CidrIpv6: canonicalCidr(source) } : { CidrIpv4: canonicalCidr(source) };
}

/**
 * Addresses of IPv4 as IPv6 writes them, the older form, the mapped and the translated one: no packet comes from one,
 * and with `/96` they are all of IPv4. https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5 and RFC 6052
 */
const IPV4_IN_IPV6 = ['::/96', '::ffff:0:0/96', '::ffff:0:0:0/96', '64:ff9b::/96'].map(rangeOf);

const MAPPED = 'holds addresses of IPv4, written in IPv6; write them as IPv4, such as 198.51.100.7/32';

function rangeOf(block: string): AddressRange {
  const parsed = parseCidr(block);
  if (!parsed.ok) throw new Error(`${block} ${parsed.error}`);
  return parsed.value;
}

function share(one: AddressRange, other: AddressRange): boolean {
  return one.first <= other.last && other.first <= one.last;
}

function problemsOfSource(source: string, { ipv4, ipv6 }: GrantLimits): readonly string[] {
  const parsed = parseCidr(source);
  if (!parsed.ok) return [parsed.error];
  const { family, prefixLength } = parsed.value;
  const [shortest, example] = family === 'ipv4' ? [ipv4, '198.51.100.7/32'] : [ipv6, '2001:db8::7/128'];
  if (prefixLength === 0) return [`is the internet, which is never granted; name one address, such as ${example}`];
  if (family === 'ipv6' && IPV4_IN_IPV6.some((block) => share(block, parsed.value))) return [MAPPED];
  if (prefixLength >= shortest) return [];
  const key = family === 'ipv4' ? 'grants.sources' : 'grants.sourcesIpv6';
  return [`is wider than /${String(shortest)}, which ${key} allows; name a smaller block, such as ${example}`];
}

function problemsOfPort(port: number, { ports }: GrantLimits): readonly string[] {
  if (ports.some(({ from, to }) => from <= port && port <= to)) return [];
  const allowed = ports.map(({ from, to }) => (from === to ? String(from) : `${String(from)}-${String(to)}`));
  return [`is not among grants.ports; these may be granted: ${allowed.join(', ')}`];
}

const SHORTEST_SECONDS = 5 * 60;

function problemsOfLength(seconds: number | undefined, { maximumMinutes }: GrantLimits): readonly string[] {
  if (seconds === undefined) return ['is no length of time; write minutes or hours, such as 30m or 2h'];
  if (seconds < SHORTEST_SECONDS) return ['is shorter than 5m; write 5m or more'];
  if (seconds <= maximumMinutes * 60) return [];
  const most = maximumMinutes % 60 === 0 ? `${String(maximumMinutes / 60)}h` : `${String(maximumMinutes)}m`;
  return [`is longer than ${most}, which grants.maximum allows; write ${most} or less`];
}

function shown(text: string): string {
  return renderValue(text, SHOWN_CHARACTERS);
}
