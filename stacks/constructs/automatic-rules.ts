import { Aws } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import { BASELINE, SECURITY_HUB_CONTROLS, type ControlId } from '../../src/core/controls/control-id';
import { generatorIdsOf } from '../../src/core/controls/generator-ids';
import { partitionOf } from '../../src/core/partition-of';
import type { SecurityHubKind } from '../../src/core/security-hub-kind';
import type { FindingQueue } from './finding-queue';
import { FindingRule, importedFindings, type EventPattern } from './finding-rule';

export interface AutomaticRulesProps {
  readonly names: DeploymentNames;
  /** Controls whose rules are switched on. */
  readonly automatic: readonly ControlId[];
  /** Whether there are findings about a baseline. They are ours, and in CSPM alone. */
  readonly hasBaseline: boolean;
  readonly securityHub: SecurityHubKind;
  readonly destination: FindingQueue;
  /** Whose partition says whether queues are fair. */
  readonly aggregationRegion: string;
}

/**
 * Where queues are known to be fair to groups, which EventBridge takes from the event: a storm in one account keeps
 * another's finding waiting for some messages, not for all. Were the path not resolved, all would be one group, as
 * without it. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
 */
const FAIR_PARTITIONS: readonly string[] = ['aws', 'aws-us-gov', 'aws-cn'];
const ACCOUNT_IN = {
  asff: '$.detail.findings[0].AwsAccountId',
  ocsf: '$.detail.findings[0].cloud.account.uid',
} as const;

/**
 * One rule for each control, all deployed, so that switching a control on is a change of state and nothing else.
 * The dispatcher checks the configuration again: a rule that somebody enables by hand starts nothing.
 */
export class AutomaticRules extends Construct {
  /** Of Security Hub CSPM; none where only V2 is used. */
  readonly cspm: readonly FindingRule[];
  /** Of Security Hub V2. */
  readonly v2: readonly FindingRule[];

  constructor(scope: Construct, id: string, props: AutomaticRulesProps) {
    super(scope, id);
    const { names, automatic, hasBaseline, securityHub, destination, aggregationRegion } = props;
    const fairBy = (format: keyof typeof ACCOUNT_IN) =>
      FAIR_PARTITIONS.includes(partitionOf(aggregationRegion)) ? { fairBy: ACCOUNT_IN[format] } : {};
    const idOf = (control: ControlId) => control.replace('.', '-');
    const common = (control: ControlId) => ({ enabled: automatic.includes(control), destination });
    const ours: readonly ControlId[] = hasBaseline ? [BASELINE] : [];
    this.cspm = (securityHub === 'v2' ? [] : [...SECURITY_HUB_CONTROLS, ...ours]).map(
      (control) =>
        new FindingRule(this, idOf(control), {
          name: names.eventRule(`Automatic-${idOf(control)}`),
          description: `New findings of ${control} that Portcullis closes by itself`,
          pattern: failedFindingsOf(control),
          ...common(control),
          ...fairBy('asff'),
        }),
    );
    this.v2 = (securityHub === 'cspm' ? [] : SECURITY_HUB_CONTROLS).map(
      (control) =>
        new FindingRule(this, `${idOf(control)}-V2`, {
          name: names.eventRule(`Automatic-${idOf(control)}-V2`),
          description: `New findings of ${control} in Security Hub V2 that Portcullis closes by itself`,
          pattern: failedV2FindingsOf(control),
          ...common(control),
          ...fairBy('ocsf'),
        }),
    );
  }
}

/**
 * Workflow NEW keeps our own updates out: they set NOTIFIED or RESOLVED, and every update is an event of its own.
 * Older findings carry no SecurityControlId; their generator names the control.
 */
function failedFindingsOf(control: ControlId): EventPattern {
  return importedFindings('cspm', {
    Compliance: { Status: ['FAILED'] },
    RecordState: ['ACTIVE'],
    Workflow: { Status: ['NEW'] },
    ...(control === BASELINE
      ? { GeneratorId: generatorIdsOf(control, Aws.PARTITION) }
      : {
          $or: [
            { Compliance: { SecurityControlId: [control] } },
            { GeneratorId: generatorIdsOf(control, Aws.PARTITION) },
          ],
        }),
  });
}

const FAIL = 3;
const NEW = 1;
const CLOSE = 3;

/**
 * The same in OCSF: a Compliance Finding that names a control, which those of Security Hub's coverage do not. By
 * numbers, since texts beside them are written in several ways.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-cwe-event-formats.html
 */
function failedV2FindingsOf(control: ControlId): EventPattern {
  return importedFindings('v2', {
    class_uid: [2003],
    compliance: { control: [control], status_id: [FAIL] },
    status_id: [NEW],
    activity_id: [{ 'anything-but': [CLOSE] }],
  });
}
