import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  type IpPermission,
} from '@aws-sdk/client-ec2';
import { BatchImportFindingsCommand } from '@aws-sdk/client-securityhub';
import type { Target } from '../../core/target';
import type { SandboxClients } from './sandbox-clients';
import type { ScenarioRule, ScenarioStart } from './scenario';
import { toScenarioFinding } from './scenario-finding';

export interface PrepareStage {
  readonly clients: SandboxClients;
  readonly partition: string;
  /** Tells the spectator what happens, in a few words. */
  readonly say: (line: string) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Makes the group with its rules and imports its findings, as EC2 users and Security Hub would. */
export async function prepareScenario(
  scenario: ScenarioStart,
  stage: PrepareStage,
): Promise<{ readonly target: Target; readonly findingIds: readonly string[] }> {
  const target = await openGroup(scenario, stage);
  return { target, findingIds: await importFindings(scenario, target, stage) };
}

async function openGroup(scenario: ScenarioStart, stage: PrepareStage): Promise<Target> {
  const { account, region } = scenario;
  const ec2 = stage.clients.ec2(account, region);
  const name = scenario.name.replaceAll(/[^A-Za-z0-9 -]/g, '');
  const { GroupId } = await ec2.send(new CreateSecurityGroupCommand({ GroupName: name, Description: 'A scenario' }));
  if (GroupId === undefined) throw new Error('CreateSecurityGroup answered without a group id');
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: scenario.rules.map(toIpPermission) }),
  );
  stage.say(`${GroupId} in ${account}/${region} is open: ${scenario.rules.map(ruleText).join('; ')}`);
  return { kind: 'security-group', partition: stage.partition, account, region, id: GroupId };
}

function toIpPermission(rule: ScenarioRule): IpPermission {
  const description = rule.description === undefined ? {} : { Description: rule.description };
  return {
    IpProtocol: rule.protocol,
    FromPort: rule.from,
    ToPort: rule.to,
    ...(rule.source.includes(':')
      ? { Ipv6Ranges: [{ CidrIpv6: rule.source, ...description }] }
      : { IpRanges: [{ CidrIp: rule.source, ...description }] }),
  };
}

function ruleText(rule: ScenarioRule): string {
  return `${rule.protocol} ${rule.from === rule.to ? String(rule.from) : `${String(rule.from)}-${String(rule.to)}`} from ${rule.source}`;
}

async function importFindings(scenario: ScenarioStart, target: Target, stage: PrepareStage): Promise<string[]> {
  const at = new Date(stage.now()).toISOString();
  const findings = scenario.controls.map((control, index) =>
    toScenarioFinding({
      target,
      control,
      uid: `${target.id}-${String(index)}`,
      at,
      ...(scenario.parameters ? { parameters: scenario.parameters } : {}),
    }),
  );
  const securityHub = stage.clients.securityHub(target.account, target.region);
  const { FailedFindings = [] } = await securityHub.send(new BatchImportFindingsCommand({ Findings: findings }));
  const [failed] = FailedFindings;
  if (failed) throw new Error(`finding ${failed.Id ?? ''} was not imported: ${failed.ErrorMessage ?? ''}`);
  stage.say(`Security Hub reports ${scenario.controls.join(', ')} FAILED`);
  return findings.map((finding) => finding.Id ?? '');
}
