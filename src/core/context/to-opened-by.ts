import { isEntry } from '../network/network-acl-entry';
import { sourceOf } from '../network/rule-source';
import type { ResourceRule } from '../ledger/remediation-record';
import type { Plan } from '../planning/plan';
import { violatingRule } from '../planning/violating-rule';
import type { Resource } from '../resource';
import type { Result } from '../result';
import type { Fact, OpenedBy } from './context';
import { known, unknown } from './fact';
import { RUNBOOK_CALLER } from './had-made';
import { toTool } from './to-tool';
import { trafficText, type RuleSet, type Trail, type TrailCall } from './trail-call';

const SHOWN = 3;

/** By the id of a rule, or an entry's number: in words. */
export type HadMade = ReadonlyMap<string, string>;

/**
 * Who opened what violates. Known only where every rule was traced, and all to the same hand and tool: a policy that
 * goes by one of several would go by the wrong one.
 *
 * @param hadMade who had runbooks of ours make some of the rules, which CloudTrail says their role opened
 */
export function toOpenedBy(
  plan: Plan,
  resource: Resource,
  trail: Result<Trail, string>,
  hadMade: HadMade = new Map(),
): Fact<OpenedBy> {
  if (!trail.ok) return unknown(trail.error);
  const rules = openedRules(plan, resource);
  if (rules.length === 0) return unknown('nothing that violates was found');
  const openings = rules.map(({ id, traffic }) => ({ id, opening: openingOf(id, traffic, trail.value) }));
  const [untraced] = openings.filter(({ opening }) => opening === undefined);
  if (untraced) {
    const where = trail.value.more
      ? `is not among the latest ${String(trail.value.calls.length)} changes that CloudTrail shows`
      : 'is not in the last 90 days of CloudTrail, which may be some minutes behind';
    return unknown(`who opened ${untraced.id} ${where}`);
  }
  const traced = openings.flatMap(({ id, opening }) => (opening ? { id, opening } : []));
  const evidence = traced.slice(0, SHOWN).map(({ id, opening }) => `${id}: ${opening.call}, event ${opening.eventId}`);
  const [latest, ...others] = traced
    .map(({ id, opening }) => toOpener(opening, hadMade.get(id)))
    .sort((one, other) => other.at.localeCompare(one.at));
  if (latest === undefined) return unknown('nothing that violates was found');
  const another = others.find((each) => each.who !== latest.who || each.with !== latest.with);
  if (another) return unknown(`several opened it: ${nameOf(latest)}, and ${nameOf(another)}`);
  const first = others.at(-1)?.at ?? latest.at;
  return known({ ...latest, ...(first < latest.at && { firstAt: first }) }, ...evidence);
}

/** The latest of the calls that opened what violates, as far as CloudTrail shows; undefined where it shows none. */
export function latestOpening(plan: Plan, resource: Resource, trail: Trail): TrailCall | undefined {
  return openedRules(plan, resource)
    .flatMap(({ id, traffic }) => openingOf(id, traffic, trail) ?? [])
    .sort((one, other) => other.at.localeCompare(one.at))[0];
}

/** Whether the calls that made the rules which violate are among these, so that no older one needs to be read. */
export function isTraced(plan: Plan, resource: Resource, calls: readonly TrailCall[]): boolean {
  return openedRules(plan, resource).every(({ id, traffic }) =>
    calls.some(({ call, sets }) => BIRTHS.has(call) && sets.some((set) => isAbout(set, id, traffic))),
  );
}

/** Rules and entries that violate and that a runbook may have made, by the names that {@link HadMade} has for them. */
export function madeByRunbooks(
  plan: Plan,
  resource: Resource,
  trail: Result<Trail, string>,
): ReadonlyMap<string, ResourceRule> {
  if (!trail.ok || !trail.value.calls.some(({ actor }) => isOfRunbook(actor))) return new Map();
  const rules = plan.violations.flatMap((violation) => violatingRule(violation, resource) ?? []);
  return new Map(rules.map((rule) => [idOf(rule), rule] as const));
}

function isOfRunbook({ sourceIp }: TrailCall['actor']): boolean {
  return sourceIp === RUNBOOK_CALLER;
}

function openedRules(plan: Plan, resource: Resource): readonly { readonly id: string; readonly traffic: string }[] {
  return plan.violations.flatMap((violation) => {
    const rule = violatingRule(violation, resource);
    return rule === undefined ? [] : { id: idOf(rule), traffic: trafficOf(rule) };
  });
}

function idOf(rule: ResourceRule): string {
  return isEntry(rule) ? String(rule.RuleNumber) : (rule.SecurityGroupRuleId ?? '');
}

function trafficOf(rule: ResourceRule): string {
  if (!isEntry(rule)) {
    return trafficText({ ipProtocol: rule.IpProtocol, fromPort: rule.FromPort, toPort: rule.ToPort }, sourceOf(rule));
  }
  const { Protocol, PortRange, RuleAction, CidrBlock, Ipv6CidrBlock } = rule;
  const like = { ipProtocol: Protocol, fromPort: PortRange?.From, toPort: PortRange?.To };
  return `${RuleAction} ${trafficText(like, CidrBlock ?? Ipv6CidrBlock ?? '')}`;
}

/** What made a rule or entry, whatever stood there before. */
const BIRTHS: ReadonlySet<string> = new Set(['AuthorizeSecurityGroupIngress', 'CreateNetworkAclEntry']);

/**
 * The first of the latest calls in a row that left the rule as it is now: what changes a description alone opens
 * nothing.
 */
function openingOf(id: string, traffic: string, { calls }: Trail): TrailCall | undefined {
  let opening: TrailCall | undefined;
  for (const call of calls.toReversed()) {
    const set = call.sets.find((each) => isAbout(each, id, traffic));
    if (set === undefined) continue;
    if (set.traffic !== traffic) opening = undefined;
    else opening = BIRTHS.has(call.call) ? call : (opening ?? call);
  }
  return opening;
}

function isAbout(set: RuleSet, id: string, traffic: string): boolean {
  return set.id === undefined ? set.traffic === traffic : set.id === id;
}

function toOpener({ eventId, at, actor }: TrailCall, hadMade: string | undefined): OpenedBy {
  const who = isOfRunbook(actor) && hadMade !== undefined ? hadMade : actor.arn;
  return { who, at, from: actor.sourceIp, with: toTool(actor), eventId };
}

function nameOf({ who, at, with: tool }: OpenedBy): string {
  return `${who} at ${at} with ${tool}`;
}
