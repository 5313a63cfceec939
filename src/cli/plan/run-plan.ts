import { once } from 'node:events';
import type { ControlId } from '../../core/controls/control-id';
import { planClosing } from '../../core/planning/plan-closing';
import type { Strategy } from '../../core/planning/plan-policy';
import { nameOf } from '../json-file';
import { colorsFor, printable } from '../terminal';
import { readControls, readPolicy, readPrefixLists } from './plan-inputs';
import { readTargets } from './read-targets';
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

/** Characters: a write for each of many small plans takes longer than making them. */
const WRITTEN_AT_ONCE = 65_536;

/** @throws InputError for options and files that cannot be read or understood. */
export async function runPlan(options: PlanOptions): Promise<void> {
  const controls = readControls(options.control, options.parameters);
  const policy = readPolicy(options.policy, options.strategy);
  const prefixLists = options.prefixLists === undefined ? {} : readPrefixLists(options.prefixLists);
  const colors = colorsFor(process.stdout);
  let waiting = '';
  let count = 0;
  try {
    for await (const target of readTargets(options.rules)) {
      count++;
      const printed: PrintedPlan = {
        target: { kind: target.kind, id: target.id },
        controls: options.control,
        ...planClosing({
          resource: target.kind === 'security-group' ? { ...target, prefixLists } : target,
          controls,
          policy,
        }),
      };
      waiting += options.json ? `${JSON.stringify(printed)}\n` : renderPlan(printed, colors);
      if (waiting.length < WRITTEN_AT_ONCE) continue;
      const text = waiting;
      waiting = '';
      if (!process.stdout.write(text)) await once(process.stdout, 'drain');
    }
    // Silence would look like a plan that found nothing.
    if (count === 0 && !options.json)
      waiting = printable(`${nameOf(options.rules)} holds no groups, rules or network ACLs: nothing to plan\n`);
  } finally {
    // Also before a mistake in the input is told.
    process.stdout.write(waiting);
  }
}
