import { randomUUID } from 'node:crypto';
import { HUB, MEMBER } from '../deployed/place';

const TARGET_ID = 'sg-0123456789abcdef0';

/** An event of the bus as EventBridge writes it, about a group of its own name. */
export function busEvent(
  kind: string,
  detail: Readonly<Record<string, unknown>> = {},
  about: { readonly id?: string; readonly time?: string; readonly target?: string } = {},
): object {
  const { id = randomUUID(), time = '2026-11-29T12:00:00Z', target = TARGET_ID } = about;
  const arn = `arn:aws:ec2:us-east-1:${MEMBER}:security-group/${target}`;
  const place = { kind: 'security-group', partition: 'aws', account: MEMBER, region: 'us-east-1', id: target, arn };
  return {
    version: '0',
    id,
    'detail-type': kind,
    source: 'portcullis',
    account: HUB,
    time,
    region: 'eu-central-1',
    resources: [arn],
    detail: {
      remediationId: 'rem-0123456789abcdef',
      action: 'close',
      outcome: kind === 'Ingress Closed' ? 'closed' : 'asked',
      target: place,
      controls: ['EC2.13'],
      severity: 'HIGH',
      trigger: 'automatic',
      decidedBy: 'policy: EC2.13 automatic',
      reason: 'tcp 22 from 0.0.0.0/0 was removed.',
      findingIds: ['finding/1'],
      findingCount: 1,
      findingsNotUpdated: 0,
      startedAt: '2026-11-29T11:59:58.000Z',
      finishedAt: '2026-11-29T12:00:00.000Z',
      ...detail,
    },
  };
}
