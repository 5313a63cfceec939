import { isDeepStrictEqual } from 'node:util';
import { AS_GRANTED } from './as-granted';
import { grantsOf, rolesOf } from './granted-actions';
import { playStories, type Endings } from './stories';
import { testGrants } from './test-grants';

const ROLES = ['Portcullis-Dispatcher', 'Portcullis-Orchestrator', 'Portcullis-Member', 'Portcullis-Runbook'];

testGrants('with what the templates grant, every story ends as it should', {
  grants: ROLES.flatMap((role) => grantsOf(role)),
  play: (edit) => playStories(edit, edit ? (sofar) => !isAsGranted(sofar) : undefined),
  asGranted: AS_GRANTED,
  checkEnding: ({ lies }) => {
    expect(lies).toEqual([]);
  },
});

test('no role is left out of the tests of permissions', () => {
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

/** What the sandbox answers by fetch has the prototypes of another realm than Jest's: never strictly equal to ours. */
function isAsGranted(sofar: Partial<Endings>): boolean {
  const expected = Object.entries(AS_GRANTED).filter(([part]) => part in sofar);
  return isDeepStrictEqual(JSON.parse(JSON.stringify(sofar)), JSON.parse(JSON.stringify(Object.fromEntries(expected))));
}
