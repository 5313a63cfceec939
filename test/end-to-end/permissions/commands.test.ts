import { grantsOf, without } from './granted-actions';
import { AS_GRANTED } from './removals';
import { playCommandsAlone } from './stories';

// The commands function has no part in what people do in the console: those stories, which dispatcher.test.ts plays,
// would end as they do with all that is granted, so that they are not played for each of its permissions.

test('with what the template grants, commands are answered and carried out as among the other stories', async () => {
  expect(await playCommandsAlone()).toEqual(AS_GRANTED.commands);
});

// The scheduler's role sends what commands, among others, have made due.
test.each([...grantsOf('Portcullis-Commands'), ...grantsOf('Portcullis-Scheduler')])(
  '$role cannot do without $action ($sid)',
  async (grant) => {
    const lines = await playCommandsAlone(without(grant));
    expect(lines).not.toContain('RESOLVED over an open port');
    expect(lines).not.toEqual(AS_GRANTED.commands);
  },
);
