import { testRemovals } from './removals';

testRemovals('Portcullis-Orchestrator');
