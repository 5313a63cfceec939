import { CALLS } from '../../core/planning/calls';
import type { IsolationStep } from '../../core/isolation/isolation';
import type { PlanStep } from '../../core/planning/plan';
import { isNetworkAclStep } from '../../core/planning/network-acls/is-network-acl-step';
import { failure, success, type Result } from '../../core/result';
import type { RunbookRun } from '../../flow/ports';
import { toIsolationStart } from './isolation-parameters';
import { toNetworkAclParameters } from './network-acl-parameters';
import type { RunbookParameters, RunbookStart } from './runbook-form';
import { toSecurityGroupParameters } from './security-group-parameters';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html */
const MAX_VALUES = 50;
const MAX_VALUE_LENGTH = 512;

/**
 * A plan step as its document and that document's parameters. Nothing is dropped to make it fit: what does not fit into
 * one run is an error, and nothing is started.
 */
export function toRunbookStart(
  { step, ...run }: RunbookRun<PlanStep | IsolationStep>,
  assumeRoleArn: string,
): Result<RunbookStart, string> {
  if (step.call === 'CreateSecurityGroup' || step.call === 'ModifyNetworkInterfaceAttribute') {
    const { document, parameters } = toIsolationStart(step);
    return success({ document, parameters: { AutomationAssumeRole: [assumeRoleArn], ...parameters } });
  }
  // An isolating group is emptied like any other.
  const target = 'groupId' in step ? { ...run.target, id: step.groupId } : run.target;
  const change = isNetworkAclStep(step)
    ? toNetworkAclParameters(target, step)
    : toSecurityGroupParameters({ ...run, target, step }, step);
  if (!change.ok) return change;
  const { form } = change.value;
  const parameters = { AutomationAssumeRole: [assumeRoleArn], ...change.value.parameters };
  const tooLarge = Object.entries(parameters).find(
    ([, values]) => values.length > MAX_VALUES || values.some((value) => value.length > MAX_VALUE_LENGTH),
  );
  const document = [CALLS[step.call].document, form].filter((part) => part !== '').join('-');
  if (!tooLarge) return success({ document, parameters });
  return failure(
    `Parameter ${tooLarge[0]} does not fit into one runbook run (${String(MAX_VALUES)} values of ${String(MAX_VALUE_LENGTH)} characters).`,
  );
}

const MAP_LISTS: ReadonlySet<string> = new Set(['IpRanges', 'Ipv6Ranges', 'PrefixListIds', 'UserIdGroupPairs', 'Tags']);

/**
 * The same parameters in the other reading of a list of maps: not a text for each map, but one text that is the whole
 * JSON list. AWS's pages show neither. Undefined where there is no such list, or where it is too long for one text.
 */
export function withWholeLists(parameters: RunbookParameters): RunbookParameters | undefined {
  const lists = Object.keys(parameters).filter((name) => MAP_LISTS.has(name));
  if (lists.length === 0) return undefined;
  const whole = Object.fromEntries(lists.map((name) => [name, [`[${(parameters[name] ?? []).join(',')}]`]]));
  const fits = Object.values(whole).every(([text = '']) => text.length <= MAX_VALUE_LENGTH);
  return fits ? { ...parameters, ...whole } : undefined;
}
