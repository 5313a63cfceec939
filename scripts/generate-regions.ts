import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ACTION_TARGET_TYPE, DURABLE_FUNCTIONS, NO_AGGREGATION } from '../src/core/configuration/known-regions';
import { partitionOf } from '../src/core/partition-of';

// Writes the table of docs/deploy.md between its two marks, from what the code knows of Regions. `npm run generate`.

const FILE = join(__dirname, '..', 'docs', 'deploy.md');
const BEGIN = /<!-- regions: [^>]*-->\n/;
const END = '<!-- /regions -->';

const PARTITIONS = ['aws', 'aws-us-gov', 'aws-cn', 'aws-eusc'];

function inPartitions(regions: readonly string[], otherwise: string): string {
  return PARTITIONS.map((partition) => {
    const there = regions.filter((region) => partitionOf(region) === partition).sort();
    return there.length === 0 ? otherwise : there.map((region) => `\`${region}\``).join(', ');
  }).join(' | ');
}

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function table(): string {
  const durable = Object.keys(DURABLE_FUNCTIONS.regions);
  const sources = [...new Set(Object.values(DURABLE_FUNCTIONS.regions))].join('; ');
  return [
    `| what the hub needs | ${PARTITIONS.map((partition) => `\`${partition}\``).join(' | ')} | as of | source |`,
    `| --- | ${PARTITIONS.map(() => '---').join(' | ')} | --- | --- |`,
    row(
      'Lambda durable functions; without them the hub cannot run',
      inPartitions(durable, 'unknown'),
      DURABLE_FUNCTIONS.asOf,
      `${sources}. AWS announced 31 Regions of \`aws\` in all (${DURABLE_FUNCTIONS.source}); ` +
        'those that are not named here could not be read anywhere',
    ),
    row(
      "CloudFormation's own type for custom actions; elsewhere a function makes them",
      inPartitions(ACTION_TARGET_TYPE.regions, 'none'),
      ACTION_TARGET_TYPE.asOf,
      ACTION_TARGET_TYPE.source,
    ),
    row(
      'a Region that can be the aggregation Region: _not_ these',
      inPartitions(NO_AGGREGATION.regions, '–'),
      NO_AGGREGATION.asOf,
      NO_AGGREGATION.source,
    ),
    '',
  ].join('\n');
}

async function main(): Promise<void> {
  const text = readFileSync(FILE, 'utf8');
  const begin = BEGIN.exec(text);
  const end = text.indexOf(END);
  if (!begin || end < begin.index) throw new Error(`${FILE} has no marks <!-- regions: … --> and ${END}`);
  const written = `${text.slice(0, begin.index + begin[0].length)}\n${table()}\n${text.slice(end)}`;
  writeFileSync(FILE, await format(written, { ...(await resolveConfig(FILE)), filepath: FILE }));
}

void main();
