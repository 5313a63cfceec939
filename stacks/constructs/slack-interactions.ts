import { CfnOutput, Duration, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { QUESTION_PREFIX, REMEDIATION_PREFIX, SLACK_PREFIX } from '../../src/aws/ledger/ledger-keys';
import type { Configuration } from '../../src/core/configuration/schema/configuration-schema';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import type { NotificationsConfiguration } from '../../src/core/configuration/schema/notifications-schema';
import { toGrantLimits } from '../../src/core/configuration/schema/grants-schema';
import { toSlackNames } from '../../src/core/configuration/names/slack-names';
import type { SlackRights } from '../../src/core/interactions/slack-rights';
import { addAlarm, ownMetric } from './alarms';
import { BundledFunction } from './bundled-function';
import type { DueMessages } from './due-messages';
import type { FindingQueue } from './finding-queue';
import { makeFunctionApi } from './function-api';
import { secretsAccess } from './secrets-access';

export interface SlackInteractionsProps {
  readonly configuration: Configuration;
  readonly slack: NonNullable<NotificationsConfiguration['slack']>;
  readonly rights: SlackRights;
  readonly names: DeploymentNames;
  readonly ledger: Table;
  readonly source: FindingQueue;
  readonly due: DueMessages;
  readonly topic: ITopic;
}

const PERIOD = Duration.minutes(5);

/** Slack waits for three seconds, the first start of a container included; then nobody hears the answer. */
const TIMEOUT = Duration.seconds(10);

/** What came, and what it was answered: also what was throttled. Slack's addresses are no secret, and nobody's own. */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  userAgent: '$context.identity.userAgent',
  route: '$context.routeKey',
  status: '$context.status',
  error: '$context.error.message',
};

/**
 * Where Slack sends what people click: an open route, throttled, and a function that verifies, authorizes, and writes
 * the answer. It starts nothing itself: what follows from an answer is a message to the hub's queue.
 */
export class SlackInteractions extends Construct {
  constructor(scope: Construct, id: string, props: SlackInteractionsProps) {
    super(scope, id);
    const { configuration, slack, rights, names, ledger, source, due, topic } = props;
    const { grants } = configuration;
    const own = toSlackNames(configuration.prefix);
    const bundled = new BundledFunction(this, 'Bundled', {
      name: own.function,
      roleName: own.functionRole,
      description: 'Takes what people click in Slack: verifies, authorizes, and writes their answers',
      entry: 'slack.ts',
      timeout: TIMEOUT,
      // Five connections of TLS are made at the first click, while somebody waits: by twice the processor.
      memoryMegabytes: 1024,
      logRetentionDays: configuration.logRetentionDays,
      environment: {
        PORTCULLIS_LEDGER_TABLE: ledger.tableName,
        PORTCULLIS_QUEUE_URL: source.queue.queueUrl,
        PORTCULLIS_SLACK_SECRET: slack.secretName,
        PORTCULLIS_SLACK_RIGHTS: JSON.stringify(rights),
        ...(grants && rights.granters && { PORTCULLIS_GRANT_LIMITS: JSON.stringify(toGrantLimits(grants)) }),
        PORTCULLIS_REGIONS: configuration.members.regions.join(','),
        PORTCULLIS_EXCEPTION_MAX_DAYS: String(configuration.acceptRisk.maximumDays),
        ...due.environment,
      },
    });
    grant(bundled.role, props);
    due.grant(bundled.role, 'scheduler:CreateSchedule');
    const { address, route } = makeFunctionApi(this, {
      name: own.api,
      description: 'What people click in Slack',
      function: bundled.function,
      path: 'slack',
      authorization: 'NONE',
      accessLog: ACCESS_LOG,
      logRetentionDays: configuration.logRetentionDays,
      // People who click; beyond it somebody tries the door, and Slack shows whoever clicks that it did not work.
      requestsPerSecond: 10,
      requestsAtOnce: 20,
    });
    Validations.of(route).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'Slack cannot sign for IAM: the function checks the signature of Slack itself, over the body, which no ' +
        'authorizer of an HTTP API is given.',
    });
    new CfnOutput(this, 'Address', {
      value: address,
      description: 'Request URL of the Slack app: docs/slack-app.yaml',
    }).overrideLogicalId(own.addressOutput);
    addAlarm(this, names, topic, {
      purpose: 'SlackErrors',
      description:
        `${own.function} fails: its log group says why. Whoever clicks in Slack sees that it did not work; ` +
        'portcullis approve works.',
      metric: bundled.function.metricErrors({ period: PERIOD }),
      threshold: 1,
    });
    addAlarm(this, names, topic, {
      purpose: 'SlackRequestsFailed',
      description:
        'Something that Slack has signed was not understood or could not be taken, or whoever clicked could not be ' +
        `notified: the log group of ${own.function} says why. portcullis approve and deny work.`,
      metric: ownMetric('SlackRequestsFailed'),
      threshold: 1,
    });
  }
}

function grant(role: Role, { ledger, rights, slack, source }: SlackInteractionsProps): void {
  const statements = [
    new PolicyStatement({
      sid: 'AnswerQuestions',
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      resources: [ledger.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${QUESTION_PREFIX}*`, `${SLACK_PREFIX}*`] },
      },
    }),
    ...(rights.undo === undefined
      ? []
      : [
          new PolicyStatement({
            sid: 'ReadClosings',
            actions: ['dynamodb:GetItem'],
            resources: [ledger.tableArn],
            conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${REMEDIATION_PREFIX}*`] } },
          }),
        ]),
    new PolicyStatement({ sid: 'BeginWhatFollows', actions: ['sqs:SendMessage'], resources: [source.queue.queueArn] }),
    secretsAccess(role, [slack.secretName]),
  ];
  for (const statement of statements) role.addToPolicy(statement);
}
