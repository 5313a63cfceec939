import { askDeployment } from './ask-deployment';
import type { Stage } from './stage';

/** What is automatic asks from now on. */
export async function engageBrake(stage: Stage): Promise<void> {
  stage.say('portcullis brake engage: what closes by itself asks now');
  await askDeployment(stage, { command: 'engage', reason: 'an approval is shown' });
}

/** Somebody approves what is asked about the findings, and releases the brake. */
export async function approveAtTerminal(findingIds: readonly string[], stage: Stage): Promise<void> {
  stage.say('portcullis approve, and portcullis brake release');
  for (const findingId of findingIds) {
    await askDeployment(stage, { command: 'approve', findingId, comment: 'nobody needs it from outside' });
  }
  await askDeployment(stage, { command: 'release' });
}
