import type { SecurityHubKind } from '../../security-hub-kind';
import { MAX_AUTOMATION_RULES, type AutomationRule } from '../schema/automation-rule-schema';
import type { RuleTemplates } from '../schema/rule-templates-schema';
import { toAutomationRules, type PlacedRule } from '../to-automation-rules';
import { toV2Rule } from '../to-v2-rule';

interface Mistake {
  readonly path: (string | number)[];
  readonly message: string;
  readonly fix: string;
}

/** Whether a rule is for one of the two Security Hubs. */
export function isFor(hub: 'cspm' | 'v2', kind: SecurityHubKind, { securityHub }: AutomationRule): boolean {
  return (kind === hub || kind === 'both') && (securityHub ?? hub) === hub;
}

/** What is wrong with automation rules together, and with those that one of two Security Hubs does not take. */
export function findRuleMistakes(configuration: {
  readonly securityHub: SecurityHubKind;
  readonly automationRules: readonly AutomationRule[];
  readonly automationRuleRegions?: readonly string[] | undefined;
  readonly ruleTemplates: RuleTemplates;
}): readonly Mistake[] {
  const { securityHub, automationRules, automationRuleRegions } = configuration;
  const all = toAutomationRules(configuration);
  const mistakes = all.flatMap((placed) => [...isNobodys(placed, securityHub), ...isNotOfV2(placed, securityHub)]);
  if (automationRules.length <= MAX_AUTOMATION_RULES && all.length > MAX_AUTOMATION_RULES) {
    const message = `makes, with automationRules, ${String(all.length)} rules, and Security Hub takes ${String(MAX_AUTOMATION_RULES)} of an administrator account`;
    mistakes.push({
      path: ['ruleTemplates'],
      message,
      fix: 'write fewer entries; suppressUntil makes two rules of each',
    });
  }
  const names = all.map(({ rule }) => rule.name);
  for (const { path, rule } of all) {
    if (path[0] === 'automationRules' || names.filter((name) => name === rule.name).length === 1) continue;
    mistakes.push({
      path: [...path, 'name'],
      message: 'is the name of another rule',
      fix: 'give each rule a name of its own',
    });
  }
  if (securityHub === 'both') mistakes.push(...endsInCspmAlone(configuration.ruleTemplates));
  if (securityHub === 'v2' && automationRuleRegions !== undefined) {
    const message =
      'are for rules of CSPM: those of V2 are made in hub.aggregationRegion and hold in all linked Regions';
    mistakes.push({ path: ['automationRuleRegions'], message, fix: 'leave it out, or write securityHub: both' });
  }
  return mistakes;
}

/** A day that ends in one hub and not in the other is no end, unless whoever wrote it knows. */
function endsInCspmAlone({ suppressUntil }: RuleTemplates): readonly Mistake[] {
  const message =
    'suppresses, and ends, in CSPM alone: what V2 took over as Suppressed meanwhile nothing takes back there';
  const fix = 'write securityHub: cspm in the entry if V2 may go on showing it as suppressed, or leave the entry out';
  return suppressUntil.flatMap((entry, at) =>
    entry.securityHub === 'cspm' ? [] : { path: ['ruleTemplates', 'suppressUntil', at], message, fix },
  );
}

function isNobodys({ path, rule }: PlacedRule, kind: SecurityHubKind): readonly Mistake[] {
  if (rule.securityHub === undefined || isFor(rule.securityHub, kind, rule)) return [];
  if (path[0] === 'ruleTemplates') {
    const message =
      'makes rules of CSPM alone, for those of V2 cannot be ended, and securityHub: v2 works without CSPM';
    return [{ path: [...path], message, fix: 'write securityHub: both, or leave it out' }];
  }
  const message = `is another than securityHub: ${kind} of the configuration, so that nobody gets the rule`;
  return [
    { path: [...path, 'securityHub'], message, fix: 'leave it out, or write securityHub: both for the configuration' },
  ];
}

function isNotOfV2({ path, rule }: PlacedRule, kind: SecurityHubKind): readonly Mistake[] {
  if (!isFor('v2', kind, rule)) return [];
  const made = toV2Rule(rule);
  if (made.ok) return [];
  const isWritten = path[0] === 'automationRules';
  const fix =
    kind === 'both' && isWritten
      ? 'write it as V2 has it, or securityHub: cspm in the rule, which is then CSPM’s alone'
      : 'write it as V2 has it (docs/automation-rules.md), or leave it out';
  // What a template makes is not what stands in the file.
  return made.error.map((each) => ({
    path: isWritten ? [...path, ...each.path] : [...path],
    message: isWritten ? each.message : `makes a rule whose ${each.path.join('.')} ${each.message}`,
    fix,
  }));
}
