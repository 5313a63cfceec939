import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { toPolicy } from '../../src/core/configuration/to-policy';
import { CHANGE_PATTERN } from '../../stacks/constructs/change-pattern';
import { mistakesIn } from './service-authorization';
import { renderArn, statementsOf } from './statements';
import { exampleWith, resourcesOf, synthesize } from './synthesized';

const without = synthesize();
const switchedOff = synthesize(exampleWith({ detection: { cloudTrail: false } }));
const detecting = synthesize(exampleWith({ detection: { cloudTrail: true, controls: ['EC2.13', 'EC2.21'] } }));
const { detection: stack } = detecting;
if (stack === undefined) throw new Error('There is no stack for detection.');
const hub = Template.fromStack(stack);
const { member } = detecting.templates;

test('left out, or switched off, no template differs from what it was', () => {
  expect(without.detection).toBeUndefined();
  expect(switchedOff.detection).toBeUndefined();
  expect(switchedOff.templates.member.toJSON()).toEqual(without.templates.member.toJSON());
  expect(JSON.stringify(without.templates.member.toJSON())).not.toMatch(/Detector|Forwarder/);
  expect(switchedOff.templates.hub.toJSON()).toEqual(without.templates.hub.toJSON());
  expect(lessMemberVersion(detecting.templates.hub)).toEqual(lessMemberVersion(without.templates.hub));
});

/** The hub knows which version of the member template it goes with, and with it its functions have another version. */
function lessMemberVersion(template: Template): unknown {
  const text = JSON.stringify(template.toJSON());
  return JSON.parse(
    text.replace(/0\.1\.0-[0-9a-f]{12}/g, '').replace(/(CurrentVersion)[0-9A-F]{8}[0-9a-f]{32}/g, '$1'),
  );
}

test('a baseline reaches everybody who holds targets against it, and has a rule of its own', () => {
  const baseline = { tcp: [22, '5900-5910'], udp: [53] };
  const configuration = exampleWith({
    automatic: ['baseline'],
    detection: { cloudTrail: true, sweep: 'rate(1 day)', controls: ['EC2.13'], baseline },
  });
  const { templates, detection } = synthesize(configuration);
  const ports = {
    tcp: [
      { from: 22, to: 22 },
      { from: 5900, to: 5910 },
    ],
    udp: [{ from: 53, to: 53 }],
  };
  expect(toPolicy(configuration).baseline).toEqual(ports);
  const variablesOf = (template: Template, name: string) => {
    const functions = resourcesOf(template, 'AWS::Lambda::Function').map(({ properties }) => properties);
    const { Environment } = functions.find(({ FunctionName }) => FunctionName === name) ?? {};
    return (Environment as { readonly Variables: Readonly<Record<string, unknown>> }).Variables;
  };
  if (detection === undefined) throw new Error('There is no stack for detection.');
  const detector = variablesOf(Template.fromStack(detection), 'Portcullis-Detector');
  expect(JSON.parse(String(detector['PORTCULLIS_BASELINE']))).toEqual(ports);
  expect(detector['PORTCULLIS_CONTROLS']).toBe('EC2.13,baseline');
  const sweeper = variablesOf(templates.hub, 'Portcullis-Sweeper');
  expect(JSON.parse(String(sweeper['PORTCULLIS_BASELINE']))).toEqual(ports);
  const dispatcher = variablesOf(templates.hub, 'Portcullis-Dispatcher');
  expect(JSON.stringify(dispatcher['PORTCULLIS_SCHEDULED_SWEEPS'])).toContain(String.raw`\"EC2.13\",\"baseline\"`);
  templates.hub.hasResourceProperties('AWS::Events::Rule', {
    Name: 'Portcullis-Automatic-baseline',
    State: 'ENABLED',
    EventPattern: { detail: { findings: { GeneratorId: ['portcullis/baseline'] } } },
  });
});

test('cdk-nag finds nothing that nobody explained', () => {
  const report = new AwsSolutionsChecks(detecting.app).validateScope(detecting.app);
  expect(report.violations.map(({ ruleName }) => ruleName)).toEqual([]);
});

test('no template names a partition, or grants an action by wildcard', () => {
  for (const template of [hub, member]) {
    expect(JSON.stringify(template.toJSON())).not.toMatch(/arn:aws(-[a-z-]+)?:/);
    const wildcards = statementsOf(template).filter(
      ({ effect, actions }) => effect === 'Allow' && actions.join().includes('*'),
    );
    expect(wildcards).toEqual([]);
  }
});

