import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ec2 from '@aws-sdk/client-ec2';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseAutomationDocument } from '../../sandbox/ssm/parse-automation-document';

const FOLDER = join(__dirname, '..', '..', 'ssm-documents');

const parameterType = z.enum(['String', 'StringList', 'Integer', 'Boolean', 'StringMap', 'MapList']);

const name = z.string().regex(/^[A-Za-z0-9_]{3,128}$/);

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html */
const callStep = z.strictObject({
  name,
  description: z.string(),
  action: z.literal('aws:executeAwsApi'),
  maxAttempts: z.literal(1),
  timeoutSeconds: z.int().min(25),
  onFailure: z.literal('Abort'),
  // One call a run.
  isEnd: z.literal(true),
  inputs: z.looseObject({ Service: z.literal('ec2'), Api: z.string() }),
  outputs: z
    .array(z.strictObject({ Name: z.string(), Selector: z.string().startsWith('$.'), Type: parameterType }))
    .default([]),
});

const condition = z.union([
  z.strictObject({ Variable: z.string(), StringEquals: z.string() }),
  z.strictObject({ Variable: z.string(), Contains: z.string() }),
  z.strictObject({ Variable: z.string(), BooleanEquals: z.boolean() }),
]);

/**
 * And of plain comparisons is what the documentation shows; operators within operators it does not.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-branch-condition.html
 */
const branchStep = z.strictObject({
  name,
  description: z.string(),
  action: z.literal('aws:branch'),
  onFailure: z.literal('Abort'),
  inputs: z.strictObject({
    Choices: z.array(
      z.union([
        z.strictObject({ And: z.array(condition).min(2), NextStep: z.string() }),
        ...condition.options.map((option) => option.extend({ NextStep: z.string() })),
      ]),
    ),
    Default: z.string(),
  }),
});

/**
 * The part of schema 0.3 that our documents use; strict, so that a field which SSM does not know is found here.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html
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
        allowedValues: z.array(z.string()).optional(),
        minItems: z.int().optional(),
      })
      // Nothing that a person types as text is taken as it comes.
      .refine(
        ({ type, allowedPattern, allowedValues }) =>
          (allowedPattern !== undefined || allowedValues !== undefined) === (type === 'String'),
      )
      .refine((parameter) => parameter.description.startsWith('(Optional)') === 'default' in parameter),
  ),
  mainSteps: z.union([z.tuple([callStep]), z.tuple([branchStep], callStep)]),
  outputs: z.array(z.string()).default([]),
});

const documents = readdirSync(FOLDER).map((file) => {
  const content: unknown = parse(readFileSync(join(FOLDER, file), 'utf8'));
  const document = documentSchema.parse(content);
  const [first, ...others] = document.mainSteps;
  const branch = first.action === 'aws:branch' ? first : undefined;
  const calls = first.action === 'aws:branch' ? others : [first];
  return { file, content, document, branch, calls };
});

/** Values of the parameters that have a pattern. */
const VALUES: Readonly<Record<string, { readonly fit: readonly string[]; readonly misfit: readonly string[] }>> = {
  AutomationAssumeRole: {
    fit: [
      'arn:aws:iam::222222222222:role/Portcullis-Runbook',
      'arn:aws-us-gov:iam::222222222222:role/path/Acme-Runbook',
      'arn:aws-cn:iam::222222222222:role/Portcullis-Runbook',
      'arn:aws-iso-b:iam::222222222222:role/Portcullis-Runbook',
      'arn:aws-eusc:iam::222222222222:role/Portcullis-Runbook',
    ],
    misfit: ['arn:aws:iam::222222222222:user/somebody', ''],
  },
  SecurityGroupId: {
    fit: ['sg-0123456789abcdef0', 'sg-01234567'],
    misfit: ['sg-0123456789abcdef0; rm', 'acl-01234567', 'sg-0123456789ABCDEF0', ''],
  },
  NetworkAclId: {
    fit: ['acl-0123456789abcdef0', 'acl-01234567'],
    misfit: ['acl-0123456789abcdef0\n', 'sg-01234567', 'acl-', ''],
  },
  Protocol: { fit: ['6', '-1', '58'], misfit: ['-2', 'tcpx', '1234', ''] },
  CidrBlock: {
    fit: ['', '0.0.0.0/0', '198.51.100.0/24', '::/0', '2001:db8::/32', '2001:db8:0:0:0:0:0:0/32'],
    misfit: ['0.0.0.0', '::', '0.0.0.0/0,10.0.0.0/8', 'pl-0123456789abcdef0', '{{ssm:x}}'],
  },
};

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
  expect(documents.map(({ file, calls }) => ({ file, calls: calls.length }))).toEqual([
    { file: 'AuthorizeSecurityGroupIngress.yaml', calls: 1 },
    { file: 'CloseSecurityGroupIngress.yaml', calls: 1 },
    { file: 'EmptyDefaultSecurityGroup.yaml', calls: 1 },
    { file: 'RestoreSecurityGroupRules.yaml', calls: 4 },
    { file: 'RewriteNetworkAclEntries.yaml', calls: 13 },
  ]);
});

