import { entryKey, renderEntry } from '../network/network-acl-entry';
import { renderRule } from '../network/rule-source';
import type { PlanStep } from '../planning/plan';
import type { Resource } from '../resource';

/** What steps take from a target and what they put there, each rule or entry in words. */
export interface Changes {
  readonly taken: readonly string[];
  readonly added: readonly string[];
}

/** @param before the target before the steps: it knows what a replaced entry said */
export function changesOf(steps: readonly PlanStep[], before: Resource | undefined): Changes {
  const taken: string[] = [];
  const added: string[] = [];
  for (const step of steps) {
    switch (step.call) {
      case 'AuthorizeSecurityGroupIngress':
      case 'AuthorizeSecurityGroupEgress':
        added.push(...step.rules.map(renderRule));
        break;
      case 'RevokeSecurityGroupIngress':
      case 'RevokeSecurityGroupEgress':
        taken.push(...step.rules.map(renderRule));
        break;
      case 'CreateNetworkAclEntry':
        added.push(...step.rules.map(renderEntry));
        break;
      case 'DeleteNetworkAclEntry':
        taken.push(...step.rules.map(renderEntry));
        break;
      case 'ReplaceNetworkAclEntry': {
        const [entry] = step.rules;
        const replaced =
          before?.kind === 'network-acl'
            ? before.entries.find((each) => entryKey(each) === entryKey(entry))
            : undefined;
        taken.push(replaced === undefined ? `entry ${String(entry.RuleNumber)}` : renderEntry(replaced));
        added.push(renderEntry(entry));
        break;
      }
    }
  }
  return { taken, added };
}

const SHOWN = 4;

/** `Revoked: tcp 22 from 0.0.0.0/0, …`: a sentence, empty when there is nothing to name. */
export function describeSome(verb: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  const rest = items.length > SHOWN ? ` and ${String(items.length - SHOWN)} more` : '';
  return `${verb}: ${items.slice(0, SHOWN).join(', ')}${rest}.`;
}
