import { FINDING_SAMPLES } from './finding-samples';

const HUB = { version: '0', account: '111111111111', region: 'eu-central-1', time: '2026-11-01T06:00:00Z' };

const CUSTOM_ACTIONS = 'arn:aws:securityhub:eu-central-1:111111111111:action/custom';

export const ACTION_ARNS = {
  close: `${CUSTOM_ACTIONS}/PortcullisClose`,
  preview: `${CUSTOM_ACTIONS}/PortcullisPreview`,
  undo: `${CUSTOM_ACTIONS}/PortcullisUndo`,
  accept: `${CUSTOM_ACTIONS}/PortcullisAccept`,
} as const;

export function pressed(
  findings: readonly unknown[],
  action: string = ACTION_ARNS.close,
): Readonly<Record<string, unknown>> {
  return {
    ...HUB,
    id: '5a1f8b6e-0000-4000-8000-000000000001',
    'detail-type': 'Security Hub Findings - Custom Action',
    source: 'aws.securityhub',
    resources: [action],
    detail: { actionName: 'Close ingress', actionDescription: 'Closes what the finding says is open.', findings },
  };
}

/** As Security Hub puts a finding on the bus: one an event. */
export function imported(finding: Readonly<Record<string, unknown>>): unknown {
  return {
    ...HUB,
    id: '5a1f8b6e-0000-4000-8000-000000000002',
    'detail-type': 'Security Hub Findings - Imported',
    source: 'aws.securityhub',
    resources: [`${String(finding['ProductArn'])}/${String(finding['Id'])}`],
    detail: { findings: [finding] },
  };
}

/** Everything that may stand in the queue: what belongs there, and what somebody routed there by mistake. */
export const EVENT_SAMPLES: readonly unknown[] = [
  ...FINDING_SAMPLES.map((finding) => pressed([finding])),
  ...FINDING_SAMPLES.map(imported),
  pressed(FINDING_SAMPLES.slice(0, 4)),
  pressed(FINDING_SAMPLES),
  pressed(FINDING_SAMPLES, ACTION_ARNS.preview),
  pressed(FINDING_SAMPLES, ACTION_ARNS.undo),
  pressed(FINDING_SAMPLES.slice(-1), ACTION_ARNS.undo),
  pressed([FINDING_SAMPLES[0]], `${CUSTOM_ACTIONS}/TakeSnapshot`),
  {
    ...HUB,
    'detail-type': 'Security Hub Insight Results',
    source: 'aws.securityhub',
    resources: [ACTION_ARNS.close],
    detail: { actionName: 'Close ingress', resultType: 'ResourceId', insightResults: [{ 'sg-1': 2 }] },
  },
  {
    ...HUB,
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.ec2',
    detail: {
      eventName: 'AuthorizeSecurityGroupIngress',
      requestParameters: { groupId: 'sg-0aaaaaaaaaaaaaaa1', ipPermissions: { items: [{ ipProtocol: 'tcp' }] } },
    },
  },
  {
    ...HUB,
    'detail-type': 'Findings Imported V2',
    source: 'aws.securityhub',
    detail: { findings: [{ class_uid: 2003, finding_info: { uid: 'security-control/EC2.13/finding/1' } }] },
  },
];
