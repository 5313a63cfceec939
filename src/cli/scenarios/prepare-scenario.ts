import {
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateSecurityGroupCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { BatchImportFindingsCommand } from '@aws-sdk/client-securityhub';
import { controlOf } from '../../core/controls/control-registry';
import { ownFindingId } from '../../core/detection/to-own-findings';
import type { Target } from '../../core/target';
import { toIpPermission } from './ip-permission';
import type { ScenarioRule, ScenarioStart } from './scenario';
import type { PrepareStage } from './prepare-stage';
import { recordTraffic } from './record-traffic';
import { toScenarioFinding } from './scenario-finding';

/** Makes what the controls look at and imports its findings, as EC2 users and Security Hub would. */
export async function prepareScenario(
  scenario: ScenarioStart,
  stage: PrepareStage,
): Promise<{ readonly target: Target; readonly findingIds: readonly string[] }> {
  const isAboutAcls = scenario.controls.some((control) => controlOf(control).resource === 'network-acl');
  const target = await (isAboutAcls ? openNetworkAcl(scenario, stage) : openGroup(scenario, stage));
  const { foundBy, controls } = scenario;
  if (foundBy === undefined) return { target, findingIds: await importFindings(scenario, target, stage) };
  stage.say('CloudTrail reports the call');
  return { target, findingIds: controls.map((control) => ownFindingId(foundBy, control, target)) };
}

async function openGroup(scenario: ScenarioStart, stage: PrepareStage): Promise<Target> {
  const { account, region } = scenario;
  const ec2 = stage.clients.ec2(account, region);
  const name = scenario.name.replaceAll(/[^A-Za-z0-9 -]/g, '');
  const { GroupId } = await ec2.send(new CreateSecurityGroupCommand({ GroupName: name, Description: 'A scenario' }));
  if (GroupId === undefined) throw new Error('CreateSecurityGroup answered without a group id');
  const traffic = scenario.use === undefined ? undefined : await recordTraffic(scenario, GroupId, stage);
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: scenario.rules.map(toIpPermission) }),
  );
  await traffic?.pass();
  return opened({ kind: 'security-group', partition: stage.partition, account, region, id: GroupId }, scenario, stage);
}

/** Room between the entries, as people leave it. */
const RULE_NUMBER_STEP = 100;

async function openNetworkAcl(scenario: ScenarioStart, stage: PrepareStage): Promise<Target> {
  const { account, region } = scenario;
  const ec2 = stage.clients.ec2(account, region);
  const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({}));
  const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId: Vpcs[0]?.VpcId }));
  const id = NetworkAcl?.NetworkAclId;
  if (id === undefined) throw new Error('CreateNetworkAcl answered without an id');
  for (const [index, rule] of scenario.rules.entries()) {
    await ec2.send(
      new CreateNetworkAclEntryCommand({
        NetworkAclId: id,
        RuleNumber: (index + 1) * RULE_NUMBER_STEP,
        RuleAction: 'allow',
        Egress: false,
        Protocol: PROTOCOL_NUMBERS[rule.protocol] ?? rule.protocol,
        PortRange: { From: rule.from, To: rule.to },
        ...(rule.source.includes(':') ? { Ipv6CidrBlock: rule.source } : { CidrBlock: rule.source }),
      }),
    );
  }
  return opened({ kind: 'network-acl', partition: stage.partition, account, region, id }, scenario, stage);
}

const PROTOCOL_NUMBERS: Readonly<Record<string, string>> = { tcp: '6', udp: '17' };

function opened(target: Target, { rules }: ScenarioStart, stage: PrepareStage): Target {
  stage.say(`${target.id} in ${target.account}/${target.region} is open: ${rules.map(ruleText).join('; ')}`);
  return target;
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
