import { AuthorizeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import type { Target } from '../../core/target';
import { toIpPermission } from './ip-permission';
import type { Scenario } from './scenario';
import type { Stage } from './stage';

/** Somebody opens a group again some time after it was closed, and does not say so to anybody. */
export async function openAgain({ rules }: Scenario, target: Target, stage: Stage): Promise<void> {
  await stage.time?.advance(MINUTE_MILLIS);
  stage.say('a minute later somebody opens it again, and CloudTrail reports the call');
  await stage.clients
    .ec2(target.account, target.region)
    .send(new AuthorizeSecurityGroupIngressCommand({ GroupId: target.id, IpPermissions: rules.map(toIpPermission) }));
}

/** CloudTrail shows times in whole seconds: the call must be later than the closing by more than that. */
const MINUTE_MILLIS = 60_000;
