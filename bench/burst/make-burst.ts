import { AuthorizeSecurityGroupIngressCommand, CreateSecurityGroupCommand } from '@aws-sdk/client-ec2';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  BatchImportFindingsCommand,
  DescribeActionTargetsCommand,
  type AwsSecurityFinding,
} from '@aws-sdk/client-securityhub';
import { SandboxClients } from '../../src/cli/scenarios/sandbox-clients';
import { toScenarioFinding } from '../../src/cli/scenarios/scenario-finding';
import type { PortcullisSandbox } from '../../src/cli/sandbox/deploy-portcullis';
import type { ControlId } from '../../src/core/controls/control-id';
import type { Target } from '../../src/core/target';

/** Closed with nobody watching; the findings of the others are selected by a person. */
export const AUTOMATIC: readonly ControlId[] = ['EC2.13', 'EC2.19'];
const SELECTED: readonly ControlId[] = ['EC2.18', 'EC2.53'];

const IMPORTED_AT_ONCE = 100;
const EVENTS_AT_ONCE = 10;

export interface Burst {
  readonly targets: readonly Target[];
  readonly findings: readonly AwsSecurityFinding[];
}

/**
 * Groups with SSH open to the world, so many in each account, over the Regions, and the findings that four controls
 * make of each.
 */
export async function makeGroups(
  sandbox: PortcullisSandbox,
  regions: readonly string[],
  groupsAnAccount: number,
  named = 'group',
): Promise<Burst> {
  const { partition, clock } = sandbox.world;
  const clients = new SandboxClients(sandbox.endpoint);
  const at = new Date(clock.now()).toISOString();
  const targets: Target[] = [];
  for (const account of sandbox.members) {
    for (let group = 0; group < groupsAnAccount; group++) {
      const region = regions[group % regions.length] ?? '';
      const ec2 = clients.ec2(account, region);
      const name = { GroupName: `${named}-${String(group)}`, Description: 'Of a burst' };
      const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand(name));
      const open = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [open] }));
      targets.push({ kind: 'security-group', partition, account, region, id: GroupId });
    }
  }
  const findings = targets.flatMap((target) =>
    [...AUTOMATIC, ...SELECTED].map((control) =>
      toScenarioFinding({ target, control, uid: `${target.id}-${control}`, at }),
    ),
  );
  return { targets, findings };
}

/** All at one moment: Security Hub imports every finding. */
export async function importBurst(sandbox: PortcullisSandbox, { findings }: Burst): Promise<void> {
  const { hub } = sandbox.world;
  const clients = new SandboxClients(sandbox.endpoint);
  for (const account of sandbox.members) {
    const own = findings.filter(({ AwsAccountId }) => AwsAccountId === account);
    for (const Findings of inRegions(own).flatMap((some) => inChunks(some, IMPORTED_AT_ONCE))) {
      const imported = await clients
        .securityHub(account, Findings[0]?.Region ?? hub.region)
        .send(new BatchImportFindingsCommand({ Findings: [...Findings] }));
      if (imported.FailedCount !== 0) throw new Error(`${String(imported.FailedCount)} findings were not imported.`);
    }
  }
}

/** All at one moment: every finding is imported, and a person selects those that are not automatic. */
export async function release(sandbox: PortcullisSandbox, burst: Burst): Promise<void> {
  await importBurst(sandbox, burst);
  const { hub } = sandbox.world;
  const clients = new SandboxClients(sandbox.endpoint);
  const { ActionTargets = [] } = await clients
    .securityHub(hub.account, hub.region)
    .send(new DescribeActionTargetsCommand({}));
  const action = ActionTargets.find(({ Name }) => Name === 'Close ingress')?.ActionTargetArn ?? '';
  const selected = new Set<string | undefined>(SELECTED);
  const chosen = burst.findings.filter(({ Compliance }) => selected.has(Compliance?.SecurityControlId));
  const events = clients.eventBridge(hub.account, hub.region);
  for (const chunk of inChunks(chosen, EVENTS_AT_ONCE)) {
    const Entries = chunk.map((finding) => ({
      Source: 'aws.securityhub',
      DetailType: 'Security Hub Findings - Custom Action',
      Resources: [action],
      Detail: JSON.stringify({ actionName: 'Close ingress', actionDescription: '', findings: [finding] }),
    }));
    const { FailedEntryCount } = await events.send(new PutEventsCommand({ Entries }));
    if (FailedEntryCount !== 0) throw new Error(`${String(FailedEntryCount)} events were not taken.`);
  }
}

function inChunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function inRegions(findings: readonly AwsSecurityFinding[]): readonly (readonly AwsSecurityFinding[])[] {
  const regions = [...new Set(findings.map(({ Region }) => Region))];
  return regions.map((region) => findings.filter(({ Region }) => Region === region));
}
