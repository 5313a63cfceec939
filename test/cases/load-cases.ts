import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ControlId, RequestedControl, ControlParameter } from '../../src/core/controls/control-id';
import { renderInputProblem } from '../../src/core/input-problem';
import { parseTargets } from '../../src/core/network/parse-targets';
import { DEFAULT_PLAN_POLICY, type PlanPolicy } from '../../src/core/planning/plan-policy';
import type { AskReason } from '../../src/core/reasons/ask-reasons';
import type { RemarkReason } from '../../src/core/reasons/remark-reasons';
import type { Resource } from '../../src/core/resource';

/** A row of the planner's table, as README.md describes it. */
export interface Case {
  readonly name: string;
  readonly controls: readonly ControlId[];
  readonly parameters?: readonly ControlParameter[];
  readonly policy?: Partial<PlanPolicy>;
  readonly prefixLists?: Readonly<Record<string, readonly string[]>>;
  readonly attachedInterfaceIds?: readonly string[];
  readonly input: unknown;
  readonly expected: {
    readonly violations: Readonly<Record<string, 'open' | 'effectively-open'>>;
    readonly steps: readonly string[];
    readonly remaining: readonly string[];
    readonly ask: readonly AskReason[];
    readonly remarks?: readonly RemarkReason[];
  };
}

/** All rows by the file that they are in, such as `network-acls/quota.json`. */
export function loadCases(): readonly { readonly file: string; readonly cases: readonly Case[] }[] {
  return readdirSync(__dirname, { encoding: 'utf8', recursive: true })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ file, cases: JSON.parse(readFileSync(join(__dirname, file), 'utf8')) as readonly Case[] }));
}

/** The one target of a row, as the planner takes it. */
export function resourceOf({ input, prefixLists = {}, attachedInterfaceIds }: Case): Resource {
  const targets = parseTargets(input);
  if (!targets.ok) throw new Error(renderInputProblem(targets.error));
  const [target, ...others] = targets.value;
  if (target === undefined || others.length > 0) throw new Error('A row is about one target.');
  if (target.kind === 'network-acl') return target;
  return { ...target, prefixLists, ...(attachedInterfaceIds && { attachedInterfaceIds }) };
}

export function controlsOf({ controls, parameters = [] }: Case): readonly RequestedControl[] {
  return controls.map((id) => ({ id, parameters }));
}

export function policyOf({ policy }: Case): PlanPolicy {
  return { ...DEFAULT_PLAN_POLICY, ...policy };
}
