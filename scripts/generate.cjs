'use strict';
// Writes every generated file anew. With `--check`, only says which of them are no longer what their source gives.

const { execFileSync } = require('node:child_process');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');

const GENERATED = [
  { file: 'portcullis.schema.json', script: 'scripts/generate-config-schema.ts' },
  { file: 'docs/controls.md', script: 'scripts/generate-controls.ts' },
  { file: 'docs/decisions/README.md', script: 'scripts/generate-decisions.ts' },
  { file: 'docs/deploy.md', script: 'scripts/generate-regions.ts' },
  { file: 'docs/log-messages.md', script: 'scripts/generate-log-messages.ts' },
  { file: 'docs/permissions.md', script: 'scripts/generate-permissions.ts' },
  { file: 'docs/reasons.md', script: 'scripts/generate-reasons.ts' },
  { file: 'docs/sandbox-differences.md', script: 'scripts/generate-sandbox-differences.ts' },
  { file: 'docs/webhook.schema.json', script: 'scripts/generate-webhook-schema.ts' },
];

function isCurrent({ file, script }) {
  const target = path.join(root, file);
  const before = existsSync(target) ? readFileSync(target, 'utf8') : undefined;
  execFileSync(process.execPath, ['--require', 'tsx/cjs', path.join(root, script)], { cwd: root, stdio: 'inherit' });
  const after = readFileSync(target, 'utf8');
  // A check changes nothing.
  if (process.argv.includes('--check') && before !== undefined && before !== after) writeFileSync(target, before);
  return before === after;
}

const stale = GENERATED.filter((one) => !isCurrent(one)).map(({ file }) => file);
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`out of date: ${stale.join(', ')}\nFix: npm run generate`);
  process.exitCode = 1;
}
