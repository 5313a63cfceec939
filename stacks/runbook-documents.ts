import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { ISOLATION_DOCUMENTS } from '../src/core/configuration/names/isolation-names';

const FOLDER = join(__dirname, '..', 'ssm-documents');
const PARAMETERS = 'parameters.yaml';

/**
 * Of every call, in seconds. The call itself is over within 25; the rest is for SSM's own retries when EC2 throttles,
 * which docs/deploy.md has go on for 180. Whether this time-out cuts those retries short is documented nowhere, so both
 * are over before it; and it is over before the orchestrator stops polling.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-throttling-retry.html
 */
export const STEP_TIMEOUT_SECONDS = 240;

const inputs = z.record(z.string(), z.unknown());

const parametersFile = z.record(z.string(), z.looseObject({ type: z.string(), description: z.string() }));

const callFile = z.strictObject({
  call: z.string(),
  description: z.string(),
  /** What every form passes to the call. */
  inputs,
  /** By the name's ending; the form without one is named for the call alone. */
  forms: z.record(z.string(), inputs),
});

export interface RunbookDocumentContent {
  /** Without the deployment's prefix: `CloseSecurityGroupIngress`, `CreateNetworkAclEntry-Ipv6`. */
  readonly name: string;
  /** Of schema 0.3: one `aws:executeAwsApi` step, but for those that isolate. */
  readonly content: Readonly<Record<string, unknown>>;
}

/**
 * All documents of a member, as `ssm-documents/` describes them: a file for each EC2 call, a document for each of its
 * forms.
 */
export function readRunbookDocuments(): readonly RunbookDocumentContent[] {
  const parameters = parametersFile.parse(readYaml(PARAMETERS));
  const withoutWords = Object.fromEntries(
    Object.entries(parameters).map(([name, { description: _, ...parameter }]) => [name, parameter]),
  );
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml') && file !== PARAMETERS)
    .flatMap((file) => {
      const { call, description, inputs: always, forms } = callFile.parse(readYaml(file));
      const name = file.replace('.yaml', '');
      return Object.entries(forms).map(([form, more]) => {
        const inputs = { ...always, ...more };
        // One template holds them all, and CloudFormation takes 51,200 bytes: what is said once is not repeated.
        return form === ''
          ? { name, content: toContent({ call, description, inputs }, parameters) }
          : { name: `${name}-${form}`, content: toContent({ call, description: asIn(name), inputs }, withoutWords) };
      });
    });
}

/** Those that isolating needs besides, which are documents of SSM as they stand. */
export function readIsolationDocuments(): readonly RunbookDocumentContent[] {
  return Object.values(ISOLATION_DOCUMENTS).map((name) => ({
    name,
    content: inputs.parse(readYaml(join('isolation', `${name}.yaml`))),
  }));
}

function asIn(name: string): string {
  return `${name} for other sources, protocols or tags.`;
}

function toContent(
  { call, description, inputs: own }: Omit<z.infer<typeof callFile>, 'forms'>,
  parameters: Readonly<Record<string, unknown>>,
): RunbookDocumentContent['content'] {
  const used = new Set([...JSON.stringify(own).matchAll(/\{\{ (\w+) \}\}/g)].map(([, name]) => String(name)));
  const assumeRole = 'AutomationAssumeRole';
  return {
    schemaVersion: '0.3',
    description,
    assumeRole: `{{ ${assumeRole} }}`,
    parameters: Object.fromEntries(
      Object.entries(parameters).filter(([name]) => name === assumeRole || used.has(name)),
    ),
    mainSteps: [
      {
        name: call,
        action: 'aws:executeAwsApi',
        // One attempt, and a failure ends the run: the defaults. Whoever started it reads the target again and decides
        // anew.
        // https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html
        timeoutSeconds: STEP_TIMEOUT_SECONDS,
        inputs: { Service: 'ec2', Api: call, ...own },
      },
    ],
  };
}

function readYaml(file: string): unknown {
  return parse(readFileSync(join(FOLDER, file), 'utf8'));
}
