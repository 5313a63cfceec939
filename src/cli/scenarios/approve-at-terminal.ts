import { createCommandsClient } from '../../aws/execute-api/commands-client';
import { toDeploymentNames } from '../../core/configuration/deployment-names';
import type { Stage } from './stage';

/** What is automatic asks from now on. */
export async function engageBrake(stage: Stage): Promise<void> {
  stage.say('portcullis brake engage: what closes by itself asks now');
  await ask(stage, { command: 'engage', reason: 'an approval is shown' });
}

/** Somebody approves what is asked about the findings, and releases the brake. */
export async function approveAtTerminal(findingIds: readonly string[], stage: Stage): Promise<void> {
  stage.say('portcullis approve, and portcullis brake release');
  for (const findingId of findingIds) {
    await ask(stage, { command: 'approve', findingId, comment: 'nobody needs it from outside' });
  }
  await ask(stage, { command: 'release' });
}

/** @throws Error with what the deployment answered, unless it did what was asked */
async function ask({ clients, hub, prefix = 'Portcullis' }: Stage, body: object): Promise<void> {
  const { commandsParameter: parameter } = toDeploymentNames(prefix);
  const commands = createCommandsClient({ ssm: clients.ssm(hub.account, hub.region), parameter, region: hub.region });
  const reply = await commands.ask(body);
  if (!reply.ok) throw new Error(reply.error.cause);
  if (reply.value.status !== 200) throw new Error(JSON.stringify(reply.value.body));
}
