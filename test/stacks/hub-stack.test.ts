import { Match } from 'aws-cdk-lib/assertions';
import { policySchema } from '../../src/core/configuration/policy-schema';
import { toPlanPolicy } from '../../src/core/configuration/to-plan-policy';
import { CONTROL_IDS } from '../../src/core/controls/control-id';
import { generatorIdsOf } from '../../src/core/controls/generator-ids';
import { EXECUTION_TIMEOUT_SECONDS } from '../../src/flow/limits';
import { parseDispatcherSettings, parseOrchestratorSettings } from '../../src/handlers/settings';
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

function environmentOf(name: string): Readonly<Record<string, unknown>> {
  const found = resourcesOf(hub, 'AWS::Lambda::Function').find(({ properties }) => properties['FunctionName'] === name);
  return (found?.properties['Environment'] as { Variables: Record<string, unknown> }).Variables;
}

/** An environment with what CloudFormation would put in place of references. */
function deployed(environment: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const arn = (rest: string): string => `arn:aws-us-gov:${rest}`;
  const references: Readonly<Record<string, string>> = {
    PORTCULLIS_ORCHESTRATOR_ARN: arn('lambda:us-gov-west-1:111111111111:function:Portcullis-Orchestrator:live'),
    PORTCULLIS_DEAD_LETTER_QUEUE_URL: 'https://sqs.us-gov-west-1.amazonaws.com/111111111111/Portcullis-DeadLetters',
    PORTCULLIS_CLOSE_ACTION_ARN: arn('securityhub:us-gov-west-1:111111111111:action/custom/PortcullisClose'),
    PORTCULLIS_PREVIEW_ACTION_ARN: arn('securityhub:us-gov-west-1:111111111111:action/custom/PortcullisPreview'),
    PORTCULLIS_UNDO_ACTION_ARN: arn('securityhub:us-gov-west-1:111111111111:action/custom/PortcullisUndo'),
  };
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : (references[name] ?? 'reference'),
    ]),
  );
}

describe('the rules of the controls', () => {
  test.each(
    CONTROL_IDS.map((control) => ({ control, state: ['EC2.13', 'EC2.54'].includes(control) ? 'ENABLED' : 'DISABLED' })),
  )('$control is $state', ({ control, state }) => {
    expect(automaticRule(control)['State']).toBe(state);
  });

  test('are all off unless some are chosen', () => {
    const byDefault = synthesize().templates.hub;
    const states = resourcesOf(byDefault, 'AWS::Events::Rule').map(({ properties }) => properties['State']);
    expect(states.filter((state) => state === 'DISABLED')).toHaveLength(CONTROL_IDS.length);
    // The custom actions': what a person asks for is always heard.
    expect(states.filter((state) => state === 'ENABLED')).toHaveLength(3);
  });

  test.each(CONTROL_IDS.map((control) => ({ control })))(
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

test('every rule sends to the one queue, and leaves what it cannot deliver in the dead-letter queue', () => {
  for (const { properties } of resourcesOf(hub, 'AWS::Events::Rule')) {
    const [target, ...others] = properties['Targets'] as { Arn: unknown; DeadLetterConfig: { Arn: unknown } }[];
    expect(others).toEqual([]);
    expect(renderArn(target?.Arn)).toMatch(/^\$\{FindingsQueue\w+\.Arn\}$/);
    expect(renderArn(target?.DeadLetterConfig.Arn)).toMatch(/^\$\{FindingsDeadLetters\w+\.Arn\}$/);
  }
});

describe('outsiders', () => {
  test.each([{ queue: /^FindingsQueuePolicy/ }, { queue: /^FindingsDeadLettersPolicy/ }])(
    'cannot send to $queue: only EventBridge may, and only for our own eleven rules',
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

  test('cannot invoke a function: no function has a policy', () => {
    hub.resourceCountIs('AWS::Lambda::Permission', 0);
    hub.resourceCountIs('AWS::Lambda::Url', 0);
  });
});

describe('the queues', () => {
  test('are encrypted, and the dead letters outlive the queue', () => {
    hub.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
    hub.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'Portcullis-DeadLetters',
      MessageRetentionPeriod: 14 * 86_400,
      RedriveAllowPolicy: { redrivePermission: 'byQueue' },
    });
    hub.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'Portcullis-Findings',
      RedrivePolicy: { maxReceiveCount: 5 },
    });
  });

  test('give the dispatcher six times its time-out before a message shows again', () => {
    hub.hasResourceProperties('AWS::Lambda::Function', { FunctionName: 'Portcullis-Dispatcher', Timeout: 60 });
    hub.hasResourceProperties('AWS::SQS::Queue', { QueueName: 'Portcullis-Findings', VisibilityTimeout: 362 });
    hub.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 2,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
  });
});

