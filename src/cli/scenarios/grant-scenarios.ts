import type { Scenario } from './scenario';

/** Hours pass in them. */
export const GRANT_SCENARIOS: readonly Scenario[] = [
  {
    name: 'Closed to the world, open to one address for two hours',
    shows: 'SSH is closed; somebody has it opened for one address, and it is taken away at its end, and read back.',
    trigger: 'custom-action',
    granted: { port: 22, source: '198.51.100.7/32', hours: 2 },
    account: '222222222222',
    region: 'eu-central-1',
    controls: ['EC2.13'],
    rules: [{ protocol: 'tcp', from: 22, to: 22, source: '0.0.0.0/0', description: 'the disk is full' }],
    expected: {
      workflow: 'RESOLVED',
      outcome: 'closed',
      openAfter: [],
      noteMentions: ['tcp 22', '0.0.0.0/0'],
    },
  },
];
