import { exampleWith, synthesize } from './synthesized';

const { hub } = synthesize(exampleWith({ automatic: ['EC2.13', 'EC2.54'], alarmEmail: 'team@example.com' })).templates;

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
      BatchSize: 20,
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
