import { setTimeout as pause } from 'node:timers/promises';
import { BUILT_IN_SCENARIOS } from '../../../src/cli/scenarios/built-in-scenarios';
import { playScenario } from '../../../src/cli/scenarios/play-scenario';
import { SandboxClients } from '../../../src/cli/scenarios/sandbox-clients';
import type { Scenario, ScenarioOutcome } from '../../../src/cli/scenarios/scenario';
import type { ForeignSandbox } from './foreign-sandbox';

const HUB = '111111111111';

/**
 * The scenarios of `npm start`, none in the hub account: moto takes an account as a principal for its root user alone,
 * and would refuse the hub as a member of itself.
 */
export const SCENARIOS: readonly Scenario[] = BUILT_IN_SCENARIOS.flatMap((scenario) => {
  // Nobody answers commands on foreign ground: they go through an HTTP API.
  if (scenario.approved === true) return [];
  return scenario.account === HUB ? { ...scenario, account: '333333333333' } : scenario;
});

let plays = 0;

/** @param hurry how many times faster than time the scenario loses its patience */
export function playOnMoto(
  scenario: Scenario,
  foreign: ForeignSandbox,
  hurry = (): number => 1,
): Promise<ScenarioOutcome> {
  const { hub, partition } = foreign.sandbox.world;
  const began = Date.now();
  // The group is called as the scenario is, and may be there from the last time.
  plays++;
  return playScenario(
    { ...scenario, name: `${scenario.name} ${plays}` },
    {
      clients: new SandboxClients(foreign.endpoint),
      hub,
      partition,
      say: () => undefined,
      now: () => began + (Date.now() - began) * hurry(),
      pause: (millis) => pause(millis),
    },
  );
}
