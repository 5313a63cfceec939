import { askDeployment } from './ask-deployment';
import { prepareScenario } from './prepare-scenario';
import type { Scenario } from './scenario';
import type { Stage } from './stage';
import { waitForNotes } from './wait-for-findings';

/**
 * As many groups as the brake allows are opened, and must be closed by themselves, before the one that the scenario is
 * about.
 *
 * @returns what was not as it should be
 */
export async function useUpBrake(scenario: Scenario, stage: Stage): Promise<readonly string[]> {
  const surprises: string[] = [];
  for (let count = 1; count <= (scenario.closedBefore ?? 0); count++) {
    surprises.push(...(await mustClose(scenario, `before ${String(count)}`, stage)));
  }
  return surprises;
}

/**
 * Somebody has looked and releases the brake: one more is opened, and must be closed by itself again.
 *
 * @returns what was not as it should be
 */
export async function releaseBrake(scenario: Scenario, stage: Stage): Promise<readonly string[]> {
  if (scenario.closedBefore === undefined) return [];
  stage.say('portcullis brake release: what closes by itself does so again');
  await askDeployment(stage, { command: 'release' });
  return mustClose(scenario, 'after', stage);
}

async function mustClose(scenario: Scenario, which: string, stage: Stage): Promise<readonly string[]> {
  const { findingIds } = await prepareScenario({ ...scenario, name: `${scenario.name} ${which}` }, stage);
  const findings = await waitForNotes(findingIds, [], stage);
  const workflows = findings.map(({ Workflow }) => Workflow?.Status ?? 'none');
  if (workflows.length > 0 && workflows.every((workflow) => workflow === 'RESOLVED')) {
    stage.say('closed by itself');
    return [];
  }
  return [`the one ${which} is ${workflows.join(', ') || 'not found'}, expected RESOLVED`];
}
