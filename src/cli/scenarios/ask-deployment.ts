import { createCommandsClient } from '../../aws/execute-api/commands-client';
import { toDeploymentNames } from '../../core/configuration/names/deployment-names';
import type { CommandBody } from '../operator/ask-commands';
import type { Stage } from './stage';

/**
 * Has the deployment of a stage carry out a command, as the command line does.
 *
 * @throws Error with what the deployment answered, unless it did what was asked
 */
export async function askDeployment({ clients, hub, prefix = 'Portcullis' }: Stage, body: CommandBody): Promise<void> {
  const { commandsParameter: parameter } = toDeploymentNames(prefix);
  const commands = createCommandsClient({ ssm: clients.ssm(hub.account, hub.region), parameter, region: hub.region });
  const reply = await commands.ask(body);
  if (!reply.ok) throw new Error(reply.error.cause);
  if (reply.value.status !== 200) throw new Error(JSON.stringify(reply.value.body));
}
