import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { ControlId, ControlParameter } from '../../core/controls/control-id';
import type { Target } from '../../core/target';
import { targetArn } from '../../core/target';

export interface ScenarioFindingRequest {
  readonly target: Target;
  readonly control: ControlId;
  readonly parameters?: readonly ControlParameter[];
  /** Distinguishes the findings of one sandbox: the last part of the finding's id. */
  readonly uid: string;
  /** ISO 8601. */
  readonly at: string;
}

/** A consolidated control finding as Security Hub itself would make it for a failing group. */
export function toScenarioFinding(request: ScenarioFindingRequest): AwsSecurityFinding {
  const { target, control, parameters, uid, at } = request;
  return {
    SchemaVersion: '2018-10-08',
    Id: `arn:${target.partition}:securityhub:${target.region}:${target.account}:security-control/${control}/finding/${uid}`,
    ProductArn: `arn:${target.partition}:securityhub:${target.region}::product/aws/securityhub`,
    GeneratorId: `security-control/${control}`,
    AwsAccountId: target.account,
    Region: target.region,
    Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    FirstObservedAt: at,
    CreatedAt: at,
    UpdatedAt: at,
    Severity: { Label: 'HIGH', Original: 'HIGH' },
    Title: `Security groups should not allow what ${control} forbids`,
    Description: `${control} fails on ${target.id}.`,
    Resources: [{ Type: 'AwsEc2SecurityGroup', Id: targetArn(target), Partition: 'aws', Region: target.region }],
    Compliance: {
      Status: 'FAILED',
      SecurityControlId: control,
      ...(parameters
        ? { SecurityControlParameters: parameters.map((p) => ({ Name: p.Name, Value: [...p.Value] })) }
        : {}),
    },
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
  };
}
