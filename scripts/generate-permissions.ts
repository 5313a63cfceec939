import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { format, resolveConfig } from 'prettier';
import * as z from 'zod';
import type { Configuration } from '../src/core/configuration/schema/configuration-schema';
import { isolationSchema } from '../src/core/configuration/schema/isolation-schema';
import { SECURITY_HUB_CONTROLS } from '../src/core/controls/control-id';
import { notificationsSchema } from '../src/core/configuration/schema/notifications-schema';
import { reportsSchema } from '../src/core/configuration/schema/reports-schema';
import { APP_CONTEXT } from '../stacks/app-context';
import { EXAMPLE_FILE, readConfiguration } from '../stacks/config';
import { addStacks } from '../stacks/portcullis';

// Writes docs/permissions.md: every role that the stacks make, as the templates have it. `npm run generate`.

/** All of them: the page has the permissions of each. */
type EveryChannel = Required<z.input<typeof notificationsSchema>>;

const FILE = join(__dirname, '..', 'docs', 'permissions.md');

const list = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const statement = z.object({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.unknown().optional(),
  Action: list,
  Resource: z.unknown().optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});
type Statement = z.output<typeof statement>;
const policy = z.object({ Statement: z.array(statement) });
const template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
});
type Resources = z.output<typeof template>['Resources'];

const role = z.object({
  RoleName: z.string(),
  AssumeRolePolicyDocument: policy,
  Policies: z.array(z.object({ PolicyDocument: policy })).default([]),
});
const attachedPolicy = z.object({
  Roles: z.array(z.union([z.string(), z.object({ Ref: z.string() })])),
  PolicyDocument: policy,
});

/** Properties that hold what people call a resource by. */
const NAMES = ['QueueName', 'TableName', 'LogGroupName', 'RoleName', 'Name', 'FunctionName'];

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::AccountId': 'ACCOUNT',
  'AWS::Region': 'REGION',
};

/** A value of a template in words: joined, with references replaced by names. */
function inWords(value: unknown, resources: Resources): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((one) => inWords(one, resources)).join(', ');
  const joined = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) }).safeParse(value).data?.[
    'Fn::Join'
  ];
  if (joined) return joined[1].map((one) => inWords(one, resources)).join(joined[0]);
  const reference = z.object({ Ref: z.string() }).safeParse(value).data?.Ref;
  const [attributeOf] = z.object({ 'Fn::GetAtt': z.array(z.string()) }).safeParse(value).data?.['Fn::GetAtt'] ?? [];
  const id = reference ?? attributeOf;
  if (id === undefined) return JSON.stringify(value);
  return PSEUDO_PARAMETERS[id] ?? nameOf(id, resources);
}

function nameOf(id: string, resources: Resources): string {
  const { Type = id, Properties = {} } = resources[id] ?? {};
  const kind = Type.replace('AWS::', '').replace('::', ' ');
  const name = NAMES.map((key) => Properties[key]).find((one) => one !== undefined);
  return name === undefined ? `the ${kind}` : `the ${kind} ${inWords(name, resources)}`;
}

function renderRoles(stack: string, resources: Resources): readonly string[] {
  const policies = Object.values(resources)
    .filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .map(({ Properties }) => attachedPolicy.parse(Properties));
  // Of roles that another stack makes.
  const added = policies.flatMap(({ Roles, PolicyDocument }) =>
    Roles.flatMap((name) => (typeof name === 'string' ? renderAdded(name, stack, PolicyDocument, resources) : [])),
  );
  const made = Object.entries(resources)
    .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
    .flatMap(([id, { Properties }]) => {
      const { RoleName, AssumeRolePolicyDocument: trust, Policies } = role.parse(Properties);
      const attached = policies.filter(({ Roles }) => Roles.some((one) => typeof one === 'object' && one.Ref === id));
      const statements = [...Policies, ...attached].flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
      return [
        ...['', `## ${RoleName}`, '', `Made by ${stack}. Taken on by:`, ''],
        ...trust.Statement.map((one) => `- ${renderPrincipal(one, resources)}${renderConditions(one, resources)}`),
        ...['', '| | actions | on | only where |', '| --- | --- | --- | --- |'],
        ...statements.map((one) => renderStatement(one, resources)),
      ];
    });
  return [...made, ...added];
}

function renderAdded(
  name: string,
  stack: string,
  { Statement: statements }: z.output<typeof policy>,
  resources: Resources,
): readonly string[] {
  return [
    ...['', `## ${name}, with ${stack}`, '', `What ${stack} allows that role besides:`, ''],
    ...['| | actions | on | only where |', '| --- | --- | --- | --- |'],
    ...statements.map((one) => renderStatement(one, resources)),
  ];
}

function renderPrincipal({ Principal }: Statement, resources: Resources): string {
  const entries = Object.values(z.record(z.string(), z.unknown()).parse(Principal));
  return entries.map((one) => `\`${inWords(one, resources)}\``).join(', ');
}

function renderStatement(one: Statement, resources: Resources): string {
  const on = [one.Resource].flat().map((each) => `\`${inWords(each, resources)}\``);
  const actions = one.Action.map((action) => `\`${action}\``);
  const where = renderConditions(one, resources).replace(/^, where /, '');
  return `| ${one.Effect === 'Deny' ? '**never**' : 'may'} | ${actions.join('<br>')} | ${on.join('<br>')} | ${where} |`;
}

