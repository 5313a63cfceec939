import { Aws, Duration } from 'aws-cdk-lib';
import {
  AccountPrincipal,
  CompositePrincipal,
  PolicyStatement,
  PrincipalWithConditions,
  Role,
} from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { ReportNames } from '../../src/core/configuration/names/report-names';
import { explainWildcard } from '../explain-wildcard';

export interface AuditorRoleProps {
  readonly names: ReportNames;
  readonly bucketName: string;
  /** `reports.auditors`: accounts of the organization. */
  readonly accounts: readonly string[];
  readonly organizationId: string;
}

/** What auditors take on, from accounts of their own: they list and read reports, and nothing else. */
export class AuditorRole extends Construct {
  constructor(scope: Construct, id: string, { names, bucketName, accounts, organizationId }: AuditorRoleProps) {
    super(scope, id);
    const bucketArn = `arn:${Aws.PARTITION}:s3:::${bucketName}`;
    const inOrganization = { StringEquals: { 'aws:PrincipalOrgID': organizationId } };
    const role = new Role(this, 'Role', {
      roleName: names.auditorRole,
      description: 'Taken on by auditors: reads reports of Portcullis',
      maxSessionDuration: Duration.hours(1),
      assumedBy: new CompositePrincipal(
        ...accounts.map((account) => new PrincipalWithConditions(new AccountPrincipal(account), inOrganization)),
      ),
    });
    role.addToPolicy(new PolicyStatement({ sid: 'ListReports', actions: ['s3:ListBucket'], resources: [bucketArn] }));
    role.addToPolicy(
      new PolicyStatement({ sid: 'ReadReports', actions: ['s3:GetObject'], resources: [`${bucketArn}/*`] }),
    );
    explainWildcard(
      role,
      `arn:<AWS::Partition>:s3:::${bucketName}/*`,
      'Reports are named for the day and time of their making.',
    );
  }
}
