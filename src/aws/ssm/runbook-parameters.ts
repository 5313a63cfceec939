import { isNetworkAclStep } from '../../core/planning/network-acls/is-network-acl-step';
import { failure, success, type Result } from '../../core/result';
import type { RunbookRun } from '../../flow/ports';
import { toNetworkAclParameters } from './network-acl-parameters';
import { toSecurityGroupParameters } from './security-group-parameters';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html */
const MAX_VALUES = 50;
const MAX_VALUE_LENGTH = 512;

export type RunbookParameters = Readonly<Record<string, readonly string[]>>;

/**
 * A plan step as the parameters of its document. Nothing is dropped to make it fit: what does not fit into one run is
 * an error, and nothing is started.
 */
export function toRunbookParameters(run: RunbookRun, assumeRoleArn: string): Result<RunbookParameters, string> {
  const change = isNetworkAclStep(run.step)
    ? toNetworkAclParameters(run.target, run.step)
    : toSecurityGroupParameters(run, run.step);
  if (!change.ok) return change;
  const parameters = { AutomationAssumeRole: [assumeRoleArn], ...change.value };
  const tooLarge = Object.entries(parameters).find(
    ([, values]) => values.length > MAX_VALUES || values.some((value) => value.length > MAX_VALUE_LENGTH),
  );
  if (!tooLarge) return success(parameters);
  return failure(
    `Parameter ${tooLarge[0]} does not fit into one runbook run (${String(MAX_VALUES)} values of ${String(MAX_VALUE_LENGTH)} characters).`,
  );
}
