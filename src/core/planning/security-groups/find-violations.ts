import type { ControlId } from '../../controls/control-id';
import { ADDRESS_FAMILIES } from '../../network/address-family';
import { isDefaultGroup } from '../../network/default-group';
import { isOpenSource } from '../../network/internet';
import { portsOverlap } from '../../network/port-set';
import { canonicalProtocol } from '../../network/protocol';
import { portsOf } from '../../network/rule-ports';
import { renderRule } from '../../network/rule-source';
import type { SecurityGroup, SecurityGroupRule } from '../../network/security-group-rule';
import type { AskReason } from '../../reasons/ask-reasons';
import { findEffectivelyOpen } from '../effectively-open';
import { forbiddenFrom, type Prohibition, type Prohibitions } from '../prohibition';
import { mayBeOpen, sourceBlocksOf, type SourceBlock } from '../source-block';
import { exceptedParts } from './excepted-parts';

/** What of a group the controls forbid, rule by rule in the group's order, and what could not be judged. */
export interface Exposure {
  readonly violations: readonly RuleViolation[];
  /** Not empty: the group may violate more than `violations` says. */
  readonly unclear: readonly AskReason[];
}

export interface RuleViolation {
  readonly rule: SecurityGroupRule;
  /** In the order in which they are requested. */
  readonly controls: readonly ControlId[];
  /** `open` when a source names the whole family outright, else `effectively-open`. */
  readonly how: 'open' | 'effectively-open';
  /**
   * The blocks that make it a violation: the rule's own CIDR, or the violating entries of its prefix list. Empty when
   * it is one only because a control forbids any rule.
   */
  readonly blocks: readonly SourceBlock[];
}

/** Holds a group against controls. Planning and reading back share it, so that they cannot disagree. */
export function findViolations(group: SecurityGroup, prohibitions: Prohibitions): Exposure {
  const violations = new Map<SecurityGroupRule, Finding>();
  const mustBeEmpty = isDefaultGroup(group) !== false;
  for (const control of mustBeEmpty ? prohibitions.anyRule : []) {
    for (const rule of group.rules) note(violations, { rule }, control, 'open');
  }
  // Nearly every group ends here.
  const { blocks, unreadable } = mayBeOpen(group) ? sourceBlocksOf(group) : NO_BLOCKS;
  for (const { block, control, how } of findViolatingBlocks(blocks, prohibitions)) {
    note(violations, block, control, how);
  }
  return {
    violations: violations.size === 0 ? [] : group.rules.flatMap((rule) => toViolation(rule, violations.get(rule))),
    unclear: [
      ...(mustBeEmpty ? [] : prohibitions.anyRule.map((control) => notDefault(control, group))),
      ...unreadable
        // A rule that violates anyway needs no closer look.
        .filter((rule) => !violations.has(rule) && mayBeForbidden(rule, prohibitions))
        .map((rule): AskReason => ({ code: 'prefix-list-unreadable', rule: renderRule(rule) })),
    ],
  };
}

interface ViolatingBlock {
  readonly block: SourceBlock;
  readonly control: ControlId;
  readonly how: RuleViolation['how'];
}

/**
 * The violating blocks, and those that are the internet beside what exceptions leave of the violating ones: with
 * `0.0.0.0/0` narrowed to an excepted `0.0.0.0/1`, a rule for `128.0.0.0/1` is the other half.
 */
function findViolatingBlocks(blocks: readonly SourceBlock[], prohibitions: Prohibitions): readonly ViolatingBlock[] {
  const found = [...violatingBlocks(blocks, prohibitions)];
  if (found.length === 0 || !hasExceptions(prohibitions)) return found;
  const own = new Set(blocks);
  for (;;) {
    const violating = new Set(found.map(({ block }) => block));
    const left = [...violating].flatMap((block) => exceptedParts(block, prohibitions));
    const staying = [...blocks.filter((block) => !violating.has(block)), ...left];
    const more = violatingBlocks(staying, prohibitions).filter(({ block }) => own.has(block));
    if (more.length === 0) return found;
    found.push(...more);
  }
}

function hasExceptions({ of }: Prohibitions): boolean {
  return ADDRESS_FAMILIES.some((family) => of[family].some(({ except }) => except.length > 0));
}

/** What violates of blocks that stand beside one another: by itself, or together with others of them. */
function violatingBlocks(blocks: readonly SourceBlock[], { of }: Prohibitions): readonly ViolatingBlock[] {
  const found: ViolatingBlock[] = [];
  for (const block of blocks) {
    if (!isOpenSource(block.cidr)) continue;
    for (const prohibition of of[block.family]) {
      if (isForbiddenFrom(block, prohibition)) found.push({ block, control: prohibition.control, how: 'open' });
    }
  }
  for (const family of ADDRESS_FAMILIES) {
    const partial = blocks.filter((block) => block.family === family && !isOpenSource(block.cidr));
    for (const { block, control } of findEffectivelyOpen(family, partial, of[family])) {
      const own = of[family].filter((each) => each.control === control);
      if (own.some((each) => isForbiddenFrom(block, each))) found.push({ block, control, how: 'effectively-open' });
    }
  }
  return found;
}

function notDefault(control: ControlId, { name }: SecurityGroup): AskReason {
  return { code: 'not-a-default-group', control, name };
}

/** Whether some control forbids what a rule lets through, were its source the internet. */
function mayBeForbidden(rule: SecurityGroupRule, prohibitions: Prohibitions): boolean {
  return ADDRESS_FAMILIES.some((family) => prohibitions.of[family].some((each) => isForbidden(rule, each)));
}

/** Whether a rule lets through what a control forbids, were its source the internet. */
function isForbidden(rule: SecurityGroupRule, prohibition: Prohibition): boolean {
  if (prohibition.everyProtocol && canonicalProtocol(rule.IpProtocol) === '-1') return true;
  return portsOverlap(portsOf(rule, 'tcp'), prohibition.tcp) || portsOverlap(portsOf(rule, 'udp'), prohibition.udp);
}

/** Whether a block lets through what a control forbids and no exception leaves open to it. */
function isForbiddenFrom({ rule, cidr }: SourceBlock, prohibition: Prohibition): boolean {
  if (prohibition.except.length === 0) return isForbidden(rule, prohibition);
  // No exception names protocols: what lets every one through is beyond all of them.
  if (prohibition.everyProtocol && canonicalProtocol(rule.IpProtocol) === '-1') return true;
  return (['tcp', 'udp'] as const).some(
    (protocol) => forbiddenFrom(prohibition, cidr, protocol, portsOf(rule, protocol)).length > 0,
  );
}

const NO_BLOCKS = { blocks: [], unreadable: [] } as const;

/** A violation while it is being found. */
interface Finding {
  how: RuleViolation['how'];
  readonly controls: Set<ControlId>;
  readonly blocks: Set<SourceBlock>;
}

function note(
  violations: Map<SecurityGroupRule, Finding>,
  found: SourceBlock | { readonly rule: SecurityGroupRule },
  control: ControlId,
  how: RuleViolation['how'],
): void {
  let finding = violations.get(found.rule);
  if (finding === undefined) {
    finding = { how, controls: new Set(), blocks: new Set() };
    violations.set(found.rule, finding);
  }
  if (how === 'open') finding.how = how;
  finding.controls.add(control);
  if ('cidr' in found) finding.blocks.add(found);
}

function toViolation(rule: SecurityGroupRule, finding: Finding | undefined): readonly RuleViolation[] {
  if (finding === undefined) return [];
  return [{ rule, how: finding.how, controls: [...finding.controls], blocks: [...finding.blocks] }];
}
