import type { CertifiedRule } from '../certificate';
import { readBlock, type AddressBlock } from './address-block';
import { mergeIntervals } from './interval';
import type { Sources } from './sources';
import { isAbout, readTraffic, renderTraffic, type EquivalenceClass, type Traffic } from './traffic';
import { uniteSources } from './sources';

/** One rule of a security group, read. */
export interface Permit {
  readonly rule: CertifiedRule;
  readonly traffic: Traffic;
  /** The rule's own block, or those of its prefix list. */
  readonly blocks: readonly AddressBlock[];
  readonly sources: Sources;
  /** The prefix list that the rule names, where its contents are not given. */
  readonly unreadList: string | undefined;
}

/** Contents of prefix lists by their ids. */
export type PrefixLists = ReadonlyMap<string, readonly string[]>;

/** Reads one rule; an error says what of it makes no sense. */
export function readPermit(rule: CertifiedRule, lists: PrefixLists): Permit | { readonly problem: string } {
  const traffic = readTraffic(rule.IpProtocol, rule.FromPort, rule.ToPort);
  if (traffic === undefined) return { problem: `the protocol or ports of ${nameOf(rule)} make no sense` };
  const list = rule.PrefixListId;
  // What egress rules name is not read, as no control that looks at it cares.
  const contents = list === undefined || rule.IsEgress ? undefined : lists.get(list);
  const own = rule.CidrIpv4 ?? rule.CidrIpv6;
  const cidrs = own === undefined ? (contents ?? []) : [own];
  const blocks: AddressBlock[] = [];
  for (const cidr of cidrs) {
    const block = readBlock(cidr);
    if (block === undefined) return { problem: `"${cidr}" in ${nameOf(rule)} is not an address block` };
    blocks.push(block);
  }
  const name = own === undefined && contents === undefined ? (list ?? rule.ReferencedGroupInfo?.GroupId) : undefined;
  if (own === undefined && contents === undefined && name === undefined) {
    return { problem: `${nameOf(rule)} names no source` };
  }
  const ofFamily = (family: 'ipv4' | 'ipv6') => mergeIntervals(blocks.filter((block) => block.family === family));
  return {
    rule,
    traffic,
    blocks,
    sources: {
      addresses: { ipv4: ofFamily('ipv4'), ipv6: ofFamily('ipv6') },
      named: new Set(name === undefined ? [] : [name]),
    },
    unreadList: contents === undefined && own === undefined ? list : undefined,
  };
}

/** Whom rules let through together. */
export function sourcesOf(permits: readonly Permit[], trafficClass: EquivalenceClass): Sources {
  return uniteSources(permits.filter(({ traffic }) => isAbout(traffic, trafficClass)).map(({ sources }) => sources));
}

/** The rule's id, or its own words. */
export function nameOf(rule: CertifiedRule): string {
  return rule.SecurityGroupRuleId ?? permissionOf(rule);
}

/** What distinguishes rules of a group besides their ids, in one spelling: `ingress tcp 22 from 0.0.0.0/0`. */
export function permissionOf(rule: CertifiedRule): string {
  const source = rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId ?? '?';
  const traffic = readTraffic(rule.IpProtocol, rule.FromPort, rule.ToPort);
  const what = traffic === undefined ? rule.IpProtocol : renderTraffic(traffic);
  return rule.IsEgress ? `egress ${what} to ${source}` : `ingress ${what} from ${source}`;
}

/**
 * Says which rules are among others as they were. EC2 gives an id to one rule only, and a rule keeps it: one with
 * another id is another rule, whatever it says.
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
export function isAmong(permits: readonly Permit[]): (rule: CertifiedRule) => boolean {
  const present = new Set(permits.flatMap(({ rule }) => [permissionOf(rule), identityOf(rule)]));
  return (rule) => present.has(identityOf(rule));
}

function identityOf(rule: CertifiedRule): string {
  const { SecurityGroupRuleId: id } = rule;
  return id === undefined ? permissionOf(rule) : `${id}: ${permissionOf(rule)}`;
}
