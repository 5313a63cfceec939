import type { Scenario } from './scenario';

/** Played last of all: time goes on by a month in them, and whatever else is due by then comes. */
export const EXCEPTION_SCENARIOS: readonly Scenario[] = [
  {
    name: 'A risk that is accepted, for thirty days',
    shows: 'Accept risk suppresses the finding until a day; then it is NEW again by itself, and open as it was.',
    trigger: 'custom-action',
    presses: ['Accept risk'],
    daysPass: 31,
    account: '222222222222',
    region: 'us-east-1',
    controls: ['EC2.13'],
    rules: [{ protocol: 'tcp', from: 22, to: 22, source: '0.0.0.0/0', description: 'until the vendor has a VPN' }],
    expected: {
      workflow: 'NEW',
      outcome: 'exception-ended',
      openAfter: ['tcp 22 from 0.0.0.0/0'],
      noteMentions: ['has ended: its time is over', 'tcp 22 from 0.0.0.0/0'],
    },
  },
];
