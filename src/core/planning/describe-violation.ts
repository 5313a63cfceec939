import { intersectPorts, renderPortRange, type PortSet } from '../network/port-set';
import { canonicalProtocol } from '../network/protocol';
import { portsOf, renderTraffic } from '../network/rule-ports';
import { renderRule, sourceOf } from '../network/rule-source';
import type { RuleViolation } from './security-groups/find-violations';
import type { RuleViolationText } from './plan';
import { forbiddenPorts, type Prohibitions } from './prohibition';

/** A violation as plans and reports show it. */
export function describeViolation(violation: RuleViolation, prohibitions: Prohibitions): RuleViolationText {
  const { rule, controls, how } = violation;
  return {
    // `describe-security-groups` prints rules without ids: then the rule's own terms name it.
    ruleId: rule.SecurityGroupRuleId ?? renderRule(rule),
    controls,
    how,
    reason: [openReason(violation, prohibitions), anyRuleReason(violation, prohibitions)]
      .filter((text) => text !== '')
      .join(' '),
  };
}

function anyRuleReason({ controls }: RuleViolation, { anyRule }: Prohibitions): string {
  const objecting = controls.filter((control) => anyRule.includes(control));
  return objecting.length === 0 ? '' : `${listed(objecting)} forbids any rule in a default security group.`;
}

function openReason(violation: RuleViolation, prohibitions: Prohibitions): string {
  const controls = violation.controls.filter((control) => !prohibitions.anyRule.includes(control));
  if (controls.length === 0) return '';
  const verb = controls.length === 1 ? 'forbids' : 'forbid';
  const { rule, how, blocks } = violation;
  const cidrs = blocks.map((block) => block.cidr);
  const source =
    rule.PrefixListId === undefined ? sourceOf(rule) : `${rule.PrefixListId} (holding ${renderFew(cidrs)})`;
  const traffic = `${renderTraffic(rule)} from ${source}`;
  switch (how) {
    case 'open':
      return `${traffic} lets the internet reach ${reach(violation, prohibitions)}, which ${listed(controls)} ${verb}.`;
    case 'effectively-open':
      return `${traffic} takes part in opening to the whole internet what ${listed(controls)} ${verb}.`;
  }
}

const RANGES_SHOWN = 5;
const CIDRS_SHOWN = 5;

/** Of the thousands that a prefix list may hold. */
export function renderFew(cidrs: readonly string[]): string {
  const shown = cidrs.slice(0, CIDRS_SHOWN).join(', ');
  return cidrs.length > CIDRS_SHOWN ? `${shown} and ${String(cidrs.length - CIDRS_SHOWN)} more` : shown;
}

function reach({ rule, blocks, controls }: RuleViolation, prohibitions: Prohibitions): string {
  const families = [...new Set(blocks.map((block) => block.family))];
  const forbidden = families
    .flatMap((family) => prohibitions.of[family])
    .filter((prohibition) => controls.includes(prohibition.control));
  if (canonicalProtocol(rule.IpProtocol) === '-1' && forbidden.some((prohibition) => prohibition.everyProtocol)) {
    return 'every port over every protocol';
  }
  return (['tcp', 'udp'] as const)
    .flatMap((protocol) => {
      const ports = intersectPorts(portsOf(rule, protocol), forbiddenPorts(forbidden, protocol));
      return ports.length === 0 ? [] : [`${protocol} ${renderSome(ports)}`];
    })
    .join(' and ');
}

function renderSome(ports: PortSet): string {
  const shown = ports.slice(0, RANGES_SHOWN).map(renderPortRange).join(', ');
  return ports.length > RANGES_SHOWN ? `${shown} and more` : shown;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
