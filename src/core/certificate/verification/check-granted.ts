import type { CertificateParts, CertifiedRule } from '../certificate';
import { permissionOf, readPermit, type Permit } from '../evaluation/permit';
import type { Evidence } from './evidence';
import { mismatch, type Statement } from './statement';

/**
 * What a grant opens is one rule for a while and never the internet; it is there once it is granted, and gone once that
 * has ended. Its end is of the rule that the grant names.
 *
 * @param opening the certificate of the grant, with its end, where it is among the files
 */
export function checkGranted(
  { after }: Evidence,
  { decision, outcome: { outcome }, times, runs }: CertificateParts,
  opening: Evidence | undefined,
): readonly Statement[] {
  const { action, grant } = decision;
  if (grant === undefined) return [mismatch({ code: 'grant-not-told' })];
  const permit = readPermit(grant.rule, new Map());
  if ('problem' in permit || permit.blocks.length === 0) return [mismatch({ code: 'grant-without-addresses' })];
  const name = permissionOf(grant.rule);
  const named = opening?.parts?.decision.grant;
  const isThere = after?.kind === 'security-group' && after.permits.some(({ rule }) => permissionOf(rule) === name);
  const isInternet = [grant.rule.CidrIpv4, grant.rule.CidrIpv6].some((cidr) => cidr?.endsWith('/0') === true);
  return [
    ...(isInternet && runs.length > 0 ? [mismatch({ code: 'internet-granted', rule: name })] : []),
    ...(isTooMuch(grant.rule, permit) && !isInternet && runs.length > 0
      ? [mismatch({ code: 'more-than-one-port-granted', rule: name })]
      : []),
    ...(named !== undefined && permissionOf(named.rule) !== name
      ? [mismatch({ code: 'another-granted', rule: name, granted: permissionOf(named.rule) })]
      : []),
    ...(action === 'grant' && outcome === 'granted' && Date.parse(times.startedAt) > Date.parse(grant.until)
      ? [mismatch({ code: 'granted-too-late' })]
      : []),
    ...((outcome === 'granted' || outcome === 'already-open') && !isThere
      ? [mismatch({ code: 'granted-not-there', outcome, rule: name })]
      : []),
    ...(outcome === 'access-ended' && isThere ? [mismatch({ code: 'ended-still-there', outcome, rule: name })] : []),
  ];
}

/** The widest that any configuration may allow: a /8 of IPv4, a /32 of IPv6. */
const MOST_ADDRESSES = { ipv4: 1n << 24n, ipv6: 1n << 96n } as const;

function isTooMuch({ IsEgress, IpProtocol, FromPort, ToPort }: CertifiedRule, { blocks }: Permit): boolean {
  const isWide = blocks.some(({ family, first, last }) => last - first + 1n > MOST_ADDRESSES[family]);
  return isWide || IsEgress || IpProtocol !== 'tcp' || FromPort !== ToPort;
}
