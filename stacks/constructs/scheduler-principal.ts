import type { Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';

/**
 * EventBridge Scheduler, for the schedules of the deployment's group: it names no single schedule when it asks a role's
 * trust.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
export function schedulerPrincipal(stack: Stack, { scheduleGroup }: DeploymentNames): ServicePrincipal {
  return new ServicePrincipal('scheduler.amazonaws.com', {
    conditions: {
      StringEquals: { 'aws:SourceAccount': stack.account },
      ArnEquals: {
        'aws:SourceArn': stack.formatArn({
          service: 'scheduler',
          resource: 'schedule-group',
          resourceName: scheduleGroup,
        }),
      },
    },
  });
}
