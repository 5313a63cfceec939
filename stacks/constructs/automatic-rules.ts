import { Aws } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { DeploymentNames } from '../../src/core/configuration/deployment-names';
import { CONTROL_IDS, type ControlId } from '../../src/core/controls/control-id';
import { generatorIdsOf } from '../../src/core/controls/generator-ids';
import type { FindingQueue } from './finding-queue';
import { FindingRule, type EventPattern } from './finding-rule';

export interface AutomaticRulesProps {
  readonly names: DeploymentNames;
  /** Controls whose rules are switched on. */
  readonly automatic: readonly ControlId[];
  readonly destination: FindingQueue;
}

/**
 * One rule for each control, all deployed, so that switching a control on is a change of state and nothing else.
 * The dispatcher checks the configuration again: a rule that somebody enables by hand starts nothing.
 */
export class AutomaticRules extends Construct {
  readonly rules: readonly FindingRule[];

  constructor(scope: Construct, id: string, { names, automatic, destination }: AutomaticRulesProps) {
    super(scope, id);
    this.rules = CONTROL_IDS.map(
      (control) =>
        new FindingRule(this, control.replace('.', '-'), {
          name: names.eventRule(`Automatic-${control.replace('.', '-')}`),
          description: `New findings of ${control} that Portcullis closes by itself`,
          pattern: failedFindingsOf(control),
          enabled: automatic.includes(control),
          destination,
        }),
    );
  }
}

/**
 * Workflow NEW keeps our own updates out: they set NOTIFIED or RESOLVED, and every update is an event of its own.
 * Older findings carry no SecurityControlId; their generator tells the control.
 */
function failedFindingsOf(control: ControlId): EventPattern {
  return {
    source: ['aws.securityhub'],
    'detail-type': ['Security Hub Findings - Imported'],
    detail: {
      findings: {
        Compliance: { Status: ['FAILED'] },
        RecordState: ['ACTIVE'],
        Workflow: { Status: ['NEW'] },
        $or: [
          { Compliance: { SecurityControlId: [control] } },
          { GeneratorId: generatorIdsOf(control, Aws.PARTITION) },
        ],
      },
    },
  };
}
