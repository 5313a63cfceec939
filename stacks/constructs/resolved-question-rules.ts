import { Construct } from 'constructs';
import type { DeploymentNames } from '../../src/core/configuration/deployment-names';
import { ASKED_COMMENTS } from '../../src/core/findings/ocsf/comment-signature';
import type { SecurityHubKind } from '../../src/core/security-hub-kind';
import type { FindingQueue } from './finding-queue';
import { FindingRule, type EventPattern } from './finding-rule';

export interface ResolvedQuestionRulesProps {
  readonly names: DeploymentNames;
  readonly securityHub: SecurityHubKind;
  readonly destination: FindingQueue;
}

/**
 * Findings that a question is about and that need no answer any more: the control passes since somebody closed it by
 * hand, or somebody resolved, suppressed or archived them. Whatever ends a question otherwise writes another outcome.
 */
export class ResolvedQuestionRules extends Construct {
  readonly rules: readonly FindingRule[];

  constructor(scope: Construct, id: string, { names, securityHub, destination }: ResolvedQuestionRulesProps) {
    super(scope, id);
    const rule = (ruleId: string, name: string, pattern: EventPattern) =>
      new FindingRule(this, ruleId, {
        name: names.eventRule(name),
        description: 'Findings that a person is asked about and that are resolved',
        pattern: { source: ['aws.securityhub'], ...pattern },
        enabled: true,
        destination,
      });
    this.rules = [
      ...(securityHub === 'v2' ? [] : [rule('Settled', 'QuestionSettled', RESOLVED)]),
      ...(securityHub === 'cspm' ? [] : [rule('SettledV2', 'QuestionSettledV2', RESOLVED_IN_V2)]),
    ];
  }
}

const RESOLVED: EventPattern = {
  'detail-type': ['Security Hub Findings - Imported'],
  detail: {
    findings: {
      UserDefinedFields: { PortcullisOutcome: ['asked'] },
      $or: [
        { Compliance: { Status: ['PASSED'] } },
        { RecordState: ['ARCHIVED'] },
        { Workflow: { Status: ['RESOLVED', 'SUPPRESSED'] } },
      ],
    },
  },
};

/** A finding of V2 has no fields of ours; the comment ends in the outcome. */
const RESOLVED_IN_V2: EventPattern = {
  'detail-type': ['Findings Imported V2'],
  detail: {
    findings: {
      class_uid: [2003],
      comment: [{ wildcard: ASKED_COMMENTS }],
      $or: [{ compliance: { status_id: [1] } }, { activity_id: [3] }, { status_id: [3, 4, 5] }],
    },
  },
};
