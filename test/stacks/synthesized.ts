import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { parse } from 'yaml';
import type { Configuration } from '../../src/core/configuration/schema/configuration-schema';
import { parseConfiguration, renderMistake } from '../../src/core/configuration/parse-configuration';
import { APP_CONTEXT } from '../../stacks/app-context';
import { EXAMPLE_FILE } from '../../stacks/config';
import { addStacks, type PortcullisStacks } from '../../stacks/portcullis';

/** The example configuration, with some of its keys changed. */
export function exampleWith(changes: Readonly<Record<string, unknown>> = {}): Configuration {
  const example: unknown = parse(readFileSync(EXAMPLE_FILE, 'utf8'));
  const parsed = parseConfiguration({ ...(example as object), ...changes });
  if (!parsed.ok) throw new Error(parsed.error.map(renderMistake).join('\n'));
  return parsed.value;
}

export interface Synthesized extends PortcullisStacks {
  readonly app: App;
  readonly templates: { readonly hub: Template; readonly member: Template; readonly rules: readonly Template[] };
}

/** Synthesizes without bundling the functions: what is tested here is in the templates. */
export function synthesize(configuration: Configuration = exampleWith()): Synthesized {
  const app = new App({ context: { ...APP_CONTEXT, 'aws:cdk:bundling-stacks': [] }, analyticsReporting: false });
  const stacks = addStacks(app, configuration);
  return {
    ...stacks,
    app,
    templates: {
      hub: Template.fromStack(stacks.hub),
      member: Template.fromStack(stacks.member),
      rules: stacks.rules.map((stack) => Template.fromStack(stack)),
    },
  };
}

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export function resourcesOf(template: Template, type?: string): readonly Resource[] {
  const { Resources } = template.toJSON() as {
    Resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>;
  };
  return Object.entries(Resources)
    .map(([logicalId, { Type, Properties }]) => ({ logicalId, type: Type, properties: Properties ?? {} }))
    .filter((resource) => type === undefined || resource.type === type);
}
