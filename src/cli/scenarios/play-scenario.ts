import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  type IpPermission,
} from '@aws-sdk/client-ec2';
import { BatchImportFindingsCommand, GetFindingsCommand, type AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { Target } from '../../core/target';
import { pressCustomAction } from './press';
import { renderRule } from './rule-text';
import type { SandboxClients } from './sandbox-clients';
import type { Scenario, ScenarioOutcome, ScenarioRule } from './scenario';
import { toScenarioFinding } from './scenario-finding';

export interface Stage {
  readonly clients: SandboxClients;
  readonly hub: { readonly account: string; readonly region: string };
  readonly partition: string;
  /** Tells the spectator what happens, in a few words. */
  readonly say: (line: string) => void;
  /** Milliseconds of real time; only for patience and for `millis`. */
  readonly now: () => number;
  readonly pause: (millis: number) => Promise<void>;
}

/** How long a scenario may take before it counts as stuck, in real milliseconds. */
const PATIENCE_MILLIS = 60_000;
const LOOK_EVERY_MILLIS = 50;

/** Plays one scenario through the public APIs only, as a person with the AWS CLI would, and compares the end. */
export async function playScenario(scenario: Scenario, stage: Stage): Promise<ScenarioOutcome> {
  const began = stage.now();
  const target = await openGroup(scenario, stage);
  const ids = await importFindings(scenario, target, stage);
  if (scenario.trigger === 'custom-action') {
    stage.say(`${String(ids.length)} finding(s) selected, Close ingress chosen`);
    await pressCustomAction(
      {
        securityHub: stage.clients.securityHub(stage.hub.account, stage.hub.region),
        eventBridge: stage.clients.eventBridge(stage.hub.account, stage.hub.region),
      },
      'Close ingress',
      ids,
    );
  } else {
    stage.say('nobody does anything');
  }
  const findings = await waitForUpdates(ids, stage);
  const openAfter = await fetchIngress(target, stage);
  const millis = stage.now() - began;
  return {
    name: scenario.name,
    trigger: scenario.trigger,
    controls: scenario.controls,
    target: { account: target.account, region: target.region, id: target.id },
    outcome: findings[0]?.UserDefinedFields?.['PortcullisOutcome'] ?? 'none',
    workflow: findings[0]?.Workflow?.Status ?? 'none',
    note: findings[0]?.Note?.Text ?? '',
    openAfter,
    millis,
    surprises: toSurprises(scenario, findings, openAfter),
  };
}

async function openGroup(scenario: Scenario, stage: Stage): Promise<Target> {
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

async function importFindings(scenario: Scenario, target: Target, stage: Stage): Promise<string[]> {
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

/** Looks at the hub's findings until none is NEW any more; gives up, without an error, when patience ends. */
async function waitForUpdates(ids: readonly string[], stage: Stage): Promise<AwsSecurityFinding[]> {
  const securityHub = stage.clients.securityHub(stage.hub.account, stage.hub.region);
  const deadline = stage.now() + PATIENCE_MILLIS;
  for (;;) {
    const { Findings = [] } = await securityHub.send(
      new GetFindingsCommand({ Filters: { Id: ids.map((Value) => ({ Value, Comparison: 'EQUALS' })) } }),
    );
    const settled = Findings.length === ids.length && Findings.every((finding) => finding.Workflow?.Status !== 'NEW');
    if (settled || stage.now() > deadline) return Findings;
    await stage.pause(LOOK_EVERY_MILLIS);
  }
}

async function fetchIngress(target: Target, stage: Stage): Promise<string[]> {
  const ec2 = stage.clients.ec2(target.account, target.region);
  const { SecurityGroupRules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [target.id] }] }),
  );
  return SecurityGroupRules.filter((rule) => rule.IsEgress !== true)
    .map(renderRule)
    .sort();
}

function toSurprises(scenario: Scenario, findings: readonly AwsSecurityFinding[], openAfter: readonly string[]) {
  const { expected } = scenario;
  const surprises: string[] = [];
  const compare = (what: string, actual: string, wanted: string) => {
    if (actual !== wanted) surprises.push(`${what} is ${actual}, expected ${wanted}`);
  };
  compare('the number of findings', String(findings.length), String(scenario.controls.length));
  for (const finding of findings) {
    const control = finding.Compliance?.SecurityControlId ?? '?';
    compare(`${control}: workflow`, finding.Workflow?.Status ?? 'none', expected.workflow);
    compare(`${control}: outcome`, finding.UserDefinedFields?.['PortcullisOutcome'] ?? 'none', expected.outcome);
    if (expected.severity !== undefined)
      compare(`${control}: severity`, finding.Severity?.Label ?? 'none', expected.severity);
  }
  const remediations = new Set(findings.map((finding) => finding.UserDefinedFields?.['PortcullisRemediationId']));
  if (remediations.size > 1) surprises.push(`${String(remediations.size)} remediations for one target, expected 1`);
  compare('what is open', openAfter.join('; '), [...expected.openAfter].sort().join('; '));
  const note = findings[0]?.Note?.Text ?? '';
  for (const text of expected.noteMentions) {
    if (!note.includes(text)) surprises.push(`the note does not mention "${text}": ${note}`);
  }
  return surprises;
}
