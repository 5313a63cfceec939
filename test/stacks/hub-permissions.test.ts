import { Match } from 'aws-cdk-lib/assertions';
import { statementsOf } from './statements';
import { exampleWith, resourcesOf, synthesize } from './synthesized';

const { hub } = synthesize(exampleWith({ automatic: ['EC2.13', 'EC2.54'], alarmEmail: 'team@example.com' })).templates;

interface MetricQuery {
  readonly MetricStat?: {
    readonly Metric: {
      readonly MetricName: string;
      readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
    };
  };
}

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
    expect(allows('Commands', 'sts:AssumeRole')).toEqual([]);
    expect(allows('Commands', 'securityhub:BatchUpdateFindings')).toEqual([]);
  });

  test.each([
    { role: 'Orchestrator', never: [] },
    { role: 'Dispatcher', never: [['RESOLVED', 'SUPPRESSED']] },
  ])('$role updates findings of its hub alone, and never sets the workflow to $never', ({ role, never }) => {
    expect(ofRole(role).filter(({ effect }) => effect === 'Deny')).toMatchObject(
      never.map((statuses) => ({
        actions: ['securityhub:BatchUpdateFindings'],
        condition: { StringEquals: { 'securityhub:ASFFSyntaxPath/Workflow.Status': statuses } },
      })),
    );
    const hubArn = 'arn:${AWS::Partition}:securityhub:eu-central-1:111111111111:hub/default';
    expect(allows(role, 'securityhub:BatchUpdateFindings')).toMatchObject([{ resources: [hubArn] }]);
  });

  test.each([
    { role: 'Dispatcher', starts: ['Orchestrator'] },
    { role: 'Commands', starts: ['Orchestrator', 'Sweeper'] },
  ])('$role starts $starts through their aliases and in no other way', ({ role, starts }) => {
    const resources = allows(role, 'lambda:InvokeFunction').flatMap((statement) => statement.resources);
    expect([...resources].sort()).toEqual(
      starts.map((name) => expect.stringMatching(new RegExp(`^\\$\\{${name}\\w+Aliaslive\\w+\\}$`)) as string),
    );
  });

  test('schedules are made in our group only, with the one role, which sends to the queue and its dead letters only', () => {
    const schedules = 'arn:${AWS::Partition}:scheduler:eu-central-1:111111111111:schedule/Portcullis/*';
    for (const role of ['Orchestrator', 'Commands']) {
      expect(allows(role, 'scheduler:CreateSchedule')).toMatchObject([{ resources: [schedules] }]);
      expect(allows(role, 'iam:PassRole')).toMatchObject([
        {
          resources: [expect.stringMatching(/^\$\{DueRole/)],
          condition: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
        },
      ]);
    }
    expect(allows('Dispatcher', 'scheduler:CreateSchedule')).toEqual([]);
    const sender = ofRole('DueRole');
    expect(sender.map(({ actions }) => actions)).toEqual([['sqs:SendMessage']]);
    expect(sender[0]?.resources).toEqual([
      expect.stringMatching(/FindingsDeadLetters/),
      expect.stringMatching(/FindingsQueue/),
    ]);
    hub.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'Portcullis-Scheduler',
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Principal: { Service: 'scheduler.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' }, ArnEquals: Match.anyValue() },
          },
        ],
      },
    });
  });

  test('nobody in the hub deletes the table, the bus, the queues or findings', () => {
    const actions = statementsOf(hub)
      .filter(({ effect }) => effect === 'Allow')
      .flatMap((statement) => statement.actions);
    expect(
      actions.filter((action) =>
        /Delete(?!Item$|Message$|Schedule$)|Purge|Put(?!Item$|Events$|LogEvents$)/.test(action),
      ),
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
    { metric: 'DurableExecutionFailed', of: 2 },
    { metric: 'DurableExecutionTimedOut' },
    { metric: 'DurableExecutionStopped' },
    { metric: 'EventsRejected' },
    { metric: 'DispatcherDenied' },
    { metric: 'FindingUpdatesFailed' },
    { metric: 'DomainEventsFailed' },
  ])('watch $metric', ({ metric, of = 1 }: { readonly metric: string; readonly of?: number }) => {
    hub.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { MetricName: metric }, of);
  });

  test('notice a message that keeps failing before SQS leaves it out of the metric, at its third delivery', () => {
    const valueOf = (type: string, name: string, field: string) =>
      Number(
        resourcesOf(hub, type).find(({ properties }) => Object.values(properties).includes(name))?.properties[field],
      );
    const visibleAgainSeconds = valueOf('AWS::SQS::Queue', 'Portcullis-Findings', 'VisibilityTimeout');
    const thresholdSeconds = valueOf('AWS::CloudWatch::Alarm', 'ApproximateAgeOfOldestMessage', 'Threshold');
    expect(thresholdSeconds).toBeGreaterThan(visibleAgainSeconds);
    // SQS tells the age once a minute.
    expect(thresholdSeconds).toBeLessThan(2 * visibleAgainSeconds - 60);
  });

  test('watch that no rule loses an event, with no more metrics than an alarm may have', () => {
    const watched = Object.values(hub.findResources('AWS::CloudWatch::Alarm')).flatMap(({ Properties }) => {
      const { Metrics = [] } = Properties as { readonly Metrics?: readonly MetricQuery[] };
      const rules = Metrics.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Metric] : []));
      expect(rules.length).toBeLessThanOrEqual(10);
      return rules;
    });
    expect(new Set(watched.map(({ MetricName }) => MetricName))).toEqual(new Set(['InvocationsFailedToBeSentToDlq']));
    const names = Object.values(hub.findResources('AWS::Events::Rule')).map(
      ({ Properties }) => (Properties as { readonly Name: string }).Name,
    );
    expect(watched.flatMap(({ Dimensions }) => Dimensions.map(({ Value }) => Value)).sort()).toEqual(names.sort());
  });

  test('reach the mailbox that is configured, or none', () => {
    hub.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'team@example.com' });
    synthesize().templates.hub.resourceCountIs('AWS::SNS::Subscription', 0);
  });
});