describe('the ledger', () => {
  test('is encrypted, recoverable to the second, and stays when the stack goes', () => {
    hub.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        TableName: 'Portcullis-Ledger',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        DeletionProtectionEnabled: true,
      },
    });
  });

  test('may be deleted where the configuration says so', () => {
    const { hub: unprotected } = synthesize(exampleWith({ ledger: { deletionProtection: false } })).templates;
    unprotected.hasResourceProperties('AWS::DynamoDB::Table', { DeletionProtectionEnabled: false });
  });
});

describe('the functions', () => {
  test('run on Node 24 and log for as long as configured', () => {
    hub.allResourcesProperties('AWS::Lambda::Function', { Runtime: 'nodejs24.x', Architectures: ['arm64'] });
    const groups = resourcesOf(hub, 'AWS::Logs::LogGroup').map(({ properties }) => properties);
    expect(groups).toEqual([
      expect.objectContaining({ LogGroupName: '/aws/lambda/Portcullis-Orchestrator', RetentionInDays: 90 }),
      expect.objectContaining({ LogGroupName: '/aws/lambda/Portcullis-Dispatcher', RetentionInDays: 90 }),
    ]);
  });

  test('the orchestrator is durable, has an alias, and keeps old versions for executions under way', () => {
    hub.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'Portcullis-Orchestrator',
      DurableConfig: { ExecutionTimeout: EXECUTION_TIMEOUT_SECONDS, RetentionPeriodInDays: 14 },
      DeadLetterConfig: { TargetArn: Match.anyValue() },
    });
    hub.hasResourceProperties('AWS::Lambda::Alias', { Name: 'live' });
    hub.hasResource('AWS::Lambda::Version', { DeletionPolicy: 'Retain' });
  });

  test('get an environment that their code accepts', () => {
    expect(parseDispatcherSettings(deployed(environmentOf('Portcullis-Dispatcher')))).toMatchObject({
      automaticControls: ['EC2.13', 'EC2.54'],
    });
    expect(parseOrchestratorSettings(deployed(environmentOf('Portcullis-Orchestrator')))).toMatchObject({
      prefix: 'Portcullis',
      policy: toPlanPolicy(exampleWith().policy),
    });
  });

  test('the dispatcher knows what its code reads', () => {
    expect(environmentOf('Portcullis-Dispatcher')).toEqual({
      PORTCULLIS_PREFIX: 'Portcullis',
      PORTCULLIS_LEDGER_TABLE: expect.anything() as unknown,
      PORTCULLIS_ORCHESTRATOR_ARN: { Ref: expect.stringMatching(/Aliaslive/) as unknown },
      PORTCULLIS_DEAD_LETTER_QUEUE_URL: expect.anything() as unknown,
      PORTCULLIS_CLOSE_ACTION_ARN: expect.anything() as unknown,
      PORTCULLIS_PREVIEW_ACTION_ARN: expect.anything() as unknown,
      PORTCULLIS_UNDO_ACTION_ARN: expect.anything() as unknown,
      PORTCULLIS_AUTOMATIC_CONTROLS: 'EC2.13,EC2.54',
    });
  });

  test('the largest policy that a configuration may hold fits into the 4 KB of an environment', () => {
    const overrides = (count: number): object[] =>
      Array.from({ length: count }, (_, index) => ({ accounts: [String(100_000_000_000 + index)], strategy: 'close' }));
    const largest = [...Array(80).keys()].findLast((count) => {
      const parsed = policySchema.safeParse({ overrides: overrides(count) });
      return parsed.success;
    });
    expect(largest).toBeGreaterThan(40);
    const synthesized = synthesize(
      exampleWith({ prefix: 'Abcdefghijkl', policy: { overrides: overrides(largest ?? 0) } }),
    );
    const orchestrator = resourcesOf(synthesized.templates.hub, 'AWS::Lambda::Function').find(
      ({ properties }) => properties['FunctionName'] === 'Abcdefghijkl-Orchestrator',
    );
    // References are longer in the template than what CloudFormation puts in their place.
    expect(JSON.stringify(orchestrator?.properties['Environment']).length).toBeLessThan(4096);
  });

  test('the orchestrator knows what its code reads', () => {
    const environment = environmentOf('Portcullis-Orchestrator');
    expect(environment).toMatchObject({
      PORTCULLIS_PREFIX: 'Portcullis',
      PORTCULLIS_MEMBER_ROLE: 'Portcullis-Member',
      PORTCULLIS_RUNBOOK_ROLE: 'Portcullis-Runbook',
    });
    expect(Object.keys(environment)).toHaveLength(6);
    expect(JSON.parse(String(environment['PORTCULLIS_POLICY']))).toMatchObject({ strategy: 'close', ruleQuota: 60 });
  });
});

