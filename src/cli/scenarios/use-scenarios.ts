import type { Scenario } from './scenario';

const SHARED = {
  trigger: 'automatic',
  account: '222222222222',
  region: 'eu-west-1',
  controls: ['EC2.13'],
  rules: [{ protocol: 'tcp', from: 22, to: 22, source: '0.0.0.0/0' }],
} as const satisfies Partial<Scenario>;

/** The same open port twice, on the deployment of `portcullis.sandbox-detection.yaml`: what flow logs say decides. */
export const USE_SCENARIOS: readonly Scenario[] = [
  {
    ...SHARED,
    name: 'Nobody used it, so it is closed',
    shows: 'The internet reaches the instance, but its flow logs show nobody since the opening: the policy closes it.',
    use: { days: 3, sources: [] },
    expected: {
      workflow: 'RESOLVED',
      outcome: 'closed',
      openAfter: [],
      noteMentions: ['No use of it was seen', 'policy entry "nobody needs it"'],
    },
  },
  {
    ...SHARED,
    name: 'Three sources used it, so somebody is asked',
    shows:
      'The same port on the same kind of instance, but three addresses connected: the policy asks, and names them.',
    use: { days: 3, sources: ['198.51.100.7', '203.0.113.4', '192.0.2.1'] },
    expected: {
      workflow: 'NOTIFIED',
      outcome: 'asked',
      openAfter: ['tcp 22 from 0.0.0.0/0'],
      noteMentions: ['Used by 3 sources (198.51.100.7, 203.0.113.4, 192.0.2.1)', 'policy entry "somebody may"'],
    },
  },
];
