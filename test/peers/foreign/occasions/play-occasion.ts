import { DescribeNetworkAclsCommand, DescribeSecurityGroupRulesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { BatchImportFindingsCommand, type AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { pressCustomAction } from '../../../../src/cli/scenarios/press';
import { renderRule } from '../../../../src/cli/scenarios/rule-text';
import { SandboxClients } from '../../../../src/cli/scenarios/sandbox-clients';
import { toScenarioFinding } from '../../../../src/cli/scenarios/scenario-finding';
import type { ForeignSandbox } from '../foreign-sandbox';
import { waitForNotes } from '../wait-for-notes';
import type { Ending, Occasion } from './occasion';

const [ACCOUNT, REGION] = ['222222222222', 'eu-central-1'];
const PATIENCE_MILLIS = 60_000;

/** @param hurry how many times faster than time the occasion loses its patience */
export async function playOccasion(
  occasion: Occasion,
  foreign: ForeignSandbox,
  hurry = (): number => 1,
): Promise<Ending> {
  const clients = new SandboxClients(foreign.endpoint);
  const { hub, partition, faults } = foreign.sandbox.world;
  const ec2 = clients.ec2(ACCOUNT, REGION);
  const target = { kind: occasion.kind, partition, account: ACCOUNT, region: REGION, id: await occasion.open(ec2) };
  const own = toScenarioFinding({ target, control: occasion.control, uid: target.id, at: new Date().toISOString() });
  const finding = { ...own, ...occasion.finding };
  await clients.securityHub(ACCOUNT, REGION).send(new BatchImportFindingsCommand({ Findings: [finding] }));
  const securityHub = clients.securityHub(hub.account, hub.region);
  const eventBridge = clients.eventBridge(hub.account, hub.region);
  if (occasion.fault) faults.add(occasion.fault);
  try {
    let told: AwsSecurityFinding | undefined;
    for (const action of occasion.presses ?? ['Close ingress']) {
      await pressCustomAction({ securityHub, eventBridge }, action, [finding.Id ?? '']);
      const began = Date.now();
      const isPatient = (): boolean => (Date.now() - began) * hurry() < PATIENCE_MILLIS;
      [told] = await waitForNotes(securityHub, [finding.Id ?? ''], [told?.Note?.Text], isPatient);
    }
    return toRequestResult(occasion, told, await fetchLeft(ec2, target));
  } finally {
    faults.clear();
  }
}

function toRequestResult(
  { expected }: Occasion,
  told: AwsSecurityFinding | undefined,
  left: readonly string[],
): Ending {
  const was = {
    workflow: told?.Workflow?.Status ?? 'none',
    outcome: told?.UserDefinedFields?.['PortcullisOutcome'] ?? 'none',
    left: [...left].sort().join('; '),
  };
  const wanted = { ...expected, left: [...expected.left].sort().join('; ') };
  const surprises = (['workflow', 'outcome', 'left'] as const)
    .filter((what) => was[what] !== wanted[what])
    .map((what) => `${what} is ${was[what]}, expected ${wanted[what]}: ${told?.Note?.Text ?? 'no note'}`);
  const resolvedWhileOpen = was.workflow === 'RESOLVED' && expected.workflow === 'RESOLVED' && was.left !== wanted.left;
  return { surprises, resolvedWhileOpen };
}

async function fetchLeft(ec2: EC2Client, { kind, id }: { readonly kind: Occasion['kind']; readonly id: string }) {
  if (kind === 'network-acl') {
    const { NetworkAcls = [] } = await ec2.send(new DescribeNetworkAclsCommand({ NetworkAclIds: [id] }));
    const entries = NetworkAcls.flatMap(({ Entries = [] }) => Entries).filter(({ Egress }) => Egress !== true);
    return entries.map((entry) => `${String(entry.RuleNumber)} ${renderRule(entry)}`);
  }
  const { SecurityGroupRules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [id] }] }),
  );
  return SecurityGroupRules.map((rule) => {
    const tags = (rule.Tags ?? []).map(({ Key, Value }) => ` ${Key ?? ''}=${Value ?? ''}`).join('');
    return `${rule.IsEgress === true ? 'out' : 'in'} ${renderRule(rule)}${tags}`;
  });
}
