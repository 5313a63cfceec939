import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { APP_CONTEXT } from '../../stacks/app-context';
import { readConfiguration } from '../../stacks/config';
import { addStacks } from '../../stacks/portcullis';
import { contentHash, forgetOld } from '../setup/content-hash';
import { keptDirectory } from '../setup/kept-directory';

/** What the assembly is made from. */
const SOURCES = [
  'src/core',
  'src/flow',
  'src/aws',
  'src/channels',
  'src/handlers',
  'stacks',
  'ssm-documents',
  'package-lock.json',
];

/**
 * A cloud assembly of the app as it is now, synthesized once for every state of the sources, also over several runs of
 * the tests on whatever Node: that the app can be synthesized there is for other tests to prove. Synchronous, so that
 * tables of tests can be made from it. Workers that come at the same time may each synthesize; the first one's stays.
 */
export function synthesizeOnce(configurationFile: string): string {
  const directory = keptDirectory('assemblies');
  const kept = join(directory, contentHash('.', SOURCES, readFileSync(configurationFile, 'utf8')));
  if (existsSync(kept)) {
    utimesSync(kept, new Date(), new Date());
    return kept;
  }
  forgetOld(directory);
  const fresh = mkdtempSync(join(directory, 'unfinished-'));
  try {
    synthesize(configurationFile, fresh);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
  try {
    renameSync(fresh, kept);
  } catch (error) {
    if (!existsSync(kept)) throw error;
    rmSync(fresh, { recursive: true, force: true });
  }
  return kept;
}

/** As `stacks/app.ts` does where nobody says which account it is for, in this process: it has loaded the CDK anyway. */
export function synthesize(configurationFile: string, outdir: string): void {
  const configuration = readConfiguration(configurationFile);
  if (!configuration.ok) throw new Error(configuration.error.join('\n'));
  const app = new App({ context: APP_CONTEXT, analyticsReporting: false, outdir });
  // The CDK writes a line a function that it bundles, straight to stderr.
  const { write } = process.stderr;
  process.stderr.write = () => true;
  try {
    addStacks(app, configuration.value);
    app.synth();
  } finally {
    process.stderr.write = write;
  }
}

export interface TemplateJson {
  readonly Resources: Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>;
}

export type EditTemplate = (template: TemplateJson, file: string) => void;

/** @param assets for files of functions, which are no part of a template */
export type EditDeployed = (template: TemplateJson, file: string, assets: EditAssets) => void;

export interface EditAssets {
  /** Changes the text of every file of the name: once, however many templates ask for it. */
  edit(name: string, change: (text: string) => string): void;
}

/** The templates of an assembly, by file name. */
export function readTemplates(directory: string): ReadonlyMap<string, TemplateJson> {
  const files = readdirSync(directory).filter((name) => name.endsWith('.template.json'));
  return new Map(files.map((file) => [file, JSON.parse(readFileSync(join(directory, file), 'utf8')) as TemplateJson]));
}

/** A copy of an assembly whose templates somebody has changed by hand; everything else is shared. */
export function editAssembly(directory: string, edit: EditDeployed): string {
  const copy = mkdtempSync(join(tmpdir(), 'portcullis-edited-'));
  const templates = readTemplates(directory);
  const changes = new Map<string, (text: string) => string>();
  for (const [file, template] of templates) {
    edit(template, file, { edit: (name, change) => changes.set(name, change) });
    writeFileSync(join(copy, file), JSON.stringify(template));
  }
  for (const name of readdirSync(directory)) {
    if (templates.has(name)) continue;
    const [from, to] = [join(directory, name), join(copy, name)];
    const edited = [...changes.keys()].filter((file) => existsSync(join(from, file)));
    if (edited.length === 0) symlinkSync(from, to);
    // Not linked: where a link leads is where code looks for what lies beside it.
    else cpSync(from, to, { recursive: true });
    for (const file of edited) {
      const text = readFileSync(join(to, file), 'utf8');
      writeFileSync(join(to, file), changes.get(file)?.(text) ?? text);
    }
  }
  return copy;
}
