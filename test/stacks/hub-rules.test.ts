import { Match } from 'aws-cdk-lib/assertions';
import { SECURITY_HUB_CONTROLS } from '../../src/core/controls/control-id';
import { generatorIdsOf } from '../../src/core/controls/generator-ids';
import { renderArn, statementsOf } from './statements';
import { exampleWith, resourcesOf, synthesize } from './synthesized';

const { hub } = synthesize(exampleWith({ automatic: ['EC2.13', 'EC2.54'], alarmEmail: 'team@example.com' })).templates;

interface FindingPattern {
  readonly findings: { readonly $or: readonly [object, { readonly GeneratorId: readonly unknown[] }] };
}

function automaticRule(control: string): Readonly<Record<string, unknown>> {
  const name = `Portcullis-Automatic-${control.replace('.', '-')}`;
  const rule = resourcesOf(hub, 'AWS::Events::Rule').find(({ properties }) => properties['Name'] === name);
  return rule?.properties ?? {};
}

describe('the rules of the controls', () => {
  test.each(
    SECURITY_HUB_CONTROLS.map((control) => ({
      control,
      state: ['EC2.13', 'EC2.54'].includes(control) ? 'ENABLED' : 'DISABLED',
    })),
  )('$control is $state', ({ control, state }) => {
    expect(automaticRule(control)['State']).toBe(state);
  });

  test('are all off unless some are chosen', () => {
    const byDefault = synthesize().templates.hub;
    const states = resourcesOf(byDefault, 'AWS::Events::Rule').map(({ properties }) => properties['State']);
    expect(states.filter((state) => state === 'DISABLED')).toHaveLength(SECURITY_HUB_CONTROLS.length);
    // The custom actions', and those of exceptions and questions: what a person asks for is always heard.
    expect(states.filter((state) => state === 'ENABLED')).toHaveLength(6);
  });

  test.each(SECURITY_HUB_CONTROLS.map((control) => ({ control })))(
    '$control matches new failed findings by control id, or by the generator of any standard',
    ({ control }) => {
      const pattern = automaticRule(control)['EventPattern'] as { detail: FindingPattern };
      expect(pattern).toMatchObject({
        source: ['aws.securityhub'],
        'detail-type': ['Security Hub Findings - Imported'],
        detail: {
          findings: {
            Compliance: { Status: ['FAILED'] },
            RecordState: ['ACTIVE'],
            Workflow: { Status: ['NEW'] },
            $or: [{ Compliance: { SecurityControlId: [control] } }, { GeneratorId: expect.any(Array) as unknown }],
          },
        },
      });
      const generators = pattern.detail.findings.$or[1].GeneratorId.map(renderArn);
      expect(generators).toEqual(generatorIdsOf(control, '${AWS::Partition}'));
      // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html: 2,048 characters unless raised.
      expect(JSON.stringify({ ...pattern, generators }).length).toBeLessThan(2048);
    },
  );
});

test.each([
  { name: 'Close ingress', id: 'PortcullisClose', rule: 'Portcullis-CloseIngress', construct: 'CustomActionsClose' },
  {
    name: 'Preview closing',
    id: 'PortcullisPreview',
    rule: 'Portcullis-PreviewClosing',
    construct: 'CustomActionsPreview',
  },
  { name: 'Undo closing', id: 'PortcullisUndo', rule: 'Portcullis-UndoClosing', construct: 'CustomActionsUndo' },
  { name: 'Accept risk', id: 'PortcullisAccept', rule: 'Portcullis-AcceptRisk', construct: 'CustomActionsAccept' },
])('the custom action $name has its own rule, by its ARN', ({ name, id, rule, construct }) => {
  hub.hasResourceProperties('AWS::SecurityHub::ActionTarget', { Name: name, Id: id });
  hub.hasResourceProperties('AWS::Events::Rule', {
    Name: rule,
    State: 'ENABLED',
    EventPattern: {
      source: ['aws.securityhub'],
      'detail-type': ['Security Hub Findings - Custom Action'],
      resources: [{ 'Fn::GetAtt': [Match.stringLikeRegexp(construct), 'ActionTargetArn'] }],
    },
  });
});

test('a finding that somebody takes out of SUPPRESSED, where an exception had put it, is sent whatever its control', () => {
  hub.hasResourceProperties('AWS::Events::Rule', {
    Name: 'Portcullis-ExceptionLifted',
    State: 'ENABLED',
    EventPattern: {
      source: ['aws.securityhub'],
      'detail-type': ['Security Hub Findings - Imported'],
      detail: {
        findings: {
          RecordState: ['ACTIVE'],
          Workflow: { Status: ['NEW', 'NOTIFIED', 'RESOLVED'] },
          UserDefinedFields: { PortcullisOutcome: ['excepted'] },
        },
      },
    },
  });
});

