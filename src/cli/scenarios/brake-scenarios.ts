import type { Scenario } from './scenario';

/**
 * Played on the deployment of `portcullis.sandbox-detection.yaml`, whose brake allows two closings an hour, when
 * nothing was closed by itself there for an hour.
 */
export const BRAKE_SCENARIOS: readonly Scenario[] = [
  {
    name: 'More closings by themselves than the brake allows',
    shows: 'Two within an hour close by themselves, the third asks a person, and so would all others: until a release.',
    trigger: 'automatic',
    foundBy: 'Seconds',
    closedBefore: 2,
    account: '222222222222',
    region: 'eu-west-1',
    controls: ['EC2.54'],
    rules: [{ protocol: 'tcp', from: 22, to: 22, source: '::/0' }],
    expected: {
      workflow: 'NOTIFIED',
      outcome: 'asked',
      openAfter: ['tcp 22 from ::/0'],
      noteMentions: ['by Portcullis itself: "More than 2 closings by themselves within 60 minutes."'],
    },
  },
];
