import type { Configuration } from '../../core/configuration/schema/configuration-schema';
import type { Sandbox } from '../../../sandbox';

/** Registers accounts as delegated administrators of StackSets, as somebody does by hand in the management account. */
export async function registerAdministrators(
  world: Sandbox['world'],
  configurations: readonly Configuration[],
): Promise<void> {
  const { hub } = world;
  const call = { principal: { kind: 'account', account: hub.account }, ...hub } as const;
  for (const { rollout } of configurations) {
    if (rollout?.administrator !== 'delegated') continue;
    const ServicePrincipal = 'member.org.stacksets.cloudformation.amazonaws.com';
    const input = { AccountId: rollout.account, ServicePrincipal };
    await world.call('organizations', 'RegisterDelegatedAdministrator', input, call);
  }
}
