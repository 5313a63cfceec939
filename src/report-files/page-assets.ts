import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PageAssets } from '../core/reporting/html/page-assets';

/** Beside the bundle of a function, and in the room that renders the page where nothing is bundled. */
const HTML = existsSync(join(__dirname, 'report.css')) ? __dirname : join(__dirname, '..', 'core', 'reporting', 'html');

/** The styles and the script of the page, with the script's hash as it is now: nobody has to write it down. */
export function readPageAssets(): PageAssets {
  const script = readFileSync(join(HTML, 'report.js'), 'utf8');
  return {
    styles: readFileSync(join(HTML, 'report.css'), 'utf8'),
    script,
    scriptHash: createHash('sha256').update(script).digest('base64'),
  };
}
