import { DescribeNetworkAclsCommand, DescribeSecurityGroupRulesCommand } from '@aws-sdk/client-ec2';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { Target } from '../../core/target';
import { plural } from '../plural';
import { prepareScenario } from './prepare-scenario';
import { approveAtTerminal, engageBrake } from './approve-at-terminal';
import { approveInSlack } from './click-in-slack';
import { grantForAWhile } from './grant-for-a-while';
import { openAgain } from './open-again';
import { openUnseen } from './open-unseen';
import { pressCustomAction } from './press';
import { releaseBrake, useUpBrake } from './run-into-brake';
import { renderRule } from './rule-text';
import type { Stage } from './stage';
import type { Ingress, Scenario, ScenarioOutcome } from './scenario';
import { toSurprises } from './to-surprises';
import { waitForNotes, waitUntilNew } from './wait-for-findings';

const DAY_MILLIS = 24 * 60 * 60 * 1000;

/** Plays one scenario through the public APIs only, as a person with the AWS CLI would, and compares the end. */
export async function playScenario(scenario: Scenario, where: Stage): Promise<ScenarioOutcome> {
  const prefix = scenario.deployment ?? scenario.foundBy;
  const stage = prefix === undefined ? where : { ...where, prefix };
  const began = stage.now();
  const before = await useUpBrake(scenario, stage);
  if (scenario.approved === true) await engageBrake(stage);
  const { target, findingIds: ids } = await prepareScenario(scenario, stage);
  const findings = await act(scenario, target, ids, stage);
  const unlike = [...before, ...(await playGrant(scenario, target, stage)), ...(await releaseBrake(scenario, stage))];
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
    surprises: [...unlike, ...toSurprises(scenario, findings, openAfter)],
  };
}

async function playGrant({ granted }: Scenario, target: Target, stage: Stage): Promise<readonly string[]> {
  if (granted === undefined) return [];
  const { port, source } = granted;
  return grantForAWhile(granted, target, stage, async () =>
    (await fetchIngress(target, stage)).map(renderRule).includes(`tcp ${String(port)} from ${source}`),
  );
}

/** The findings, once everything that the scenario does has been answered on them. */
async function act(
  scenario: Scenario,
  target: Target,
  ids: readonly string[],
  stage: Stage,
): Promise<AwsSecurityFinding[]> {
  if (scenario.trigger === 'automatic') {
    stage.say('nobody does anything');
    const asked = await waitForNotes(ids, [], stage);
    const { approved, approvedInSlack } = scenario;
    if (approved === true) await approveAtTerminal(ids, stage);
    if (approvedInSlack !== undefined) await approveInSlack(approvedInSlack, target, stage);
    return approved === true || approvedInSlack !== undefined ? waitForNotes(ids, asked, stage) : asked;
  }
  let findings: AwsSecurityFinding[] = [];
  for (const action of scenario.presses ?? ['Close ingress']) {
    stage.say(`${plural(ids.length, 'finding')} selected, ${action} chosen`);
    await pressCustomAction(
      {
        securityHub: stage.clients.securityHub(stage.hub.account, stage.hub.region),
        eventBridge: stage.clients.eventBridge(stage.hub.account, stage.hub.region),
      },
      action,
      ids,
      stage.prefix,
    );
    findings = await waitForNotes(ids, findings, stage);
  }
  if (scenario.openedAgain === true) {
    await openAgain(scenario, target, stage);
    findings = await waitUntilNew(ids, stage);
  }
  if (scenario.openedUnseen === true) {
    await openUnseen(scenario, target, stage);
    findings = await waitUntilNew(ids, stage);
  }
  const { daysPass } = scenario;
  if (daysPass !== undefined && stage.time !== undefined) {
    stage.say(`${String(daysPass)} days pass`);
    await stage.time.advance(daysPass * DAY_MILLIS);
    findings = await waitForNotes(ids, findings, stage);
  }
  return findings;
}

async function fetchIngress(target: Target, stage: Stage): Promise<Ingress[]> {
  const ec2 = stage.clients.ec2(target.account, target.region);
  if (target.kind === 'network-acl') {
    const { NetworkAcls = [] } = await ec2.send(new DescribeNetworkAclsCommand({ NetworkAclIds: [target.id] }));
    const entries = NetworkAcls.flatMap((acl) => acl.Entries ?? []);
    return entries.filter((entry) => entry.Egress !== true && entry.RuleAction === 'allow');
  }
  const { SecurityGroupRules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [target.id] }] }),
  );
  return SecurityGroupRules.filter((rule) => rule.IsEgress !== true);
}
