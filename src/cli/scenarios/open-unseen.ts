import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  ModifyManagedPrefixListCommand,
} from '@aws-sdk/client-ec2';
import type { Target } from '../../core/target';
import type { Scenario } from './scenario';
import type { Stage } from './stage';

const OFFICE = '10.0.0.0/8';

/**
 * Somebody opens a group again by a call that no rule of EventBridge hears of: a prefix list that a rule names gets one
 * entry more.
 */
export async function openUnseen({ rules }: Scenario, target: Target, stage: Stage): Promise<void> {
  const ec2 = stage.clients.ec2(target.account, target.region);
  const { PrefixList } = await ec2.send(
    new CreateManagedPrefixListCommand({
      PrefixListName: `offices of ${target.id}`,
      AddressFamily: 'IPv4',
      MaxEntries: 2,
      Entries: [{ Cidr: OFFICE }],
    }),
  );
  const { PrefixListId = '', Version } = PrefixList ?? {};
  const IpPermissions = rules.map(({ protocol, from, to }) => ({
    ...{ IpProtocol: protocol, FromPort: from, ToPort: to },
    PrefixListIds: [{ PrefixListId }],
  }));
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: target.id, IpPermissions }));
  await stage.time?.advance(HOUR_MILLIS);
  stage.say(`an hour later it is closed still: ${PrefixListId} holds ${OFFICE} alone`);
  stage.say(`somebody adds ${ANYWHERE} to ${PrefixListId}, and nobody hears of it; a day passes`);
  const CurrentVersion = Version ?? 1;
  await ec2.send(
    new ModifyManagedPrefixListCommand({ PrefixListId, CurrentVersion, AddEntries: [{ Cidr: ANYWHERE }] }),
  );
  await stage.time?.advance(DAY_MILLIS);
}

const ANYWHERE = '0.0.0.0/0';
const HOUR_MILLIS = 3_600_000;
const DAY_MILLIS = 24 * HOUR_MILLIS;
