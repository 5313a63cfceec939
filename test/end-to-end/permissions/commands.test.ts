import { AS_GRANTED } from './as-granted';
import { grantsOf } from './granted-actions';
import { playCommandsAlone } from './stories';
import { testGrants } from './test-grants';

// The commands function has no part in what people do in the console: those stories, which stories.test.ts plays, would
// end as they do with all that is granted, so that they are not played for its permissions.

testGrants('with what the template grants, commands are answered and carried out as among the other stories', {
  // The scheduler's role sends what commands, among others, have made due.
  grants: [...grantsOf('Portcullis-Commands'), ...grantsOf('Portcullis-Scheduler')],
  play: playCommandsAlone,
  asGranted: AS_GRANTED.commands,
  checkEnding: (lines) => {
    expect(lines).not.toContain('RESOLVED over an open port');
  },
});
