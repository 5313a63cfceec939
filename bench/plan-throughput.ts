import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeSecurityGroupRules } from './describe-output';
import type { Measurement } from './measurement';
import { timeInProcess, type Timed } from './timed-process';

const READ_AND_PARSE = `JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8'))`;
const PREFIX_LIST_ENTRIES = 10_000;

/** `portcullis plan --json` from file to output against reading and JSON.parsing the same file; how both grow. */
export function measurePlans(root: string, smaller: number, larger: number): readonly Measurement[] {
  return inDirectory((directory) => {
    const [small, large] = [smaller, larger].map((groups) => {
      const file = path.join(directory, `${String(groups)}.json`);
      writeSecurityGroupRules(file, groups);
      const name = `plans for ${String(groups)} groups of 60 rules`;
      return { groups, name, plan: timePlan(root, file), parse: timeInProcess(root, '', READ_AND_PARSE, [file]) };
    });
    if (small === undefined || large === undefined) return [];
    const perGroup = [small, large].map(({ plan, groups }) => plan.milliseconds / groups);
    const [before = 0, after = 0] = perGroup;
    return [
      ...[small, large].map(({ name, plan, parse }) => against(name, plan, parse)),
      {
        name: `milliseconds a group, from ${String(smaller)} to ${String(larger)} groups`,
        value: after,
        unit: 'ms',
        against: `${before.toFixed(3)} ms a group of ${String(smaller)}`,
        ratio: after / before,
      },
      {
        name: `peak memory of ${large.name}`,
        value: large.plan.peakMegabytes,
        unit: 'MB',
        against: `JSON.parse of the file: ${large.parse.peakMegabytes.toFixed(0)} MB`,
        ratio: large.plan.peakMegabytes / large.parse.peakMegabytes,
      },
    ];
  });
}

/** One rule whose prefix list has 10,000 entries, against reading and parsing the list. */
export function measurePrefixLists(root: string): readonly Measurement[] {
  return inDirectory((directory) =>
    [false, true].map((isOpen) => {
      const rules = path.join(directory, 'rules.json');
      const lists = path.join(directory, 'lists.json');
      const rule = { GroupId: 'sg-1', SecurityGroupRuleId: 'sgr-1', IsEgress: false, IpProtocol: 'tcp' };
      const ofList = { ...rule, FromPort: 22, ToPort: 22, PrefixListId: 'pl-1' };
      writeFileSync(rules, JSON.stringify({ SecurityGroupRules: [ofList] }));
      writeFileSync(lists, JSON.stringify({ 'pl-1': isOpen ? openEntries() : closedEntries() }));
      return against(
        `a prefix list of 10,000 entries, ${isOpen ? 'effectively open' : 'not open'}`,
        timePlan(root, rules, lists),
        timeInProcess(root, '', READ_AND_PARSE, [lists]),
      );
    }),
  );
}

/** Equal blocks that together are the whole of IPv4: the most that 10,000 entries can hold of one size. */
function openEntries(): readonly string[] {
  const blocks = Array.from({ length: 8192 }, (_, i) => `${String(i >> 5)}.${String((i & 31) << 3)}.0.0/13`);
  return [...blocks, ...closedEntries().slice(0, PREFIX_LIST_ENTRIES - blocks.length)];
}

function closedEntries(): readonly string[] {
  return Array.from({ length: PREFIX_LIST_ENTRIES }, (_, i) => `198.${String(i >> 8)}.${String(i & 255)}.0/24`);
}

function timePlan(root: string, rules: string, prefixLists?: string): Timed {
  const load = `const { runPlan } = require('./src/cli/plan/run-plan');
const [rules, prefixLists] = process.argv.slice(1);`;
  const options = `{ rules, control: ['EC2.13', 'EC2.19'], json: true, ...(prefixLists ? { prefixLists } : {}) }`;
  return timeInProcess(root, load, `runPlan(${options})`, prefixLists === undefined ? [rules] : [rules, prefixLists]);
}

function against(name: string, ours: Timed, theirs: Timed): Measurement {
  return {
    name,
    value: ours.milliseconds,
    unit: 'ms',
    against: `reading and JSON.parse of the same file: ${theirs.milliseconds.toFixed(1)} ms`,
    ratio: ours.milliseconds / theirs.milliseconds,
  };
}

function inDirectory<Value>(use: (directory: string) => Value): Value {
  const directory = mkdtempSync(path.join(tmpdir(), 'portcullis-plans-'));
  try {
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
