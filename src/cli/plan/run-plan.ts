import type { ControlId } from '../../core/controls/control-id';
import { renderInputProblem } from '../../core/input-problem';
import { parseTargets } from '../../core/network/parse-targets';
import { planClosing } from '../../core/planning/plan-closing';
import type { Strategy } from '../../core/planning/plan-policy';
import { InputError } from '../cli-error';
import { readJsonFile } from '../json-file';
import { colorsFor } from '../terminal';
import { readControls, readPolicy, readPrefixLists } from './plan-inputs';
import { renderPlan, type PrintedPlan } from './render-plan';

export interface PlanOptions {
  readonly rules: string;
  readonly control: readonly ControlId[];
  readonly parameters?: string;
  readonly strategy?: Strategy;
  readonly policy?: string;
  readonly prefixLists?: string;
  readonly json?: true;
}

/** @throws InputError for options and files that cannot be read or understood. */
export function runPlan(options: PlanOptions): void {
  const controls = readControls(options.control, options.parameters);
  const policy = readPolicy(options.policy, options.strategy);
  const prefixLists = options.prefixLists === undefined ? {} : readPrefixLists(options.prefixLists);
  const targets = parseTargets(readJsonFile(options.rules));
  if (!targets.ok) throw new InputError(`${options.rules}: ${renderInputProblem(targets.error)}`);
  const colors = colorsFor(process.stdout);
  for (const target of targets.value) {
    const printed: PrintedPlan = {
      target: { kind: target.kind, id: target.id },
      controls: options.control,
      ...planClosing({
        resource: target.kind === 'security-group' ? { ...target, prefixLists } : target,
        controls,
        policy,
      }),
    };
    process.stdout.write(options.json ? `${JSON.stringify(printed)}\n` : renderPlan(printed, colors));
  }
}
