import type { Scenario } from './scenario';

/** What `npm start` plays on the deployment of `portcullis.sandbox-detection.yaml`, after the others. */
export const DETECTION_SCENARIOS: readonly Scenario[] = [
  {
    name: 'Seen by CloudTrail, closed within seconds',
    shows: 'Nobody imports a finding: CloudTrail shows the call, and the finding names who made it.',
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
  {
    name: 'Closed by a person, and opened again by somebody',
    shows: 'CloudTrail shows the second opening: what was RESOLVED is NEW, with who did it, and stays open.',
    trigger: 'custom-action',
    deployment: 'Seconds',
    openedAgain: true,
    account: '222222222222',
    region: 'eu-west-1',
    controls: ['EC2.14'],
    rules: [{ protocol: 'tcp', from: 3389, to: 3389, source: '0.0.0.0/0' }],
    expected: {
      workflow: 'NEW',
      outcome: 'closed',
      openAfter: ['tcp 3389 from 0.0.0.0/0'],
      noteMentions: ['Opened again after Portcullis had closed it', ':iam::222222222222:root from'],
    },
  },
  {
    name: 'Opened again unseen, and found by the watch',
    shows:
      'What was closed is re-checked after 1 hour, 24 hours and 7 days: a prefix list that grew notifies nobody before.',
    trigger: 'custom-action',
    deployment: 'Seconds',
    openedUnseen: true,
    account: '222222222222',
    region: 'eu-west-1',
    controls: ['EC2.19'],
    rules: [{ protocol: 'tcp', from: 5432, to: 5432, source: '0.0.0.0/0' }],
    expected: {
      workflow: 'NEW',
      outcome: 'closed',
      openAfter: ['tcp 5432 from a prefix list'],
      noteMentions: ['Opened again after Portcullis had closed it', ':iam::222222222222:root from'],
    },
  },
];
