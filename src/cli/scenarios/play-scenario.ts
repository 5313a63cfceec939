import { DescribeNetworkAclsCommand, DescribeSecurityGroupRulesCommand } from '@aws-sdk/client-ec2';
import { GetFindingsCommand, type AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { Target } from '../../core/target';
import { plural } from '../plural';
import { prepareScenario } from './prepare-scenario';
import { approveAtTerminal, engageBrake } from './approve-at-terminal';
import { grantForAWhile } from './grant-for-a-while';
import { pressCustomAction } from './press';
import { renderRule } from './rule-text';
import type { Stage } from './stage';
import type { Ingress, Scenario, ScenarioOutcome } from './scenario';

/** How long a scenario may take before it counts as stuck, in real milliseconds. */
const PATIENCE_MILLIS = 60_000;
const POLL_EVERY_MILLIS = 50;
const DAY_MILLIS = 24 * 60 * 60 * 1000;

/** What a finding says before rules come back: the answer is still to come. */
const UNDER_WAY = /^Portcullis is (closing|undoing) .* now\./;

/** Plays one scenario through the public APIs only, as a person with the AWS CLI would, and compares the end. */
export async function playScenario(scenario: Scenario, stage: Stage): Promise<ScenarioOutcome> {
  const began = stage.now();
  if (scenario.approved === true) await engageBrake(stage);
  const { target, findingIds: ids } = await prepareScenario(scenario, stage);
  const findings = await act(scenario, ids, stage);
  const unlike = await playGrant(scenario, target, stage);
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
async function act(scenario: Scenario, ids: readonly string[], stage: Stage): Promise<AwsSecurityFinding[]> {
  if (scenario.trigger === 'automatic') {
    stage.say('nobody does anything');
    const asked = await waitForNotes(ids, [], stage);
    if (scenario.approved !== true) return asked;
    await approveAtTerminal(ids, stage);
    return waitForNotes(ids, asked, stage);
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
  const { daysPass } = scenario;
  if (daysPass !== undefined && stage.time !== undefined) {
    stage.say(`${String(daysPass)} days pass`);
    await stage.time.advance(daysPass * DAY_MILLIS);
    findings = await waitForNotes(ids, findings, stage);
  }
  return findings;
}

/** Looks at the hub's findings until each has another note than before; gives up, without an error, when patience ends. */
async function waitForNotes(
  ids: readonly string[],
  before: readonly AwsSecurityFinding[],
  stage: Stage,
): Promise<AwsSecurityFinding[]> {
  const securityHub = stage.clients.securityHub(stage.hub.account, stage.hub.region);
  const old = new Set(before.map(({ Note }) => Note?.Text));
  const deadline = stage.now() + PATIENCE_MILLIS;
  for (;;) {
    const { Findings = [] } = await securityHub.send(
      new GetFindingsCommand({ Filters: { Id: ids.map((Value) => ({ Value, Comparison: 'EQUALS' })) } }),
    );
    const answered = Findings.every(
      ({ Note }) => Note?.Text !== undefined && !old.has(Note.Text) && !UNDER_WAY.test(Note.Text),
    );
    if ((answered && Findings.length === ids.length) || stage.now() > deadline) return Findings;
    await stage.pause(POLL_EVERY_MILLIS);
  }
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

function toSurprises(scenario: Scenario, findings: readonly AwsSecurityFinding[], openAfter: readonly Ingress[]) {
  const { expected } = scenario;
  const surprises: string[] = [];
  const compare = (what: string, actual: string, wanted: string) => {
    if (actual !== wanted) surprises.push(`${what} is ${actual}, expected ${wanted}`);
  };
  compare('the number of findings', String(findings.length), String(scenario.controls.length));
  for (const finding of findings) {
    const control = finding.Compliance?.SecurityControlId ?? finding.GeneratorId ?? '?';
    compare(`${control}: workflow`, finding.Workflow?.Status ?? 'none', expected.workflow);
    compare(`${control}: outcome`, finding.UserDefinedFields?.['PortcullisOutcome'] ?? 'none', expected.outcome);
    if (expected.openedBy !== undefined) {
      const openedBy = finding.ProductFields?.['portcullis/OpenedBy']?.split('::').at(-1) ?? 'nobody';
      compare(`${control}: who opened it`, openedBy, expected.openedBy);
    }
    if (expected.severity !== undefined)
      compare(`${control}: severity`, finding.Severity?.Label ?? 'none', expected.severity);
  }
  const remediations = new Set(findings.map((finding) => finding.UserDefinedFields?.['PortcullisRemediationId']));
  if (remediations.size > 1) surprises.push(`${String(remediations.size)} remediations for one target, expected 1`);
  compare('what is open', openAfter.map(renderRule).sort().join('; '), [...expected.openAfter].sort().join('; '));
  const note = findings[0]?.Note?.Text ?? '';
  for (const text of expected.noteMentions) {
    if (!note.includes(text)) surprises.push(`the note does not mention "${text}": ${note}`);
  }
  return surprises;
}
