import { Construct } from 'constructs';
import type { DeploymentNames } from '../../src/core/configuration/deployment-names';
import { EXCEPTED_COMMENTS } from '../../src/core/findings/ocsf/comment-signature';
import type { SecurityHubKind } from '../../src/core/security-hub-kind';
import type { FindingQueue } from './finding-queue';
import { FindingRule, type EventPattern } from './finding-rule';

export interface LiftedRulesProps {
  readonly names: DeploymentNames;
  readonly securityHub: SecurityHubKind;
  readonly destination: FindingQueue;
}

/**
 * Findings that an exception suppressed and that somebody has taken out of SUPPRESSED: whatever their control, that
 * ends the exception. Whatever ends one otherwise writes another outcome with the new status.
 */
export class LiftedRules extends Construct {
  readonly rules: readonly FindingRule[];

  constructor(scope: Construct, id: string, { names, securityHub, destination }: LiftedRulesProps) {
    super(scope, id);
    const rule = (ruleId: string, name: string, pattern: EventPattern) =>
      new FindingRule(this, ruleId, {
        name: names.eventRule(name),
        description: 'Findings under an exception that somebody has taken out of SUPPRESSED',
        pattern: { source: ['aws.securityhub'], ...pattern },
        enabled: true,
        destination,
      });
    this.rules = [
      ...(securityHub === 'v2' ? [] : [rule('Lifted', 'ExceptionLifted', LIFTED)]),
      ...(securityHub === 'cspm' ? [] : [rule('LiftedV2', 'ExceptionLiftedV2', LIFTED_IN_V2)]),
    ];
  }
}

const LIFTED: EventPattern = {
  'detail-type': ['Security Hub Findings - Imported'],
  detail: {
    findings: {
      RecordState: ['ACTIVE'],
      Workflow: { Status: ['NEW', 'NOTIFIED', 'RESOLVED'] },
      UserDefinedFields: { PortcullisOutcome: ['excepted'] },
    },
  },
};

/** A finding of V2 has no fields of ours; the comment ends in the outcome. */
const LIFTED_IN_V2: EventPattern = {
  'detail-type': ['Findings Imported V2'],
  detail: {
    findings: {
      class_uid: [2003],
      compliance: { control: [{ exists: true }] },
      status_id: [1, 2, 4],
      activity_id: [{ 'anything-but': [3] }],
      comment: [{ wildcard: EXCEPTED_COMMENTS }],
    },
  },
};