describe.each(documents)('$file', ({ content, document, branch, calls }) => {
  test('is below the 64 KB that SSM takes', () => {
    expect(Buffer.byteLength(JSON.stringify(content))).toBeLessThan(65_536);
  });

  test('is taken by the Systems Manager of the sandbox', () => {
    expect(() => parseAutomationDocument(JSON.stringify(content), 'JSON')).not.toThrow();
  });

  test('uses every parameter, and none that it does not declare', () => {
    const used = references([document.assumeRole, document.mainSteps.map(({ inputs }) => inputs)]);
    expect(new Set(used)).toEqual(new Set(Object.keys(document.parameters)));
  });

  test('passes every parameter whole, so that numbers stay numbers and lists stay lists', () => {
    expect(mixedTexts(document.mainSteps.map(({ inputs }) => inputs))).toEqual([]);
  });

  test('calls operations that EC2 has, with members that it has', () => {
    for (const { inputs } of calls) {
      const { Service, Api, IpPermissions = [], ...others } = inputs;
      expect(Service).toBe('ec2');
      const request = memberNames(`${Api}Request`);
      expect(request).toEqual(expect.arrayContaining(Object.keys(others)));
      for (const permission of IpPermissions as object[]) {
        expect(memberNames('IpPermission')).toEqual(expect.arrayContaining(Object.keys(permission)));
      }
    }
  });

  test('outputs only what the answers have', () => {
    for (const { inputs, outputs } of calls) {
      const selected = outputs.map(({ Selector }) => Selector.slice(2));
      if (selected.length > 0) expect(memberNames(`${inputs.Api}Result`)).toEqual(expect.arrayContaining(selected));
    }
    const all = calls.flatMap((step) => step.outputs.map(({ Name }) => `${step.name}.${Name}`));
    expect(document.outputs).toEqual(all);
  });

  test('comes to every call, and to nothing else', () => {
    const chosen = branch && [...branch.inputs.Choices.map(({ NextStep }) => NextStep), branch.inputs.Default];
    expect(new Set(chosen ?? [document.mainSteps[0].name])).toEqual(new Set(calls.map((step) => step.name)));
  });

  const idParameters = Object.keys(document.parameters).filter((parameter) => parameter in VALUES);

  test.each(
    idParameters.flatMap((parameter) => [
      ...(VALUES[parameter]?.fit ?? []).map((value) => ({ parameter, value, fits: true })),
      ...(VALUES[parameter]?.misfit ?? []).map((value) => ({ parameter, value, fits: false })),
    ]),
  )('$parameter "$value" fits: $fits', ({ parameter, value, fits }) => {
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
