import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

export type WorkflowStatus = 'NEW' | 'NOTIFIED' | 'RESOLVED' | 'SUPPRESSED';

function denyStatuses(hub: string, denied: readonly WorkflowStatus[]): PolicyStatement {
  return new PolicyStatement({
    sid: 'NeverSetTheseStatuses',
    effect: Effect.DENY,
    actions: ['securityhub:BatchUpdateFindings'],
    resources: [hub],
    conditions: { StringEquals: { 'securityhub:ASFFSyntaxPath/Workflow.Status': [...denied] } },
  });
}

/**
 * Reads and updates findings of this account's hub, without ever setting the workflow to one of the statuses denied. A
 * denial with plain StringEquals, because that is the form documented for the key, which has one value; an update that
 * sets no workflow has no such key, and is not denied.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html
 */
export function findingsAccess(scope: Construct, denied: readonly WorkflowStatus[]): readonly PolicyStatement[] {
  const hub = Stack.of(scope).formatArn({ service: 'securityhub', resource: 'hub', resourceName: 'default' });
  return [
    new PolicyStatement({
      sid: 'ReadAndUpdateFindings',
      actions: ['securityhub:GetFindings', 'securityhub:BatchUpdateFindings'],
      resources: [hub],
    }),
    ...(denied.length === 0 ? [] : [denyStatuses(hub, denied)]),
  ];
}
