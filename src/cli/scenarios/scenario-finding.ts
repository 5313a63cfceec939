import { Partition, type AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { ControlId, ControlParameter } from '../../core/controls/control-id';
import { controlOf } from '../../core/controls/control-registry';
import { targetArn, type Target, type TargetKind } from '../../core/target';

export interface ScenarioFindingRequest {
  readonly target: Target;
  readonly control: ControlId;
  readonly parameters?: readonly ControlParameter[];
  /** Distinguishes the findings of one sandbox: the last part of the finding's id. */
  readonly uid: string;
  /** ISO 8601. */
  readonly at: string;
}

const RESOURCE_TYPES: Readonly<Record<TargetKind, string>> = {
  'security-group': 'AwsEc2SecurityGroup',
  'network-acl': 'AwsEc2NetworkAcl',
  instance: 'AwsEc2Instance',
  'network-interface': 'AwsEc2NetworkInterface',
};

/** A consolidated control finding as Security Hub itself would make it for a failing resource. */
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
    Title: controlOf(control).title,
    Description: `${control} fails on ${target.id}.`,
    Resources: [
      {
        Type: RESOURCE_TYPES[target.kind],
        Id: targetArn(target),
        // ASFF has names for the three oldest partitions only.
        Partition: Object.values(Partition).find((name) => name === target.partition),
        Region: target.region,
      },
    ],
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
