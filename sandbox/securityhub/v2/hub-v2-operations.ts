import type {
  DescribeSecurityHubV2Response,
  DisableSecurityHubV2Response,
  EnableSecurityHubV2Request,
  EnableSecurityHubV2Response,
} from '@aws-sdk/client-securityhub';

import type { Operation } from '../../runtime/operation';
import { hubV2Arn, type HubsV2 } from './hubs-v2';

export interface HubV2Operations {
  readonly EnableSecurityHubV2: Operation<EnableSecurityHubV2Request, EnableSecurityHubV2Response>;
  readonly DisableSecurityHubV2: Operation<object, DisableSecurityHubV2Response>;
  readonly DescribeSecurityHubV2: Operation<object, DescribeSecurityHubV2Response>;
}

/** Switches Security Hub V2 on and off. It is on at once here; tags are not kept. */
export function createHubV2Operations(hubs: HubsV2): HubV2Operations {
  return {
    EnableSecurityHubV2: {
      permissions: () => [{ action: 'securityhub:EnableSecurityHubV2', resource: '*' }],
      handle: (_input, { world, account, region }) => ({ HubV2Arn: hubs.enable(world, { account, region }) }),
    },
    DisableSecurityHubV2: {
      permissions: (_input, context) => [
        { action: 'securityhub:DisableSecurityHubV2', resource: hubV2Arn(context.world, context) },
      ],
      handle: (_input, { account, region }) => {
        hubs.disable({ account, region });
        return {};
      },
    },
    DescribeSecurityHubV2: {
      permissions: (_input, context) => [
        { action: 'securityhub:DescribeSecurityHubV2', resource: hubV2Arn(context.world, context) },
      ],
      handle: (_input, context) => {
        const { arn, subscribedAt } = hubs.describe(context);
        return { HubV2Arn: arn, SubscribedAt: subscribedAt };
      },
    },
  };
}
