import { effectOf, takesAway } from '../../../../src/core/certificate/evaluation/certified-calls';
import { CALLS, type CallName } from '../../../../src/core/planning/calls';

const names = Object.keys(CALLS) as readonly CallName[];

test.each(names)('verification knows %s, and says of its effect what plans say', (call) => {
  expect(effectOf({ call })).toBe(CALLS[call].effect);
  expect(takesAway({ call })).toBe(CALLS[call].effect !== 'adds');
});

test.each(['RevokeEverything', 'CreateSecurityGroup', 'constructor', ''])(
  'verification does not guess what %p does by how it begins',
  (call) => {
    expect(effectOf({ call })).toBeUndefined();
    expect(takesAway({ call })).toBe(false);
  },
);
