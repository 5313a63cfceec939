import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { toDeploymentNames } from '../src/core/configuration/names/deployment-names';
import type { Configuration } from '../src/core/configuration/schema/configuration-schema';
import { version as ofPackage } from '../package.json';
import { APP_CONTEXT } from './app-context';
import { MemberStack } from './member-stack';

/** Of what the member stack is made of: many stacks of one app ask for it. */
const known = new Map<string, string>();

/**
 * The version of the member stack that a configuration makes: the package's, and a hash of the template, since other
 * settings are other roles. The hub knows it, and each member says which it has.
 */
export function memberVersion(configuration: Configuration): string {
  const key = JSON.stringify(configuration);
  const made = known.get(key) ?? hashOfTemplate(configuration);
  known.set(key, made);
  return `${ofPackage}-${made}`;
}

/** Of the template of a stack that does not say yet of which version it is. */
function hashOfTemplate(configuration: Configuration): string {
  const outdir = mkdtempSync(join(tmpdir(), 'portcullis-member-'));
  try {
    const names = toDeploymentNames(configuration.prefix);
    const app = new App({ outdir, context: APP_CONTEXT, analyticsReporting: false });
    const { templateFile } = new MemberStack(app, names.stacks.member, { configuration, names, version: undefined });
    app.synth();
    const content = readFileSync(join(outdir, templateFile));
    return createHash('sha256').update(content).digest('hex').slice(0, 12);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
