import { Aws, CfnCondition, Fn, Stack } from 'aws-cdk-lib';
import { CfnPolicy, Policy, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { AthenaConfiguration } from '../../src/core/configuration/schema/athena-schema';
import { explainWildcard } from '../explain-wildcard';

export interface AthenaReadingProps {
  readonly role: Role;
  /** Of the role. */
  readonly condition: CfnCondition;
  readonly athena: AthenaConfiguration;
}

/** What Athena does with the role's permissions it may; nobody else may read a bucket with them. */
const THROUGH_ATHENA = { 'ForAnyValue:StringEquals': { 'aws:CalledVia': ['athena.amazonaws.com'] } };

/**
 * What a query of flow logs in S3 takes: the work group, the table, its buckets. Only in the account that has the
 * table, where one is named. https://docs.aws.amazon.com/athena/latest/ug/security-iam-athena-calledvia.html
 */
export class AthenaReading extends Construct {
  constructor(scope: Construct, id: string, { role, condition, athena }: AthenaReadingProps) {
    super(scope, id);
    const { workGroup, database, table, buckets, results, account, region = '*' } = athena;
    const stack = Stack.of(this);
    const glue = (resource: string, resourceName?: string): string =>
      stack.formatArn({
        ...{ service: 'glue', region, account: Aws.ACCOUNT_ID, resource },
        ...(resourceName === undefined ? {} : { resourceName }),
      });
    const bucketArn = (bucket: string): string => `arn:${Aws.PARTITION}:s3:::${bucket}`;
    const policy = new Policy(this, 'Policy', {
      roles: [role],
      statements: [
        new PolicyStatement({
          sid: 'SearchFlowLogsInS3',
          actions: [
            'athena:GetQueryExecution',
            'athena:GetQueryResults',
            'athena:GetWorkGroup',
            'athena:StartQueryExecution',
          ],
          resources: [stack.formatArn({ service: 'athena', region, resource: 'workgroup', resourceName: workGroup })],
        }),
        new PolicyStatement({
          sid: 'FindTableOfFlowLogs',
          actions: ['glue:GetDatabase', 'glue:GetPartitions', 'glue:GetTable'],
          resources: [glue('catalog'), glue('database', database), glue('table', `${database}/${table}`)],
          conditions: THROUGH_ATHENA,
        }),
        new PolicyStatement({
          sid: 'FindFlowLogsInS3',
          actions: ['s3:GetBucketLocation', 's3:ListBucket'],
          resources: buckets.map(bucketArn),
          conditions: THROUGH_ATHENA,
        }),
        new PolicyStatement({
          sid: 'ReadFlowLogsInS3',
          actions: ['s3:GetObject'],
          resources: buckets.map((bucket) => `${bucketArn(bucket)}/*`),
          conditions: THROUGH_ATHENA,
        }),
        ...(results === undefined ? [] : this.#writeResults(results, bucketArn)),
      ],
    });
    const hasTable =
      account === undefined
        ? condition
        : new CfnCondition(this, 'HasTable', {
            expression: Fn.conditionAnd(condition, Fn.conditionEquals(Aws.ACCOUNT_ID, account)),
          });
    const resource = policy.node.defaultChild;
    if (!(resource instanceof CfnPolicy)) throw new Error(`${policy.node.path} has no AWS::IAM::Policy of its own`);
    resource.cfnOptions.condition = hasTable;
    this.#explain(policy, athena);
  }

  #writeResults(results: string, bucketArn: (bucket: string) => string): readonly PolicyStatement[] {
    const [bucket = ''] = results.split('/');
    return [
      new PolicyStatement({
        sid: 'FindResultsOfAthena',
        actions: ['s3:GetBucketLocation'],
        resources: [bucketArn(bucket)],
        conditions: THROUGH_ATHENA,
      }),
      new PolicyStatement({
        sid: 'WriteResultsOfAthena',
        actions: ['s3:GetObject', 's3:PutObject'],
        resources: [`${bucketArn(results)}/*`],
        conditions: THROUGH_ATHENA,
      }),
    ];
  }

  #explain(policy: Policy, { workGroup, database, table, buckets, results, region }: AthenaConfiguration): void {
    const every = 'One role serves every Region; the work group and the table are named.';
    if (region === undefined) {
      explainWildcard(policy, `arn:<AWS::Partition>:athena:*:<AWS::AccountId>:workgroup/${workGroup}`, every);
      for (const resource of ['catalog', `database/${database}`, `table/${database}/${table}`]) {
        explainWildcard(policy, `arn:<AWS::Partition>:glue:*:<AWS::AccountId>:${resource}`, every);
      }
    }
    const objects = 'By Athena alone: which objects a query reads or writes is not known before.';
    for (const folder of [...buckets, ...(results === undefined ? [] : [results])]) {
      explainWildcard(policy, `arn:<AWS::Partition>:s3:::${folder}/*`, objects);
    }
  }
}
