import type { SandboxWorld } from '../runtime/create-world';
import type { SecurityHubService } from './securityhub-service';

/** Has the hub account have a connector of Security Hub V2 under an id that a configuration names, connected. */
export function standConnector(world: SandboxWorld, id: string): void {
  const { connectors } = world.service('securityhub') as SecurityHubService;
  const SecretArn = `arn:${world.partition}:secretsmanager:${world.hub.region}:${world.hub.account}:secret:made-up`;
  const Provider = { ServiceNow: { InstanceName: 'example', SecretArn } };
  connectors.add(world, world.hub, { Name: `made-up-${id}`, Provider }, id);
}
