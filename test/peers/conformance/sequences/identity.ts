import type { Sequence } from '../sequence';

const RoleArn = 'arn:aws:iam::333333333333:role/Visited';

/** The role itself exists in the sandbox only (moto asks for none): see the test. */
export const identity: readonly Sequence[] = [
  {
    name: 'assuming a role of another account',
    steps: [
      { call: 'sts:GetCallerIdentity', input: {}, compare: ['Account'] },
      { call: 'sts:AssumeRole', input: { RoleArn, RoleSessionName: 'peers', DurationSeconds: 900 } },
      { call: 'sts:AssumeRole', as: 'a session name too long', input: { RoleArn, RoleSessionName: 'p'.repeat(65) } },
      { call: 'sts:AssumeRole', as: 'too short', input: { RoleArn, RoleSessionName: 'peers', DurationSeconds: 899 } },
      {
        call: 'sts:AssumeRole',
        as: 'an ARN that is none',
        input: { RoleArn: 'Visited-role-of-mine', RoleSessionName: 'peers' },
      },
    ],
  },
];
