import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { call, inspect, type Stage } from './stage';
import type { Target } from './ec2-snapshot';

export async function importFindings(
  stage: Stage,
  target: Target,
  controls: readonly string[],
): Promise<readonly string[]> {
  const { account, region } = target;
  const at = new Date(stage.world.clock.now()).toISOString();
  const findings = controls.map((control) => ({
    SchemaVersion: '2018-10-08',
    Id: `arn:aws:securityhub:${region}:${account}:security-control/${control}/finding/${target.id}`,
    ProductArn: `arn:aws:securityhub:${region}::product/aws/securityhub`,
    GeneratorId: `security-control/${control}`,
    AwsAccountId: account,
    Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
    CreatedAt: at,
    UpdatedAt: at,
    Severity: { Label: 'HIGH' },
    Title: `${control} fails`,
    Description: `${control} fails on ${target.id}.`,
    Resources: [
      {
        Type: target.kind === 'network-acl' ? 'AwsEc2NetworkAcl' : 'AwsEc2SecurityGroup',
        Id: `arn:aws:ec2:${region}:${account}:${target.kind}/${target.id}`,
        Partition: 'aws',
        Region: region,
      },
    ],
    Compliance: { Status: 'FAILED', SecurityControlId: control },
    RecordState: 'ACTIVE',
  }));
  await call(stage, target, 'securityhub', 'BatchImportFindings', { Findings: findings });
  return findings.map(({ Id }) => Id);
}

export async function fetchFinding(stage: Stage, id: string): Promise<AwsSecurityFinding> {
  const { Findings } = await call<{ readonly Findings: readonly AwsSecurityFinding[] }>(
    ...([
      stage,
      stage.hub,
      'securityhub',
      'GetFindings',
      { Filters: { Id: [{ Value: id, Comparison: 'EQUALS' }] } },
    ] as const),
  );
  const [finding] = Findings;
  if (!finding) throw new Error(`Security Hub has no finding ${id}`);
  return finding;
}

/** A person selects the findings and chooses an action. */
export async function choose(stage: Stage, action: string, ids: readonly string[]): Promise<void> {
  const findings = await Promise.all(ids.map((id) => fetchFinding(stage, id)));
  const Entries = findings.map((finding) => ({
    Source: 'aws.securityhub',
    DetailType: 'Security Hub Findings - Custom Action',
    Resources: [stage.actionArns.get(action)],
    Detail: JSON.stringify({ actionName: action, actionDescription: '', findings: [finding] }),
  }));
  await call(stage, stage.hub, 'events', 'PutEvents', { Entries });
}

/** Messages that nobody works on any more and that name what is looked for. */
export async function isInDeadLetters(stage: Stage, ...names: readonly string[]): Promise<boolean> {
  const messages = await inspect<readonly { readonly queue: string; readonly body: string }[]>(
    stage,
    'sqs',
    'messages',
  );
  return messages.some(
    ({ queue, body }) => queue.endsWith(':Portcullis-DeadLetters') && names.some((name) => body.includes(name)),
  );
}
