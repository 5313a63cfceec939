import type { Configuration } from '../../core/configuration/schema/configuration-schema';
import { standConnector, type Sandbox } from '../../../sandbox';

/**
 * Switches Security Hub V2 on where one of the configurations, all of one hub, works with it, as its owner would have,
 * and makes the connectors up that they name.
 */
export async function enableSecurityHubV2(
  world: Sandbox['world'],
  configurations: readonly Pick<Configuration, 'notifications' | 'securityHub'>[],
): Promise<void> {
  if (configurations.every(({ securityHub }) => securityHub === 'cspm')) return;
  const { hub } = world;
  const call = { principal: { kind: 'account', account: hub.account }, ...hub } as const;
  await world.call('securityhub', 'EnableSecurityHubV2', {}, call);
  const named = configurations.flatMap(({ notifications }) => notifications?.securityHub?.connectorId ?? []);
  for (const id of new Set(named)) standConnector(world, id);
}
