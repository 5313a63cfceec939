import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeSecurityGroupRules, writeSecurityGroups, type PageBounds } from './describe-output';
import { againstParsing } from './against-parsing';
import type { Measurement } from './measurement';
import { medianOfTurns, timeInProcess } from './timed-process';

const CONTROLS = ['EC2.13', 'EC2.18', 'EC2.19'];

/** Small enough that a file of a few thousand groups does not fit into it. */
const HEAP_MEGABYTES = 128;

const LOAD_PLAN = `const { runPlan } = require('./src/cli/plan/run-plan');
const [rules, prefixLists] = process.argv.slice(1);
const control = ${JSON.stringify(CONTROLS)};`;
const RUN_PLAN = `runPlan({ rules, control, json: true, ...(prefixLists ? { prefixLists: [prefixLists] } : {}) })`;

/**
 * Reads and parses the pages one after the other. As one text V8 cannot read more than 512 MB, for that is the longest
 * string it has; where it can, pages are the faster way.
 */
const PARSE_PAGES = `
const { openSync, readFileSync, readSync } = require('node:fs');
const [file, bounds] = process.argv.slice(1);
const pages = JSON.parse(readFileSync(bounds, 'utf8'));
const input = openSync(file, 'r');
function parsePages() {
  for (const [from, to] of pages) {
    const page = Buffer.allocUnsafe(to - from);
    readSync(input, page, 0, to - from, from);
    JSON.parse('[' + page.toString('utf8') + ']');
  }
}`;

const FORMS = { groups: writeSecurityGroups, rules: writeSecurityGroupRules } as const;

/**
 * `portcullis plan --json`, from the file to the output, beside reading and `JSON.parse` of the same file; and how time
 * and memory grow with the size.
 */
export function measurePlans(
  root: string,
  form: keyof typeof FORMS,
  sizes: readonly number[],
  turns: number,
): readonly Measurement[] {
  const runs = sizes.map((groups) => ({ groups, ...planAndParse(root, form, groups, turns) }));
  const [smallest] = runs;
  return runs.flatMap(({ groups, plan, parse, megabytes }): readonly Measurement[] => {
    const command = `describe-security-${form === 'rules' ? 'group-rules' : form}`;
    const name = `plans for ${groups} groups of 60 rules, from ${command}`;
    const perGroup = plan.processorMilliseconds / groups;
    const smallestPerGroup = (smallest?.plan.processorMilliseconds ?? NaN) / (smallest?.groups ?? NaN);
    return [
      againstParsing(name, plan, parse),
      {
        name: `memory of ${name}`,
        value: plan.peakMegabytes,
        unit: 'MB',
        against: `the file: ${megabytes.toFixed(0)} MB`,
        ratio: plan.peakMegabytes / megabytes,
      },
      {
        name: `time a group of ${name}`,
        value: perGroup,
        unit: 'ms',
        against: `with ${String(smallest?.groups)} groups: ${smallestPerGroup.toFixed(3)} ms`,
        ratio: perGroup / smallestPerGroup,
      },
    ];
  });
}

function planAndParse(root: string, form: keyof typeof FORMS, groups: number, turns: number) {
  return inDirectory((directory) => {
    const file = path.join(directory, 'groups.json');
    const bounds = path.join(directory, 'pages.json');
    const pages: readonly PageBounds[] = FORMS[form](file, groups);
    writeFileSync(bounds, JSON.stringify(pages));
    const [plan, parse] = medianOfTurns(
      turns,
      () => timeInProcess(root, LOAD_PLAN, RUN_PLAN, [file], form === 'groups' ? HEAP_MEGABYTES : undefined),
      () => timeInProcess(root, PARSE_PAGES, 'parsePages()', [file, bounds]),
    );
    if (plan === undefined || parse === undefined) throw new Error('nothing was timed');
    return { plan, parse, megabytes: statSync(file).size / 1024 / 1024 };
  });
}

const PREFIX_LIST_ENTRIES = 10_000;

/** One rule whose prefix list has 10,000 entries, beside reading and parsing the list. */
export function measurePrefixLists(root: string, turns: number): readonly Measurement[] {
  return inDirectory((directory) => {
    const rules = path.join(directory, 'rules.json');
    const lists = path.join(directory, 'lists.json');
    const rule = { GroupId: 'sg-1', SecurityGroupRuleId: 'sgr-1', IsEgress: false, IpProtocol: 'tcp' };
    const ofList = { ...rule, FromPort: 22, ToPort: 22, PrefixListId: 'pl-1' };
    writeFileSync(rules, JSON.stringify({ SecurityGroupRules: [ofList] }));
    return [false, true].map((isOpen) => {
      writeFileSync(lists, JSON.stringify({ 'pl-1': isOpen ? openEntries() : closedEntries() }));
      const [plan, parse] = medianOfTurns(
        turns,
        () => timeInProcess(root, LOAD_PLAN, RUN_PLAN, [rules, lists]),
        () => timeInProcess(root, '', `JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8'))`, [lists]),
      );
      if (plan === undefined || parse === undefined) throw new Error('nothing was timed');
      return againstParsing(
        `a prefix list of 10,000 entries, ${isOpen ? 'effectively open' : 'not open'}`,
        plan,
        parse,
      );
    });
  });
}

/** Equal blocks that together are the whole of IPv4: the most that 10,000 entries can hold of one size. */
function openEntries(): readonly string[] {
  const blocks = Array.from({ length: 8192 }, (_, i) => `${String(i >> 5)}.${String((i & 31) << 3)}.0.0/13`);
  return [...blocks, ...closedEntries().slice(0, PREFIX_LIST_ENTRIES - blocks.length)];
}

function closedEntries(): readonly string[] {
  return Array.from({ length: PREFIX_LIST_ENTRIES }, (_, i) => `198.${String(i >> 8)}.${String(i & 255)}.0/24`);
}

function inDirectory<Value>(use: (directory: string) => Value): Value {
  const directory = mkdtempSync(path.join(tmpdir(), 'portcullis-plans-'));
  try {
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
