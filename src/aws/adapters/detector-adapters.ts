import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import {
  DETECTION_SESSION,
  type Clock,
  type DeadLetters,
  type Log,
  type MemberFindings,
  type Metrics,
  type Targets,
} from '../../flow/ports';
import { clientSettings } from '../client-settings';
import { createEmfMetrics } from '../cloudwatch/emf-metrics';
import { createJsonLog } from '../cloudwatch/json-log';
import { createTargets } from '../ec2/targets';
import { createMemberFindings } from '../security-hub/member-findings';
import { createDeadLetters } from '../sqs/dead-letters';
import { createMemberAccounts } from '../sts/member-credentials';
import { systemClock } from '../system-clock';

export interface DetectorResources {
  readonly deadLetterQueueUrl: string;
  /** Name of the role in members that reads targets and imports findings. */
  readonly memberRole: string;
}

export interface DetectorAdapters {
  readonly clock: Clock;
  readonly deadLetters: DeadLetters;
  readonly findings: MemberFindings;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly targets: Targets;
}

/** Everything that the detector speaks to; made once for each function container. */
export function createDetectorAdapters({ deadLetterQueueUrl, memberRole }: DetectorResources): DetectorAdapters {
  const accounts = createMemberAccounts(new STSClient(clientSettings), memberRole, systemClock);
  return {
    clock: systemClock,
    deadLetters: createDeadLetters(new SQSClient(clientSettings), deadLetterQueueUrl),
    findings: createMemberFindings(accounts, DETECTION_SESSION),
    log: createJsonLog(),
    metrics: createEmfMetrics(systemClock),
    targets: createTargets(accounts),
  };
}
