import { z } from 'zod';

import { KNOWN_ACTIONS } from './known-actions';

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html */
const PARAMETER_TYPES = ['String', 'StringList', 'Integer', 'Boolean', 'StringMap', 'MapList'] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

const parameterSchema = z.strictObject({
  // Types of AWS resources, such as AWS::IAM::Role::Arn, only change what the console offers.
  type: z.union([
    z.literal(PARAMETER_TYPES),
    z.stringFormat('resource type', /^AWS::[\w:]+$/).transform(() => 'String' as const),
    z.stringFormat('resource type list', /^List<AWS::[\w:]+>$/).transform(() => 'StringList' as const),
  ]),
  description: z.string().optional(),
  default: z.unknown().optional(),
  allowedValues: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  allowedPattern: z.string().optional(),
  displayType: z.string().optional(),
  minItems: z.int().optional(),
  maxItems: z.int().optional(),
  minChars: z.int().optional(),
  maxChars: z.int().optional(),
});
export type DocumentParameter = z.output<typeof parameterSchema>;

const outputSchema = z.strictObject({
  Name: z.string().regex(/^\w+$/),
  Selector: z.string().startsWith('$'),
  Type: z.literal(PARAMETER_TYPES).default('String'),
});
export type StepOutput = z.output<typeof outputSchema>;

const stepSchema = z.strictObject({
  name: z.string().regex(/^\w{3,128}$/, 'a step name has 3 to 128 letters, digits and _'),
  action: z.string().refine((action) => KNOWN_ACTIONS.has(action), 'is not a supported action'),
  description: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).default({}),
  outputs: z.array(outputSchema).default([]),
  onFailure: z
    .string()
    .regex(/^(Abort|Continue|step:\w+)$/, 'is Abort, Continue or step:<name>')
    .default('Abort'),
  onCancel: z.string().optional(),
  isEnd: z.boolean().default(false),
  nextStep: z.string().optional(),
  isCritical: z.boolean().default(true),
  maxAttempts: z.int().min(1).default(1),
  timeoutSeconds: z.int().min(1).optional(),
});
export type DocumentStep = z.output<typeof stepSchema>;

export const automationDocumentSchema = z.strictObject({
  schemaVersion: z.literal('0.3'),
  description: z.string().optional(),
  assumeRole: z.string().optional(),
  parameters: z.record(z.string().regex(/^\w+$/), parameterSchema).default({}),
  outputs: z.array(z.string()).default([]),
  mainSteps: z.array(stepSchema).min(1),
});

/** A runbook by schema 0.3. https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-schemas.html */
export type AutomationDocument = z.output<typeof automationDocumentSchema>;
