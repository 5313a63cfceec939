import type { Scenario } from '../../../../src/cli/scenarios/scenario';
import { playOnMoto, SCENARIOS } from '../play-on-moto';
import { DEAD_LETTERS } from './dead-letters';
import type { Occasion, Probe } from './occasion';
import { OCCASIONS } from './occasions';
import { playOccasion } from './play-occasion';

/** The scenarios of `npm start`, and what they do not come to. */
export const PROBES: readonly Probe[] = [
  ...SCENARIOS.map(toScenarioProbe),
  ...OCCASIONS.map(toOccasionProbe),
  ...DEAD_LETTERS,
];

function toScenarioProbe(scenario: Scenario): Probe {
  const { name, expected } = scenario;
  return {
    name,
    // Its account has no role to assume.
    refuses: expected.workflow === 'NOTIFIED' ? ['sts:AssumeRole'] : [],
    play: async (foreign, hurry) => {
      const { surprises, workflow } = await playOnMoto(scenario, foreign, hurry);
      const isResolved = workflow === 'RESOLVED' && expected.workflow === 'RESOLVED';
      const resolvedWhileOpen = isResolved && surprises.some((text) => text.startsWith('what is open'));
      return { surprises, resolvedWhileOpen };
    },
  };
}

function toOccasionProbe(occasion: Occasion): Probe {
  const { name, fault } = occasion;
  const refuses = fault?.kind === 'deny' ? [`${fault.service ?? ''}:${fault.operation ?? ''}`] : [];
  return { name, refuses, play: (foreign, hurry) => playOccasion(occasion, foreign, hurry) };
}
