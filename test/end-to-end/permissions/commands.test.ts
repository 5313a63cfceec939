import { testRemovals } from './removals';

testRemovals('Portcullis-Commands');