function renderConditions({ Condition }: Statement, resources: Resources): string {
  const parts = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => `\`${key}\` ${operator} \`${inWords(value, resources)}\``),
  );
  return parts.length === 0 ? '' : `, where ${parts.join(' and ')}`;
}

type Stacks = readonly (readonly [stack: string, resources: Resources])[];

function synthesize(configuration: Configuration): Stacks {
  const outdir = mkdtempSync(join(tmpdir(), 'portcullis-permissions-'));
  try {
    // Permissions do not depend on the code of the functions: nothing is bundled.
    const app = new App({
      outdir,
      analyticsReporting: false,
      context: { ...APP_CONTEXT, 'aws:cdk:bundling-stacks': [] },
    });
    addStacks(app, configuration);
    return app.synth().stacks.map((stack) => [stack.stackName, template.parse(stack.template).Resources] as const);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Roles that only another configuration makes: only theirs is listed with it. */
function rolesMadeElsewhere(stacks: Stacks, example: Configuration): readonly string[] {
  const namesIn = (all: Stacks) =>
    all.flatMap(([, resources]) => Object.values(resources).map(({ Properties }) => Properties['RoleName']));
  const known = namesIn(stacks);
  const elsewhere = synthesize({
    ...example,
    hub: { ...example.hub, customActions: 'function' },
    detection: {
      cloudTrail: true,
      sweep: 'rate(1 day)',
      watch: ['1h', '24h', '7d'],
      controls: [...SECURITY_HUB_CONTROLS],
      reopened: { closings: 3, hours: 24 },
    },
    isolation: isolationSchema.parse({}),
    drill: { accounts: ['333333333333'], schedule: 'rate(7 days)' },
    reports: reportsSchema.parse({ schedule: 'rate(1 day)', auditors: ['444444444444'] }),
    notifications: notificationsSchema.parse({
      webhook: { url: 'https://example.com/hook' },
      pagerDuty: {},
      slack: { channel: 'C0123ABCD', undo: { within: '24h', approvers: ['slack:S0123ABCD'] } },
      email: { addresses: ['security@example.com'], digest: 'rate(1 day)' },
      serviceNow: { instance: 'https://example.service-now.com' },
      jira: { site: 'https://example.atlassian.net', project: 'SEC' },
      securityHub: { connectorId: 'a1b2c3d4-5678-90ab-cdef-111111111111' },
    } satisfies EveryChannel),
  });
  return elsewhere.flatMap(([stack, resources]) => {
    const others = Object.entries(resources).filter(
      ([, { Type, Properties }]) => Type !== 'AWS::IAM::Role' || !known.includes(Properties['RoleName']),
    );
    return renderRoles(stack, Object.fromEntries(others));
  });
}

async function main(): Promise<void> {
  const configuration = readConfiguration(EXAMPLE_FILE);
  if (!configuration.ok) throw new Error(configuration.error.join('\n'));
  const stacks = synthesize(configuration.value);
  const lines = [
    '# Permissions',
    '',
    '<!-- Generated by scripts/generate-permissions.ts from the synthesized templates; change the stacks. -->',
    '',
    'Every role that Portcullis makes, statement by statement, with the configuration of `portcullis.example.yaml`.',
    '`ACCOUNT` is the account that the stack is deployed to; `aws` is `aws-us-gov` or `aws-cn` there. No other role is',
    'made and no managed policy used.',
    '`Portcullis-CustomActions` is made only where CloudFormation has no type for custom actions, or',
    '`hub.customActions` is `function`. `Portcullis-Detector` is made only where `detection` has `cloudTrail`, `sweep`',
    'or `watch`, `Portcullis-Forwarder` where `detection.cloudTrail` is true; `Portcullis-Notifier` where',
    '`notifications` has a channel, `Portcullis-Digester` and `Portcullis-DigestStarter` where `email.digest` is set,',
    'and there `Portcullis-Commands` may send to the queues of channels and invoke the notifier as well;',
    '`Portcullis-Slack` where somebody in',
    'Slack may click something, reading closings only where `notifications.slack` has `undo`; `Portcullis-Drill` in',
    '`drill.accounts`, `Portcullis-Driller` and `Portcullis-DrillStarter` with `drill.schedule`;',
    '`Portcullis-Reporter` and `Portcullis-ReportStarter` with `reports`. Where `isolation` is configured and',
    '`Portcullis-Isolation` deployed, two roles may do more.',
    'Where the policy keeps organizational units from being closed, `Portcullis-Orchestrator` may also call',
    '`organizations:DescribeOrganizationalUnit` on units of the organization.',
    '`Portcullis-Auditor` is made with `reports.auditors`.',
    ...stacks.flatMap(([stack, resources]) => renderRoles(stack, resources)),
    ...rolesMadeElsewhere(stacks, configuration.value),
    '',
  ];
  writeFileSync(FILE, await format(lines.join('\n'), { ...(await resolveConfig(FILE)), filepath: FILE }));
}

void main();
