import { rolesOf } from './granted-actions';
import { AS_GRANTED, testRemovals } from './removals';
import { playStories } from './stories';

test('with what the templates grant, every story ends as it should', async () => {
  expect(await playStories()).toEqual(AS_GRANTED);
});

test('no role is left out of these tests', () => {
  // One role of drills in each of its accounts.
  expect([...new Set(rolesOf())].sort()).toEqual([
    'Portcullis-Commands',
    'Portcullis-Detection',
    'Portcullis-Dispatcher',
    'Portcullis-Drill',
    'Portcullis-Member',
    'Portcullis-Orchestrator',
    'Portcullis-Runbook',
    'Portcullis-Scheduler',
    'Portcullis-Sweeper',
  ]);
});

testRemovals('Portcullis-Dispatcher');
