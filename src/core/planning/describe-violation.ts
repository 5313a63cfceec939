import { intersectPorts, renderPortRange, unionPorts, type PortSet } from '../network/port-set';
import { canonicalProtocol, type PortProtocol } from '../network/protocol';
import { portsOf, renderTraffic } from '../network/rule-ports';
import { renderRule, sourceOf } from '../network/rule-source';
import { renderViolationReason, type ViolationReason } from '../reasons/violation-reasons';
import type { RuleViolation } from './security-groups/find-violations';
import type { RuleViolationText } from './plan';
import { forbiddenFrom, forbiddenPorts, type Prohibition, type Prohibitions } from './prohibition';

/** A violation as plans and reports show it. */
export function describeViolation(violation: RuleViolation, prohibitions: Prohibitions): RuleViolationText {
  const { rule, controls, how } = violation;
  const reasons = [...openReasons(violation, prohibitions), ...anyRuleReasons(violation, prohibitions)];
  return {
    // `describe-security-groups` prints rules without ids: then the rule's own terms name it.
    ruleId: rule.SecurityGroupRuleId ?? renderRule(rule),
    controls,
    how,
    reason: reasons.map(renderViolationReason).join(' '),
    reasons,
  };
}

function anyRuleReasons({ controls }: RuleViolation, { anyRule }: Prohibitions): readonly ViolationReason[] {
  const objecting = controls.filter((control) => anyRule.includes(control));
  return objecting.length === 0 ? [] : [{ code: 'any-rule-forbidden', controls: objecting }];
}

const ENTRIES_KEPT = 5;

function openReasons(violation: RuleViolation, prohibitions: Prohibitions): readonly ViolationReason[] {
  const controls = violation.controls.filter((control) => !prohibitions.anyRule.includes(control));
  if (controls.length === 0) return [];
  const { rule, how, blocks } = violation;
  const list =
    rule.PrefixListId === undefined
      ? {}
      : { entries: blocks.slice(0, ENTRIES_KEPT).map(({ cidr }) => cidr), entryCount: blocks.length };
  const open = { traffic: renderTraffic(rule), source: sourceOf(rule), ...list, controls };
  if (how === 'effectively-open') return [{ code: 'open-together', ...open }];
  const forbidden = forbiddenBy(violation, prohibitions);
  if (canonicalProtocol(rule.IpProtocol) === '-1' && forbidden.some((prohibition) => prohibition.everyProtocol)) {
    return [{ code: 'open-every-protocol', ...open }];
  }
  const reached = (protocol: PortProtocol): readonly string[] =>
    reachedPorts(violation, forbidden, protocol).map(renderPortRange);
  const [tcp, udp] = [reached('tcp'), reached('udp')];
  const ports = { ...(tcp.length > 0 && { tcp }), ...(udp.length > 0 && { udp }) };
  return [{ code: 'open-ports', ...open, ports }];
}

/** What a rule lets through of what is forbidden, less what exceptions leave open. */
function reachedPorts(
  { rule, blocks }: RuleViolation,
  forbidden: readonly Prohibition[],
  protocol: PortProtocol,
): PortSet {
  const own = portsOf(rule, protocol);
  if (forbidden.every(({ except }) => except.length === 0)) {
    return intersectPorts(own, forbiddenPorts(forbidden, protocol));
  }
  return forbidden
    .flatMap((each) => blocks.map(({ cidr }) => forbiddenFrom(each, cidr, protocol, own)))
    .reduce<PortSet>(unionPorts, []);
}

function forbiddenBy({ blocks, controls }: RuleViolation, prohibitions: Prohibitions): readonly Prohibition[] {
  const families = [...new Set(blocks.map((block) => block.family))];
  return families
    .flatMap((family) => prohibitions.of[family])
    .filter((prohibition) => controls.includes(prohibition.control));
}
