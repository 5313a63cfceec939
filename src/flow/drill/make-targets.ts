import { notShown, shown, type Shown } from '../../core/drill/drill-step';
import { failure, success, type Result } from '../../core/result';
import type { Target } from '../../core/target';
import type { DrillPorts, DrillVpc, PortFailure } from '../ports';
import type { DrillOrder } from './order';
import { pollUntil } from './probe-rules';

/** A throw-away security group, and the kind of VPC that it is in: EC2 answers by that. */
export interface MadeGroup {
  readonly target: Target;
  readonly vpc: DrillVpc;
}

/**
 * Makes a group in the VPC that was named, or else one in the default VPC and one in a VPC of the account's own, as far
 * as there are both: EC2 answers what does not match by the kind of VPC. The first is the one that is opened.
 */
export async function makeGroups(order: DrillOrder, ports: DrillPorts): Promise<Shown<readonly MadeGroup[]>> {
  const vpcs = await choose(order, ports);
  if (!vpcs.ok)
    return notShown(vpcs.error.cause, 'give --vpc, or make one: aws ec2 create-vpc --cidr-block 10.0.0.0/24');
  const groups: MadeGroup[] = [];
  for (const vpc of vpcs.value) {
    const name = `${order.made}-${order.drillId}`;
    const { drillId } = order;
    const made = await ports.ground.make({ kind: 'security-group', name, drillId, vpcId: vpc.id });
    if (!made.ok) return notShown(made.error.cause);
    const shows = await pollUntil(made.value, () => true, true, ports);
    if (!shows.ok) return notShown(shows.error);
    groups.push({ target: made.value, vpc });
  }
  return shown(groups.map(({ target, vpc }) => `${target.id} in ${describeVpc(vpc)}`).join(', '), groups);
}

/** Makes the network ACL, for a control that is about these. */
export async function makeNetworkAcl(order: DrillOrder, vpcId: string, ports: DrillPorts): Promise<Shown<Target>> {
  const { drillId } = order;
  const name = `${order.made}-${drillId}`;
  const made = await ports.ground.make({ kind: 'network-acl', name, drillId, vpcId });
  if (!made.ok) return notShown(made.error.cause);
  const shows = await pollUntil(made.value, () => true, true, ports);
  return shows.ok ? shown(`${made.value.id} in ${vpcId}`, made.value) : notShown(shows.error);
}

/** For people: `default VPC vpc-…`. */
function describeVpc({ id, isDefault }: DrillVpc): string {
  return isDefault ? `default VPC ${id}` : id;
}

async function choose(
  { vpcId, place }: DrillOrder,
  { ground }: DrillPorts,
): Promise<Result<readonly DrillVpc[], PortFailure>> {
  const vpcs = await ground.fetchVpcs();
  if (!vpcs.ok) return vpcs;
  const where = `in ${place.account}/${place.region}`;
  const none = (cause: string) => failure({ code: 'not-found', retryable: false, cause } as const);
  if (vpcId !== undefined) {
    const named = vpcs.value.find(({ id }) => id === vpcId);
    return named === undefined ? none(`there is no ${vpcId} ${where}`) : success([named]);
  }
  const byId = [...vpcs.value].sort((a, b) => a.id.localeCompare(b.id));
  const chosen = [byId.find(({ isDefault }) => isDefault), byId.find(({ isDefault }) => !isDefault)];
  const found = chosen.flatMap((vpc) => vpc ?? []);
  return found.length === 0 ? none(`there is no VPC ${where}`) : success(found);
}
