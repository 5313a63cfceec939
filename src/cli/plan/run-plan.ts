import { once } from 'node:events';
import type { ControlId } from '../../core/controls/control-id';
import { planClosing } from '../../core/planning/plan-closing';
import type { Strategy } from '../../core/planning/plan-policy';
import { renderRemark } from '../../core/reasons/remark-reasons';
import type { Resource } from '../../core/resource';
import { visibleJson } from '../../core/visible-json';
import { PartialInputError } from '../input/page-chain';
import { nameOf } from '../input/text-file';
import { colorsFor, printable } from '../terminal';
import { controlsFor } from './controls-for';
import { readControls, readPolicy } from './plan-inputs';
import { nameUnnamed, readPrefixLists, type PrefixLists } from './read-prefix-lists';
import { readTargets } from './read-targets';
import { renderPlan, type PrintedPlan } from './render-plan';
import { fitLines } from '../fit-lines';

export interface PlanOptions {
  readonly rules: string;
  readonly control: readonly ControlId[];
  readonly parameters?: string;
  readonly strategy?: Strategy;
  readonly policy?: string;
  /** Each a file, or `pl-…=FILE`. */
  readonly prefixLists?: readonly string[];
  /** Whether one page of several is taken for what it is. */
  readonly partial?: true;
  readonly json?: true;
}

/** Characters: a write for each of many small plans takes longer than making them. */
const WRITTEN_AT_ONCE = 65_536;

/** @throws InputError for options and files that cannot be read or understood. */
export async function runPlan(options: PlanOptions): Promise<void> {
  const { policy, baseline } = readPolicy(options.policy, options.strategy);
  const controls = readControls(options.control, options.parameters, baseline);
  const { targets, prefixLists } = await readInputs(options);
  const colors = colorsFor(process.stdout);
  let waiting = '';
  let count = 0;
  let isWritten = false;
  try {
    for await (const target of targets) {
      count++;
      const about = controlsFor(target, controls);
      const plan = planClosing({
        resource: target.kind === 'security-group' ? { ...target, prefixLists } : target,
        controls: about.controls,
        policy,
      });
      const printed: PrintedPlan = {
        target: { kind: target.kind, id: target.id },
        controls: about.controls.map(({ id }) => id),
        ...plan,
        remarks: [...plan.remarks, ...about.remarks.map(renderRemark)],
        remarkReasons: [...(plan.remarkReasons ?? []), ...about.remarks],
      };
      waiting += options.json ? `${visibleJson(printed)}\n` : fitLines(renderPlan(printed, target, colors));
      if (waiting.length < WRITTEN_AT_ONCE) continue;
      const text = waiting;
      waiting = '';
      isWritten = true;
      if (!process.stdout.write(text)) await once(process.stdout, 'drain');
    }
    // Silence would look like a plan that found nothing.
    if (count === 0 && !options.json)
      waiting = `${printable(nameOf(options.rules))} holds no groups, rules or network ACLs: nothing to plan\n`;
  } catch (error) {
    // What is refused as a part is not shown either, as long as nothing of it has been.
    if (error instanceof PartialInputError && !isWritten) waiting = '';
    throw error;
  } finally {
    // Also before a mistake in the input is reported.
    process.stdout.write(waiting);
  }
}

interface PlanInputs {
  readonly targets: AsyncIterable<Resource> | Iterable<Resource>;
  readonly prefixLists: PrefixLists;
}

async function readInputs({ rules, prefixLists: files = [], partial }: PlanOptions): Promise<PlanInputs> {
  const lists = await readPrefixLists(files);
  const targets = readTargets(rules, { partial: partial === true, onRemark: printRemark });
  if (lists.unnamed === undefined) return { targets, prefixLists: lists.named };
  // Whose the entries are is known when all rules are.
  const all: Resource[] = [];
  for await (const target of targets) all.push(target);
  return { targets: all, prefixLists: nameUnnamed(lists, all) };
}

function printRemark(text: string): void {
  process.stderr.write(`${colorsFor(process.stderr).yellow('remark:')} ${printable(text)}\n`);
}