test('a finding that a person is asked about and that is resolved is sent whatever its control', () => {
  hub.hasResourceProperties('AWS::Events::Rule', {
    Name: 'Portcullis-QuestionSettled',
    State: 'ENABLED',
    EventPattern: {
      source: ['aws.securityhub'],
      'detail-type': ['Security Hub Findings - Imported'],
      detail: {
        findings: {
          UserDefinedFields: { PortcullisOutcome: ['asked'] },
          $or: [
            { Compliance: { Status: ['PASSED'] } },
            { RecordState: ['ARCHIVED'] },
            { Workflow: { Status: ['RESOLVED', 'SUPPRESSED'] } },
          ],
        },
      },
    },
  });
});

test('every rule sends to the one queue, and leaves what it cannot deliver in the dead-letter queue', () => {
  for (const { properties } of resourcesOf(hub, 'AWS::Events::Rule')) {
    const [target, ...others] = properties['Targets'] as { Arn: unknown; DeadLetterConfig: { Arn: unknown } }[];
    expect(others).toEqual([]);
    expect(renderArn(target?.Arn)).toMatch(/^\$\{FindingsQueue\w+\.Arn\}$/);
    expect(renderArn(target?.DeadLetterConfig.Arn)).toMatch(/^\$\{FindingsDeadLetters\w+\.Arn\}$/);
  }
});

test('what comes by itself is grouped by account, so that a storm in one keeps no other waiting; a click is not', () => {
  const groups = resourcesOf(hub, 'AWS::Events::Rule').map(({ properties }) => {
    const [target] = properties['Targets'] as { SqsParameters?: { MessageGroupId: string } }[];
    return [String(properties['Name']), target?.SqsParameters?.MessageGroupId] as const;
  });
  const isGrouped = ([, group]: (typeof groups)[number]) => group === '$.detail.findings[0].AwsAccountId';
  expect(groups.filter(isGrouped).map(([name]) => name.startsWith('Portcullis-Automatic-'))).not.toContain(false);
  expect(groups.filter(([name]) => name.startsWith('Portcullis-Automatic-')).every(isGrouped)).toBe(true);
  expect(groups.filter(isGrouped).length).toBeGreaterThanOrEqual(8);
});

describe('outsiders', () => {
  test.each([{ queue: /^FindingsQueuePolicy/ }, { queue: /^FindingsDeadLettersPolicy/ }])(
    'cannot send to $queue: only EventBridge may, and only for our own rules',
    ({ queue }) => {
      const statements = statementsOf(hub).filter(({ logicalId }) => queue.test(logicalId));
      const allowed = statements.filter(({ effect }) => effect === 'Allow');
      expect(allowed).toMatchObject([{ principal: { Service: 'events.amazonaws.com' }, actions: ['sqs:SendMessage'] }]);
      const sources = allowed[0]?.condition['ArnEquals']?.['aws:SourceArn'] as unknown[];
      expect(new Set(sources.map(renderArn))).toEqual(
        new Set(resourcesOf(hub, 'AWS::Events::Rule').map(({ logicalId }) => `\${${logicalId}.Arn}`)),
      );
      expect(statements).toContainEqual(
        expect.objectContaining({
          effect: 'Deny',
          principal: { AWS: '*' },
          condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      );
    },
  );

  test('cannot put events: the bus has no policy, so only roles of the account can', () => {
    hub.resourceCountIs('AWS::Events::EventBus', 1);
    hub.resourceCountIs('AWS::Events::EventBusPolicy', 0);
    expect(resourcesOf(hub, 'AWS::Events::EventBus')[0]?.properties).not.toHaveProperty('Policy');
  });

  test('cannot raise false alarms: only CloudWatch may publish, for this account, over TLS', () => {
    const statements = statementsOf(hub).filter(({ holder }) => holder === 'AWS::SNS::TopicPolicy');
    expect(statements.filter(({ effect }) => effect === 'Allow')).toMatchObject([
      {
        principal: { Service: 'cloudwatch.amazonaws.com' },
        actions: ['sns:Publish'],
        condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } },
      },
    ]);
    expect(statements.filter(({ effect }) => effect === 'Deny')).toMatchObject([
      { principal: '*', condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });

  test('cannot invoke a function: none has a policy but for the API of commands', () => {
    const permissions = resourcesOf(hub, 'AWS::Lambda::Permission').map(({ properties }) => properties['Principal']);
    expect(permissions).toEqual(['apigateway.amazonaws.com']);
    hub.resourceCountIs('AWS::Lambda::Url', 0);
  });
});
