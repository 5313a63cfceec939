import { concernOurs, FIGHTS } from '../../core/configuration/mistakes/rules-that-fight';
import type { AutomationRuleState, DeploymentState } from '../ports';
import { ok, unknown, type Check } from './check';
import type { DoctorPorts } from './doctor-ports';

interface AutomationRulePorts extends DoctorPorts {
  /** What reads the rules of the Region that is checked. */
  readonly rulesOf: Pick<DeploymentState, 'fetchAutomationRules' | 'fetchAutomationRulesV2'>;
  readonly in: string;
}

/**
 * No automation rule of the account in a Region, whoever made it, writes what is ours on findings that are ours. Those
 * of V2 are checked in its home Region, where findings are taken from it.
 */
export async function checkAutomationRules(ports: AutomationRulePorts): Promise<readonly Check[]> {
  const { rulesOf, in: region } = ports;
  const checks = toChecks(`automation rules ${region}`, await rulesOf.fetchAutomationRules(), region);
  if (region !== ports.region) return checks;
  const rules = await ports.deployment.fetchRules(ports.names.eventRule('Automatic-'));
  const ofV2 = `automation rules V2 ${region}`;
  if (!rules.ok) return [...checks, unknown(ofV2, rules.error)];
  if (!rules.value.some(({ name }) => name.endsWith('-V2'))) return checks;
  return [...checks, ...toChecks(ofV2, await rulesOf.fetchAutomationRulesV2(), region)];
}

function toChecks(
  check: string,
  read: Awaited<ReturnType<DeploymentState['fetchAutomationRules']>>,
  region: string,
): readonly Check[] {
  if (!read.ok) return [unknown(check, read.error)];
  const fighting = read.value.flatMap((rule) => fightOf(rule, check, region));
  if (fighting.length > 0) return fighting;
  return [ok(check, `${String(read.value.length)}, and none writes over what Portcullis says on its findings`)];
}

function fightOf(
  { id, name, isEnabled, writes, criteria }: AutomationRuleState,
  check: string,
  region: string,
): readonly Check[] {
  const [first] = writes;
  if (!isEnabled || first === undefined) return [];
  const concerns = concernOurs(criteria);
  if (concerns === 'no') return [];
  const fix =
    `leave ${writes.join(', ')} out of its action, or name other controls or other types of resources in its criteria ` +
    `(docs/automation-rules.md); until then: aws securityhub ${disable(id)} --region ${region}`;
  const [about, status] =
    concerns === 'yes'
      ? (['', 'failed'] as const)
      : (['; its criteria do not say of which controls: of all, so also of ours', 'unknown'] as const);
  return [{ check, status, found: `rule "${name}" ${FIGHTS[first].message}${about}`, fix }];
}

/** The rules of V2 are known by an id, those of CSPM by an ARN. */
function disable(id: string): string {
  return id.startsWith('arn:') && !id.includes(':automation-rulev2/')
    ? `batch-update-automation-rules --update-automation-rules-request-items RuleArn=${id},RuleStatus=DISABLED`
    : `update-automation-rule-v2 --identifier ${id} --rule-status DISABLED`;
}
