import type { Actor } from '../detection/change';
import { parseChangeEvent } from '../detection/parse-change-event';
import { canonicalCidr } from '../network/cidr';
import { canonicalProtocol } from '../network/protocol';
import { listOf, memberOf, textOf } from '../read-member';
import { failure, success, type Result } from '../result';

/** What CloudTrail answers about a target, newest first. */
export interface Trail {
  readonly calls: readonly TrailCall[];
  /** Older calls of these 90 days were not read. */
  readonly more: boolean;
}

/** A call that changed rules of a target, as CloudTrail's event history shows it. */
export interface TrailCall {
  readonly eventId: string;
  readonly call: string;
  /** ISO 8601, UTC, to the second. */
  readonly at: string;
  readonly actor: Actor;
  readonly sets: readonly RuleSet[];
}

/** What a call made of one rule, or of one inbound entry. */
export interface RuleSet {
  /** `sgr-…`, or an entry's number; missing where CloudTrail names the traffic alone, as in old events. */
  readonly id?: string;
  /** Of what it lets in; missing where the call took it away. */
  readonly traffic?: string;
}

/**
 * Reads one `CloudTrailEvent` of LookupEvents. An error says why it is of no use here: a call that failed, or that
 * changes no rule of a known form. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Event.html
 */
export function parseTrailCall(
  record: string,
  place: { readonly account: string; readonly region: string },
): Result<TrailCall, string> {
  const detail = parseJson(record);
  const change = parseChangeEvent({
    ...place,
    source: 'aws.ec2',
    'detail-type': 'AWS API Call via CloudTrail',
    detail,
  });
  if (!change.ok) return change;
  const { eventId, call, at, actor } = change.value;
  const sets = setsOf(call, memberOf(detail, 'requestParameters'), memberOf(detail, 'responseElements'));
  return sets.length === 0 ? failure(`${call} sets no rule.`) : success({ eventId, call, at, actor, sets });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function setsOf(call: string, request: unknown, response: unknown): readonly RuleSet[] {
  switch (call) {
    case 'AuthorizeSecurityGroupIngress': {
      const made = itemsOf(memberOf(response, 'securityGroupRuleSet')).map((rule) => ({
        ...idOf(textOf(memberOf(rule, 'securityGroupRuleId'))),
        traffic: trafficText(rule, SOURCES.flatMap((name) => textOf(memberOf(rule, name)) ?? [])[0] ?? ''),
      }));
      return made.length > 0 ? made : trafficOf(request).map((traffic) => ({ traffic }));
    }
    case 'RevokeSecurityGroupIngress':
      return [];
    case 'ModifySecurityGroupRules': {
      const changed = memberOf(memberOf(request, 'ModifySecurityGroupRulesRequest') ?? request, 'SecurityGroupRule');
      return (Array.isArray(changed) ? listOf(changed) : [changed]).flatMap((each) => {
        const id = textOf(memberOf(each, 'SecurityGroupRuleId'));
        const rule = withSmallNames(memberOf(each, 'SecurityGroupRule'));
        const source = SOURCES.flatMap((name) => textOf(memberOf(rule, name)) ?? [])[0] ?? '';
        return id === undefined ? [] : { id, traffic: trafficText(rule, source) };
      });
    }
    case 'CreateNetworkAclEntry':
    case 'ReplaceNetworkAclEntry':
    case 'DeleteNetworkAclEntry':
      return entryOf(call, request);
    default:
      return [];
  }
}

const SOURCES = ['cidrIpv4', 'cidrIpv6', 'prefixListId', 'referencedGroupId'];

function entryOf(call: string, request: unknown): readonly RuleSet[] {
  const number = memberOf(request, 'ruleNumber');
  if (!Number.isInteger(number) || memberOf(request, 'egress') === true) return [];
  if (call === 'DeleteNetworkAclEntry') return [{ id: String(number) }];
  const source = textOf(memberOf(request, 'cidrBlock')) ?? textOf(memberOf(request, 'ipv6CidrBlock')) ?? '';
  const ports = memberOf(request, 'portRange');
  const rule = {
    ipProtocol: memberOf(request, 'aclProtocol'),
    fromPort: memberOf(ports, 'from'),
    toPort: memberOf(ports, 'to'),
  };
  const action = textOf(memberOf(request, 'ruleAction')) ?? '';
  return [{ id: String(number), traffic: `${action} ${trafficText(rule, source)}` }];
}

/** Of permissions, and of the flat parameters that stand beside them where those are empty. */
function trafficOf(request: unknown): readonly string[] {
  const flat = textOf(memberOf(request, 'cidrIp'));
  return [
    ...(flat === undefined ? [] : [trafficText(request, flat)]),
    ...itemsOf(memberOf(request, 'ipPermissions')).flatMap((permission) =>
      RANGES.flatMap(([list, name]) =>
        itemsOf(memberOf(permission, list)).map((range) =>
          trafficText(permission, textOf(memberOf(range, name)) ?? ''),
        ),
      ),
    ),
  ];
}

const RANGES = [
  ['ipRanges', 'cidrIp'],
  ['ipv6Ranges', 'cidrIpv6'],
  ['prefixListIds', 'prefixListId'],
] as const;

function itemsOf(list: unknown): readonly unknown[] {
  return listOf(memberOf(list, 'items'));
}

function idOf(id: string | undefined): Pick<RuleSet, 'id'> {
  return id === undefined ? {} : { id };
}

function withSmallNames(rule: unknown): object {
  if (typeof rule !== 'object' || rule === null) return {};
  return Object.fromEntries(
    Object.entries(rule).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value as unknown]),
  );
}

/**
 * One text for what one rule lets in, as CloudTrail or EC2 write it: to be compared with others of its kind, not to be
 * shown.
 */
export function trafficText(rule: unknown, source: string): string {
  const protocol = canonicalProtocol(textOf(memberOf(rule, 'ipProtocol')) ?? '');
  const [from, to] = [numberOf(memberOf(rule, 'fromPort')), numberOf(memberOf(rule, 'toPort'))];
  const ports = protocol === '-1' ? '' : ` ${String(from)}-${String(to)}`;
  return `${protocol}${ports} ${canonicalCidr(source)}`;
}

/** Missing means all, which is also written -1. */
function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : -1;
}
