import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Says why a permission names a resource with a wildcard. cdk-nag refuses those that nobody explained.
 * @param resource as cdk-nag writes it, with `<AWS::Partition>` for the partition.
 */
export function explainWildcard(scope: IConstruct, resource: string, reason: string): void {
  Validations.of(scope).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
}