describe('permissions', () => {
  const ofRole = (role: string) =>
    statementsOf(hub).filter(({ holder, logicalId }) => holder === 'AWS::IAM::Policy' && logicalId.startsWith(role));
  const allows = (role: string, action: string) =>
    ofRole(role).filter(({ effect, actions }) => effect === 'Allow' && actions.includes(action));

  test('the orchestrator takes on the member role, inside the organization only', () => {
    expect(allows('Orchestrator', 'sts:AssumeRole')).toMatchObject([
      {
        resources: ['arn:${AWS::Partition}:iam::*:role/Portcullis-Member'],
        condition: { StringEquals: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } },
      },
    ]);
    expect(allows('Dispatcher', 'sts:AssumeRole')).toEqual([]);
  });

  test.each([
    { role: 'Orchestrator', never: ['SUPPRESSED'] },
    { role: 'Dispatcher', never: ['RESOLVED', 'SUPPRESSED'] },
  ])('$role never sets the workflow to $never', ({ role, never }) => {
    expect(ofRole(role).filter(({ effect }) => effect === 'Deny')).toMatchObject([
      {
        actions: ['securityhub:BatchUpdateFindings'],
        condition: { 'ForAnyValue:StringEquals': { 'securityhub:ASFFSyntaxPath/Workflow.Status': never } },
      },
    ]);
    const hubArn = 'arn:${AWS::Partition}:securityhub:eu-central-1:111111111111:hub/default';
    expect(allows(role, 'securityhub:BatchUpdateFindings')).toMatchObject([{ resources: [hubArn] }]);
  });

  test('the dispatcher starts the orchestrator through its alias and in no other way', () => {
    const [statement, ...others] = allows('Dispatcher', 'lambda:InvokeFunction');
    expect(others).toEqual([]);
    expect(statement?.resources).toEqual([expect.stringMatching(/^\$\{\w+Aliaslive\w+\}$/)]);
  });

  test('nobody in the hub deletes the table, the bus, the queues or findings', () => {
    const actions = statementsOf(hub)
      .filter(({ effect }) => effect === 'Allow')
      .flatMap((statement) => statement.actions);
    expect(
      actions.filter((action) => /Delete(?!Item$|Message$)|Purge|Put(?!Item$|Events$|LogEvents$)/.test(action)),
    ).toEqual([]);
  });
});

describe('alarms', () => {
  test('all go to the topic, and silence is no alarm', () => {
    hub.allResourcesProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: [{ Ref: Match.stringLikeRegexp('AlarmTopic') }],
      TreatMissingData: 'notBreaching',
    });
  });

  test.each([
    { metric: 'ApproximateNumberOfMessagesVisible' },
    { metric: 'ApproximateAgeOfOldestMessage' },
    { metric: 'DurableExecutionFailed' },
    { metric: 'DurableExecutionTimedOut' },
    { metric: 'EventsRejected' },
    { metric: 'FindingUpdatesFailed' },
    { metric: 'DomainEventsFailed' },
  ])('watch $metric', ({ metric }) => {
    hub.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { MetricName: metric }, 1);
  });

  test('reach the mailbox that is configured, or none', () => {
    hub.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'team@example.com' });
    synthesize().templates.hub.resourceCountIs('AWS::SNS::Subscription', 0);
  });
});
