import type { Scenario } from './scenario';

/** What `npm start` plays on the deployment of `portcullis.sandbox-detection.yaml`, after the others. */
export const DETECTION_SCENARIOS: readonly Scenario[] = [
  {
    name: 'Seen by CloudTrail, closed within seconds',
    shows: 'Nobody imports a finding: CloudTrail tells of the call, and the finding names who made it.',
    trigger: 'automatic',
    foundBy: 'Seconds',
    account: '222222222222',
    region: 'eu-west-1',
    controls: ['EC2.54'],
    rules: [
      { protocol: 'tcp', from: 22, to: 22, source: '::/0' },
      { protocol: 'tcp', from: 22, to: 22, source: '10.0.0.0/8', description: 'office' },
    ],
    expected: {
      workflow: 'RESOLVED',
      outcome: 'closed',
      openAfter: ['tcp 22 from 10.0.0.0/8'],
      noteMentions: ['tcp 22', '::/0'],
      openedBy: '222222222222:root',
    },
  },
];
