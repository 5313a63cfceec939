import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ec2 from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { CALLS } from '../../src/core/planning/calls';
import { readRunbookDocuments, STEP_TIMEOUT_SECONDS } from '../../stacks/runbook-documents';
import { POLL_SECONDS } from '../../src/flow/limits';
import { parseAutomationDocument } from '../../sandbox/ssm/parse-automation-document';

const parameterType = z.enum(['String', 'StringList', 'Integer', 'Boolean', 'StringMap', 'MapList']);

const name = z.string().regex(/^[A-Za-z0-9_]{3,128}$/);

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html */
const callStep = z.strictObject({
  name,
  action: z.literal('aws:executeAwsApi'),
  timeoutSeconds: z.int().min(25),
  inputs: z.looseObject({ Service: z.literal('ec2'), Api: z.string() }),
});

/**
 * The part of schema 0.3 that our documents use; strict, so that a field which SSM does not know is found here.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html
 */
const documentSchema = z.strictObject({
  schemaVersion: z.literal('0.3'),
  description: z.string().min(30),
  assumeRole: z.literal('{{ AutomationAssumeRole }}'),
  parameters: z.record(
    z.string().regex(/^[A-Za-z0-9]+$/),
    z
      .strictObject({
        type: parameterType,
        // Only the form that is named for the call alone describes them; the others have the same.
        description: z
          .string()
          .regex(/^\((Required|Optional)\) /)
          .optional(),
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
      .refine(
        ({ description, ...parameter }) =>
          description === undefined || description.startsWith('(Optional)') === 'default' in parameter,
      ),
  ),
  mainSteps: z.tuple([callStep]),
});

const documents = readRunbookDocuments().map(({ name, content }) => {
  const document = documentSchema.parse(content);
  return { name, content, document, call: document.mainSteps[0] };
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
  ProtocolNumber: { fit: ['6', '-1', '58'], misfit: ['tcp', '-2', '1234', ''] },
  CidrIp: {
    fit: ['0.0.0.0/0', '198.51.100.0/24'],
    misfit: ['', '0.0.0.0', '::/0', '0.0.0.0/0,10.0.0.0/8', 'pl-0123456789abcdef0', '{{ssm:x}}'],
  },
  CidrIpv6: {
    fit: ['::/0', '2001:db8::/32', '2001:db8:0:0:0:0:0:0/32', '2001:db8:1:2:3:4:5::/112'],
    misfit: ['', '::', '0.0.0.0/0', '{{ssm:x}}'],
  },
  RemediationId: { fit: ['rem-0123456789abcdef'], misfit: ['rem-1', '{{ssm:x}}', ''] },
};

/** Every `{{ Name }}` of a value. */
function references(value: unknown): readonly string[] {
  return [...JSON.stringify(value).matchAll(/\{\{\s*([\w.]+)\s*\}\}/g)].map(([, name]) => String(name));
}

/**
 * Every text that holds a reference and something beside it: SSM makes a text of such a value, whatever its type was.
 */
function mixedTexts(value: unknown): readonly string[] {
  if (typeof value === 'string') return /\{\{/.test(value) && !/^\{\{ \w+ \}\}$/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(mixedTexts) : [];
}

test('each call of a plan has a document that is named for it', () => {
  const plain = documents.filter(({ name }) => !name.includes('-'));
  expect(Object.fromEntries(plain.map(({ name, call }) => [call.inputs.Api, name]))).toEqual(
    Object.fromEntries(Object.entries(CALLS).map(([call, { document }]) => [call, document])),
  );
});

test('each form of a document makes the same call', () => {
  for (const { name, call } of documents) {
    expect(name.split('-')[0]).toBe(CALLS[call.inputs.Api as keyof typeof CALLS].document);
  }
});

/** docs/deploy.md: how long SSM tries a throttled call again. */
const RETRY_SECONDS = 180;
/** https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html */
const CALL_SECONDS = 25;

test('a call has ended before its time-out, however often SSM repeats it, and that is before nobody looks any more', () => {
  expect(STEP_TIMEOUT_SECONDS).toBeGreaterThan(RETRY_SECONDS + CALL_SECONDS);
  expect(POLL_SECONDS.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThan(STEP_TIMEOUT_SECONDS);
  const deploy = readFileSync(join(__dirname, '..', '..', 'docs', 'deploy.md'), 'utf8');
  expect(deploy).toContain(`--setting-value ${String(RETRY_SECONDS)}`);
});

test('only lists and tags need a parameter that is a list of maps', () => {
  const lists = documents.filter(({ document }) =>
    Object.values(document.parameters).some(({ type }) => type === 'MapList'),
  );
  expect(lists.map(({ name }) => name).filter((name) => !/-Lists(Tags)?$/.test(name))).toEqual([]);
});

describe.each(documents)('$name', ({ content, document, call }) => {
  test('is below the 64 KB that SSM takes', () => {
    expect(Buffer.byteLength(JSON.stringify(content))).toBeLessThan(65_536);
  });

  test('is taken by the Systems Manager of the sandbox', () => {
    expect(() => parseAutomationDocument(JSON.stringify(content), 'JSON')).not.toThrow();
  });

  test('uses every parameter, and none that it does not declare', () => {
    const used = references([document.assumeRole, [call.inputs]]);
    expect(new Set(used)).toEqual(new Set(Object.keys(document.parameters)));
  });

  test('passes every parameter whole, so that numbers stay numbers and lists stay lists', () => {
    expect(mixedTexts([call.inputs])).toEqual([]);
  });

  test('calls an operation that EC2 has, with members that it has', () => {
    const { Service, Api, IpPermissions = [], ...others } = call.inputs;
    expect(Service).toBe('ec2');
    const request = memberNames(`${Api}Request`);
    expect(request).toEqual(expect.arrayContaining(Object.keys(others)));
    for (const permission of IpPermissions as object[]) {
      expect(memberNames('IpPermission')).toEqual(expect.arrayContaining(Object.keys(permission)));
    }
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

test('authorizing with tags wants at least one: EC2 refuses a tag specification without tags', () => {
  const tagged = documents.filter(({ name }) => name.endsWith('Tags'));
  expect(tagged).toHaveLength(2);
  for (const { document } of tagged)
    expect(document.parameters['Tags']).toMatchObject({ type: 'MapList', minItems: 1 });
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
