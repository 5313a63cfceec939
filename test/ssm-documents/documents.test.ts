import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ec2 from '@aws-sdk/client-ec2';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseAutomationDocument } from '../../src/sandbox/ssm/parse-automation-document';

const FOLDER = join(__dirname, '..', '..', 'ssm-documents');

const parameterType = z.enum(['String', 'StringList', 'Integer', 'Boolean', 'StringMap', 'MapList']);

/**
 * The part of schema 0.3 that our documents use; strict, so that a field which SSM does not know is found here.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html
 */
const documentSchema = z.strictObject({
  schemaVersion: z.literal('0.3'),
  description: z.string().min(100),
  assumeRole: z.literal('{{ AutomationAssumeRole }}'),
  parameters: z.record(
    z.string().regex(/^[A-Za-z0-9]+$/),
    z
      .strictObject({
        type: parameterType,
        description: z.string().regex(/^\((Required|Optional)\) /),
        default: z.unknown().optional(),
        allowedPattern: z.string().optional(),
        minItems: z.int().optional(),
      })
      .refine(({ type, allowedPattern }) => allowedPattern === undefined || type === 'String')
      .refine((parameter) => parameter.description.startsWith('(Optional)') === 'default' in parameter),
  ),
  mainSteps: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[A-Za-z0-9_]{3,128}$/),
        description: z.string(),
        action: z.literal('aws:executeAwsApi'),
        maxAttempts: z.int().min(1),
        timeoutSeconds: z.int().min(25),
        onFailure: z.literal('Abort'),
        isEnd: z.literal(true),
        inputs: z.looseObject({ Service: z.literal('ec2'), Api: z.string() }),
        outputs: z.array(
          z.strictObject({ Name: z.string(), Selector: z.string().startsWith('$.'), Type: parameterType }),
        ),
      }),
    )
    .length(1),
  outputs: z.array(z.string()),
});

const documents = readdirSync(FOLDER).map((file) => {
  const content: unknown = parse(readFileSync(join(FOLDER, file), 'utf8'));
  return { file, content, document: documentSchema.parse(content) };
});

/** Every `{{ Name }}` of a value. */
function references(value: unknown): readonly string[] {
  return [...JSON.stringify(value).matchAll(/\{\{\s*([\w.]+)\s*\}\}/g)].map(([, name]) => String(name));
}

/** Every text that holds a reference and something beside it: SSM makes a text of such a value, whatever its type was. */
function mixedTexts(value: unknown): readonly string[] {
  if (typeof value === 'string') return /\{\{/.test(value) && !/^\{\{ \w+ \}\}$/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(mixedTexts) : [];
}

test('there is one document for each action', () => {
  expect(documents.map(({ file }) => file)).toEqual([
    'AuthorizeSecurityGroupIngress.yaml',
    'CloseSecurityGroupIngress.yaml',
  ]);
});

describe.each(documents)('$file', ({ content, document }) => {
  const [step] = document.mainSteps;

  test('is below the 64 KB that SSM takes', () => {
    expect(Buffer.byteLength(JSON.stringify(content))).toBeLessThan(65_536);
  });

  test('is taken by the Systems Manager of the sandbox', () => {
    expect(() => parseAutomationDocument(JSON.stringify(content), 'JSON')).not.toThrow();
  });

  test('uses every parameter, and none that it does not declare', () => {
    const used = references({ assumeRole: document.assumeRole, inputs: step?.inputs });
    expect(new Set(used)).toEqual(new Set(Object.keys(document.parameters)));
  });

  test('passes every parameter whole, so that numbers stay numbers and lists stay lists', () => {
    expect(mixedTexts(step?.inputs)).toEqual([]);
  });

  test('calls an operation that EC2 has, with members that it has', () => {
    const { Service, Api, ...inputs }: Readonly<Record<string, unknown>> = step?.inputs ?? {};
    expect(Service).toBe('ec2');
    const request = memberNames(`${String(Api)}Request`);
    expect(request).toEqual(expect.arrayContaining(Object.keys(inputs)));
    const [permission] = inputs['IpPermissions'] as object[];
    expect(memberNames('IpPermission')).toEqual(expect.arrayContaining(Object.keys(permission ?? {})));
  });

  test('outputs only what the answer has', () => {
    const result = memberNames(`${String(step?.inputs.Api)}Result`);
    expect(step?.outputs.map(({ Selector }) => Selector.slice(2)).filter((name) => !result.includes(name))).toEqual([]);
    expect(document.outputs).toEqual(step?.outputs.map(({ Name }) => `${step.name}.${Name}`));
  });

  test.each([
    { parameter: 'AutomationAssumeRole', value: 'arn:aws:iam::222222222222:role/Portcullis-Runbook', fits: true },
    { parameter: 'AutomationAssumeRole', value: 'arn:aws-us-gov:iam::222222222222:role/path/Acme-Runbook', fits: true },
    { parameter: 'AutomationAssumeRole', value: 'arn:aws-cn:iam::222222222222:role/Portcullis-Runbook', fits: true },
    { parameter: 'AutomationAssumeRole', value: 'arn:aws-iso-b:iam::222222222222:role/Portcullis-Runbook', fits: true },
    { parameter: 'AutomationAssumeRole', value: 'arn:aws-eusc:iam::222222222222:role/Portcullis-Runbook', fits: true },
    { parameter: 'AutomationAssumeRole', value: 'arn:aws:iam::222222222222:user/somebody', fits: false },
    { parameter: 'AutomationAssumeRole', value: '', fits: false },
    { parameter: 'SecurityGroupId', value: 'sg-0123456789abcdef0', fits: true },
    { parameter: 'SecurityGroupId', value: 'sg-01234567', fits: true },
    { parameter: 'SecurityGroupId', value: 'sg-0123456789abcdef0; rm', fits: false },
    { parameter: 'SecurityGroupId', value: 'acl-01234567', fits: false },
    { parameter: 'Protocol', value: 'tcp', fits: true },
    { parameter: 'Protocol', value: '-1', fits: true },
    { parameter: 'Protocol', value: '58', fits: true },
    { parameter: 'Protocol', value: '-2', fits: false },
    { parameter: 'Protocol', value: 'tcpx', fits: false },
  ])('$parameter "$value" fits: $fits', ({ parameter, value, fits }) => {
    const pattern = document.parameters[parameter]?.allowedPattern;
    expect(pattern).toBeDefined();
    expect(new RegExp(pattern ?? '').test(value)).toBe(fits);
  });

  test('has patterns that RE2 knows: no look-around, no back reference', () => {
    for (const { allowedPattern = '' } of Object.values(document.parameters)) {
      expect(allowedPattern).not.toMatch(/\(\?[=!<]|\\[1-9]/);
    }
  });
});

test('authorizing wants at least one tag: EC2 refuses a tag specification without tags', () => {
  const authorize = documents.find(({ file }) => file.startsWith('Authorize'));
  expect(authorize?.document.parameters['Tags']).toMatchObject({ type: 'MapList', minItems: 1 });
});

/** Names of a structure's members, from the schema that the SDK itself works with. */
function memberNames(structure: string): readonly string[] {
  const schema: unknown = Reflect.get(ec2, `${structure}$`);
  const names: unknown = Array.isArray(schema)
    ? schema.find((part) => Array.isArray(part) && part.every((name) => typeof name === 'string'))
    : undefined;
  if (!Array.isArray(names)) throw new Error(`the SDK has no schema ${structure}$`);
  return names.map(String);
}
