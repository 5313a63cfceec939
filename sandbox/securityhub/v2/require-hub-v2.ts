import { AwsError } from '../../runtime/aws-error';
import type { CallContext } from '../../runtime/operation';
import type { HubsV2 } from './hubs-v2';

/** @throws AwsError ConflictException, which is what operations but DescribeSecurityHubV2 have for it */
export function requireHubV2(hubs: HubsV2, context: CallContext): void {
  if (!hubs.isOn(context.world, context))
    throw new AwsError('ConflictException', 'Security Hub V2 is not enabled.', 409);
}
