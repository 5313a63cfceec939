import { caseWorlds, isPlain } from './played-cases';
import { testCases } from './test-cases';

/** The rows of the planner's table that have a policy of their own, or prefix lists that cannot be read. */
testCases(caseWorlds().filter((world) => !isPlain(world)));
