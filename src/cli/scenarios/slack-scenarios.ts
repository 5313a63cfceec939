import type { Scenario } from './scenario';

/** Played on the deployment of `portcullis.sandbox-detection.yaml`, whose policy asks people of Slack about EC2.19. */
export const SLACK_SCENARIOS: readonly Scenario[] = [
  {
    name: 'Asked in Slack, and approved there',
    shows:
      'The policy asks; a click on Close now in Slack, signed as Slack signs, closes what was shown, and says who.',
    trigger: 'automatic',
    deployment: 'Seconds',
    approvedInSlack: 'U0456EFGH',
    account: '333333333333',
    region: 'eu-west-1',
    controls: ['EC2.19'],
    rules: [{ protocol: 'tcp', from: 5432, to: 5432, source: '0.0.0.0/0', description: 'for the analysts' }],
    expected: {
      workflow: 'RESOLVED',
      outcome: 'closed',
      openAfter: [],
      noteMentions: ['tcp 5432', 'slack:U0456EFGH'],
    },
  },
];
