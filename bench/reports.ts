import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { againstParsing } from './against-parsing';
import type { Measurement } from './measurement';
import { LAYOUTS, writeFindings, type Layout } from './report/write-findings';
import { medianOfTurns, timeInProcess, type Timed } from './timed-process';

/** What reports of so many findings or fewer may take, in MB. */
const MOST_MEGABYTES = 512;
const HELD_UP_TO = 300_000;

/** What reports of so many findings or more may take, in times of reading and `JSON.parse`; V8 is warm by then. */
const MOST_TIMES = 4;
const HELD_FROM = 100_000;

/** A busy machine hits one of the two now and then: who misses the goal is timed so often before it is said. */
const TRIES = 3;

const LOAD_REPORT = `const format = ['html', 'csv', 'json', 'ocsf', 'oscal'];
const { runReport } = require('./src/cli/report/run-report');
const [findings, out] = process.argv.slice(1);`;
const OPTIONS = `{ findings: [findings], out, format, zip: true, prefix: 'Portcullis', json: true }`;
const RUN_REPORT = `runReport(${OPTIONS})`;

/** The longest text that V8 has, in bytes; longer files are parsed page by page. */
const LONGEST_TEXT = 512 * 1024 * 1024;

const PARSE = `
const { openSync, readFileSync, readSync, statSync } = require('node:fs');
const [file, bounds] = process.argv.slice(1);
const asList = (text) => '[' + text.replace(/\\n(?=\\{"S)/g, ',') + ']';
function parse() {
  if (statSync(file).size < ${String(LONGEST_TEXT)}) {
    const text = readFileSync(file, 'utf8');
    return JSON.parse(text.startsWith('{"S') ? asList(text) : text);
  }
  const input = openSync(file, 'r');
  for (const [from, to] of JSON.parse(readFileSync(bounds, 'utf8'))) {
    const page = Buffer.allocUnsafe(to - from);
    readSync(input, page, 0, to - from, from);
    JSON.parse(asList(page.toString('utf8')));
  }
}`;

/** `portcullis report` in all formats, with the zip, beside reading and `JSON.parse` of the same file. */
export function measureReports(root: string, sizes: readonly number[], turns: number): readonly Measurement[] {
  return sizes.flatMap((findings) => LAYOUTS.flatMap((layout) => measure(root, findings, layout, turns)));
}

function measure(root: string, findings: number, layout: Layout, turns: number): readonly Measurement[] {
  const directory = mkdtempSync(path.join(tmpdir(), 'portcullis-reports-'));
  try {
    const file = path.join(directory, 'findings.json');
    const bounds = path.join(directory, 'pages.json');
    writeFileSync(bounds, JSON.stringify(writeFindings(file, findings, layout)));
    const { report, parse } = timeBoth(root, { directory, file, bounds }, findings, turns);
    if (findings <= HELD_UP_TO && report.peakMegabytes > MOST_MEGABYTES) {
      throw new Error(`a report of ${String(findings)} findings took ${report.peakMegabytes.toFixed(0)} MB`);
    }
    const name = `report of ${String(findings)} findings, ${layout}`;
    return [againstParsing(name, report, parse), memoryOf(name, report, statSync(file).size / 1e6)];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** @throws Error where the goal is missed every time */
function timeBoth(
  root: string,
  { directory, file, bounds }: { readonly directory: string; readonly file: string; readonly bounds: string },
  findings: number,
  turns: number,
): { readonly report: Timed; readonly parse: Timed } {
  const ratios: string[] = [];
  while (ratios.length < TRIES) {
    const [report, parse] = medianOfTurns(
      turns,
      // Into a directory of its own: to move over files that are there takes the file system half a second.
      () => timeInProcess(root, LOAD_REPORT, RUN_REPORT, [file, mkdtempSync(path.join(directory, 'out-'))]),
      () => timeInProcess(root, PARSE, 'parse()', [file, bounds]),
    );
    if (report === undefined || parse === undefined) throw new Error('nothing was timed');
    const ratio = report.processorMilliseconds / parse.processorMilliseconds;
    if (findings < HELD_FROM || findings > HELD_UP_TO || ratio <= MOST_TIMES) return { report, parse };
    ratios.push(ratio.toFixed(2));
  }
  throw new Error(`reports of ${String(findings)} findings took ${ratios.join(', ')} times as long as JSON.parse`);
}

function memoryOf(name: string, { peakMegabytes }: Timed, megabytes: number): Measurement {
  return {
    name: `memory of ${name}`,
    value: peakMegabytes,
    unit: 'MB',
    against: `the file: ${megabytes.toFixed(0)} MB`,
    ratio: peakMegabytes / megabytes,
  };
}
