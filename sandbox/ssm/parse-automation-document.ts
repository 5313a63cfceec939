import { parse as parseYaml } from 'yaml';

import { AwsError } from '../runtime/aws-error';
import { automationDocumentSchema, type AutomationDocument, type DocumentStep } from './automation-document';
import { branchTargets } from './steps/branch';
import { referencesIn } from './template';
import { isOfType } from './parameter-values';

const MAX_DOCUMENT_BYTES = 65_536;

/** @throws AwsError InvalidDocumentContent with all that is wrong, MaxDocumentSizeExceeded */
export function parseAutomationDocument(content: string, format: 'JSON' | 'YAML'): AutomationDocument {
  if (Buffer.byteLength(content) > MAX_DOCUMENT_BYTES) {
    throw new AwsError('MaxDocumentSizeExceeded', `The document is larger than ${MAX_DOCUMENT_BYTES} bytes.`);
  }
  const parsed = automationDocumentSchema.safeParse(parseText(content, format));
  if (!parsed.success) {
    throw invalidContent(
      parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.') || 'document'}: ${message}`),
    );
  }
  const problems = documentProblems(parsed.data);
  if (problems.length > 0) throw invalidContent(problems);
  return parsed.data;
}

function invalidContent(problems: readonly string[]): AwsError {
  return new AwsError('InvalidDocumentContent', problems.join('; '));
}

function parseText(content: string, format: 'JSON' | 'YAML'): unknown {
  try {
    return format === 'JSON' ? (JSON.parse(content) as unknown) : parseYaml(content);
  } catch (error) {
    throw invalidContent([`The content is not ${format}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function documentProblems(document: AutomationDocument): string[] {
  const steps = new Map(document.mainSteps.map((step) => [step.name, step]));
  const repeated = document.mainSteps.filter((step) => steps.get(step.name) !== step);
  return [
    ...repeated.map(({ name }) => `Step ${name} is defined more than once`),
    ...Object.entries(document.parameters).flatMap(([name, parameter]) =>
      parameter.default === undefined || isOfType(parameter.default, parameter.type)
        ? []
        : [`Parameter ${name}: default is not of type ${parameter.type}`],
    ),
    ...document.mainSteps.flatMap((step) => stepProblems(step, steps)),
    ...[document.assumeRole, document.mainSteps.map(({ inputs }) => inputs)].flatMap((value) =>
      referencesIn(value).flatMap((reference) => referenceProblem(reference, document, steps)),
    ),
    ...document.outputs.flatMap((output) => referenceProblem(output, document, steps)),
  ];
}

function stepProblems(step: DocumentStep, steps: ReadonlyMap<string, DocumentStep>): string[] {
  const onFailure = /^step:(.*)$/.exec(step.onFailure)?.[1];
  const targets = [step.nextStep, onFailure, ...(step.action === 'aws:branch' ? branchTargets(step.inputs) : [])];
  const missing = targets.filter((target) => target !== undefined && !steps.has(target));
  return [
    ...missing.map((target) => `Step ${step.name} goes to ${String(target)}, which is no step`),
    ...(step.isEnd && step.nextStep !== undefined ? [`Step ${step.name} has both isEnd and nextStep`] : []),
  ];
}

function referenceProblem(
  reference: string,
  document: AutomationDocument,
  steps: ReadonlyMap<string, DocumentStep>,
): string[] {
  if (/^(global|automation):/.test(reference)) return [];
  const [name = '', output] = reference.split('.');
  if (output === undefined) {
    return name in document.parameters ? [] : [`{{ ${reference} }} is not a parameter of the document`];
  }
  const step = steps.get(name);
  if (!step) return [`{{ ${reference} }}: ${name} is no step`];
  // Every step has an Output, the whole answer, besides those that it declares.
  const declared =
    output === 'Output' || output === 'OutputPayload' || step.outputs.some(({ Name }) => Name === output);
  return declared ? [] : [`{{ ${reference} }}: step ${name} has no output ${output}`];
}