test('everything has a name that begins with the prefix', () => {
  const acme = synthesize(exampleWith({ prefix: 'Acme', detection: { cloudTrail: true } }));
  const templates = [acme.templates.member, ...(acme.detection ? [Template.fromStack(acme.detection)] : [])];
  expect(templates).toHaveLength(2);
  for (const template of templates) expect(JSON.stringify(template.toJSON())).not.toMatch(/Portcullis-/);
});

test('the template of members still fits into a request of 51,200 bytes', () => {
  expect(statSync(join(detecting.app.outdir, detecting.member.templateFile)).size).toBeLessThan(51_200);
});

test('every action of every policy exists, can have the resource that is named, and knows the condition keys', async () => {
  const found = await Promise.all([hub, member].flatMap((template) => statementsOf(template)).map(mistakesIn));
  expect([...new Set(found.flat())]).toEqual(['sqs:*: no such action']);
});

test('the roles of members are made in the primary Region alone, the rule and its queue in each', () => {
  const { Resources } = member.toJSON() as { Resources: Record<string, { Type: string; Condition?: string }> };
  const conditions = Object.entries(Resources).filter(([id]) => /^(Detection|Forwarder)/.test(id));
  expect(
    conditions
      .filter(([, { Type }]) => Type !== 'AWS::SQS::QueuePolicy')
      .map(([, { Type, Condition }]) => [Type, Condition]),
  ).toEqual([
    ['AWS::IAM::Role', 'IsPrimaryRegion'],
    ['AWS::IAM::Role', 'IsPrimaryRegion'],
    ['AWS::SQS::Queue', undefined],
    ['AWS::Events::Rule', undefined],
  ]);
});

test('a rule of members leaves out calls that failed, and those of our own runbooks', () => {
  const [rule] = resourcesOf(member, 'AWS::Events::Rule');
  const pattern = rule?.properties['EventPattern'] as typeof CHANGE_PATTERN & {
    readonly detail: {
      readonly userIdentity: { readonly sessionContext: { readonly sessionIssuer: { readonly arn: unknown[] } } };
    };
  };
  expect(pattern.detail.errorCode).toEqual([{ exists: false }]);
  expect(pattern.detail.eventName).toEqual(CHANGE_PATTERN.detail.eventName);
  const [notOurs, nobody] = pattern.detail.userIdentity.sessionContext.sessionIssuer.arn as [
    { 'anything-but': unknown[] },
    object,
  ];
  expect(notOurs['anything-but'].map(renderArn)).toEqual([
    'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/Portcullis-Runbook',
  ]);
  expect(nobody).toEqual({ exists: false });
});

test('the bus takes events from forwarders of the organization, and from nobody else', () => {
  const [bus] = resourcesOf(hub, 'AWS::Events::EventBus');
  expect(bus?.properties['Policy']).toMatchObject({
    Statement: [
      {
        Effect: 'Allow',
        Action: 'events:PutEvents',
        Condition: {
          StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
          ArnLike: { 'aws:PrincipalArn': expect.anything() },
        },
      },
    ],
  });
});

test('the role in members reads and imports: it changes nothing and starts nothing', () => {
  const actions = statementsOf(member)
    .filter(({ logicalId, sid }) => logicalId.startsWith('DetectionRole') && sid !== undefined)
    .flatMap((statement) => statement.actions);
  expect(actions.filter((action) => !/^ec2:(Describe|Get)/.test(action))).toEqual([
    'securityhub:BatchGetSecurityControls',
    'ssm:GetParameter',
    'securityhub:GetFindings',
    'securityhub:BatchImportFindings',
  ]);
});

test('the detector may take RESOLVED back, and never say it', () => {
  const denied = statementsOf(hub).filter(({ effect, sid }) => effect === 'Deny' && sid === 'NeverSetTheseStatuses');
  expect(denied.map(({ actions, condition }) => ({ actions, condition }))).toEqual([
    {
      actions: ['securityhub:BatchUpdateFindings'],
      condition: { StringEquals: { 'securityhub:ASFFSyntaxPath/Workflow.Status': ['RESOLVED', 'SUPPRESSED'] } },
    },
  ]);
});

test('the environment of the detector has its part of the configuration', () => {
  hub.hasResourceProperties('AWS::Lambda::Function', {
    FunctionName: 'Portcullis-Detector',
    Environment: {
      Variables: {
        PORTCULLIS_CONTROLS: 'EC2.13,EC2.21',
        PORTCULLIS_REGIONS: 'eu-central-1,us-east-1',
        PORTCULLIS_MEMBER_ROLE: 'Portcullis-Detection',
        PORTCULLIS_RUNBOOK_ROLE: 'Portcullis-Runbook',
        PORTCULLIS_REOPENED_CLOSINGS: '3',
        PORTCULLIS_REOPENED_HOURS: '24',
      },
    },
  });
});
