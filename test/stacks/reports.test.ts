import { AwsSolutionsChecks } from 'cdk-nag';
import { parseReporterSettings } from '../../src/handlers/settings/reporter-settings';
import { exampleWith, synthesize } from './synthesized';

const reports = { schedule: 'cron(0 6 ? * MON *)', keepDays: 30 };
const { hub } = synthesize(exampleWith({ reports })).templates;
const locked = synthesize(exampleWith({ reports: { ...reports, objectLock: true } })).templates.hub;
const without = synthesize(exampleWith({})).templates.hub;

const BUCKET = 'portcullis-reports-111111111111-eu-central-1';

test('without reports there is no bucket and no function for them', () => {
  without.resourceCountIs('AWS::S3::Bucket', 0);
  expect(
    Object.keys(
      without.findResources('AWS::Lambda::Function', { Properties: { FunctionName: 'Portcullis-Reporter' } }),
    ),
  ).toEqual([]);
});

test('the bucket keeps versions, is encrypted and closed to the public, logs its readers, ends reports, and stays', () => {
  hub.hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      BucketName: BUCKET,
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 30, Status: 'Enabled' }] },
    },
  });
  const [bucket] = Object.values(hub.findResources('AWS::S3::Bucket', { Properties: { BucketName: BUCKET } }));
  expect(bucket).toHaveProperty('Properties.LoggingConfiguration.DestinationBucketName');
});

test('both buckets refuse what is not TLS', () => {
  const policies = Object.values(hub.findResources('AWS::S3::BucketPolicy'));
  expect(policies).toHaveLength(2);
  for (const policy of policies) {
    expect(JSON.stringify(policy)).toContain('"Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny"');
    expect(JSON.stringify(policy)).toContain('"s3:TlsVersion":1.2');
  }
});

test('nobody removes a report before its days are over, where that is asked for', () => {
  const retention = { Mode: 'COMPLIANCE', Days: 30 };
  locked.hasResourceProperties('AWS::S3::Bucket', {
    ObjectLockEnabled: true,
    ObjectLockConfiguration: { Rule: { DefaultRetention: retention } },
  });
  expect(JSON.stringify(hub.findResources('AWS::S3::Bucket'))).not.toContain('ObjectLock');
});

test('the function has 512 MB, room on its disk, the time that Lambda gives, and settings that it reads', () => {
  hub.hasResourceProperties('AWS::Lambda::Function', {
    FunctionName: 'Portcullis-Reporter',
    MemorySize: 512,
    Timeout: 900,
    EphemeralStorage: { Size: 3072 },
  });
  const [made] = Object.values(
    hub.findResources('AWS::Lambda::Function', { Properties: { FunctionName: 'Portcullis-Reporter' } }),
  );
  const { Variables } = (
    made?.['Properties'] as { readonly Environment: { readonly Variables: Record<string, unknown> } }
  ).Environment;
  const environment = Object.fromEntries(
    Object.entries(Variables).map(([name, value]) => [name, typeof value === 'string' ? value : 'a-reference']),
  );
  expect(parseReporterSettings(environment)).toMatchObject({
    formats: ['html', 'csv', 'ocsf', 'oscal'],
    due: { CRITICAL: 15, HIGH: 30, MEDIUM: 90, LOW: 180 },
  });
});

test('the schedule starts it, with a role that may do nothing else', () => {
  hub.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(0 6 ? * MON *)',
    GroupName: 'Portcullis',
  });
  hub.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'Portcullis-ReportsFailed' });
});

test('without auditors there is no role for them; with some, it is trusted by their accounts within the organization', () => {
  const roleIn = (template: typeof hub) =>
    template.findResources('AWS::IAM::Role', { Properties: { RoleName: 'Portcullis-Auditor' } });
  expect(roleIn(hub)).toEqual({});
  const audited = synthesize(exampleWith({ reports: { ...reports, auditors: ['444444444444'] } }));
  const [role] = Object.values(roleIn(audited.templates.hub));
  const trust = JSON.stringify(role?.['Properties']);
  expect(trust).toContain(':iam::444444444444:root');
  expect(trust).toContain('"aws:PrincipalOrgID":"o-');
  const report = new AwsSolutionsChecks(audited.app).validateScope(audited.app);
  expect(report.violations.map(({ ruleName }) => ruleName)).toEqual([]);
});
