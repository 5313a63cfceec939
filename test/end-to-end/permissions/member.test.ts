import { testRemovals } from './removals';

testRemovals('Portcullis-Member');
testRemovals('Portcullis-Runbook');
