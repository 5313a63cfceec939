import { CfnInsight } from 'aws-cdk-lib/aws-securityhub';
import { Construct } from 'constructs';
import type { UserDefinedFields } from '../../src/core/updates/finding-update';

export interface InsightsProps {
  readonly prefix: string;
}

type Filters = CfnInsight.AwsSecurityFindingFiltersProperty;

/**
 * Insights of Security Hub CSPM in the aggregation Region, over findings of all accounts and Regions. They ask for what
 * Portcullis itself writes, the status beside it: whoever takes a finding back by hand takes it out.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-custom-insights.html
 */
export class Insights extends Construct {
  constructor(scope: Construct, id: string, { prefix }: InsightsProps) {
    super(scope, id);
    const add = (name: string, says: string, groupByAttribute: string, filters: Filters) =>
      new CfnInsight(this, name, { name: `${prefix}: ${says}`, groupByAttribute, filters });
    add('Closed', 'closed by Portcullis', 'AwsAccountId', {
      userDefinedFields: [field('PortcullisOutcome', 'closed')],
      workflowStatus: [equals('RESOLVED')],
    });
    add('Waiting', 'waiting for a decision', 'ResourceId', {
      userDefinedFields: [field('PortcullisOutcome', 'asked')],
      workflowStatus: [equals('NOTIFIED')],
      recordState: [equals('ACTIVE')],
    });
    add('Ending', 'exceptions that end soon', 'ResourceId', {
      userDefinedFields: [field('PortcullisEnds', 'soon')],
      workflowStatus: [equals('SUPPRESSED')],
      recordState: [equals('ACTIVE')],
    });
  }
}

function equals(value: string): CfnInsight.StringFilterProperty {
  return { comparison: 'EQUALS', value };
}

function field(key: keyof UserDefinedFields, value: string): CfnInsight.MapFilterProperty {
  return { comparison: 'EQUALS', key, value };
}
