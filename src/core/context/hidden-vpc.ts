import type { Target } from '../target';
import type { HiddenVpc } from './context';
import type { Surroundings } from './surroundings';

/**
 * Why interfaces may have the target's rules that its account does not see: it is associated with a VPC of another
 * account, which sees those of all its participants. Undefined where there is none. The owner of a VPC sees all
 * interfaces in it, those of participants included, so that a group that is shared hides nothing by itself. What it is
 * associated with may be any VPC where that could not be read.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing-permissions.html
 */
export function hiddenVpc(target: Target, { associations }: Pick<Surroundings, 'associations'>): string | undefined {
  if (!associations.ok) return associations.error;
  const foreign = foreignVpc(target, { associations });
  return foreign && hiddenText(foreign);
}

/** The VPC of another account that a target is associated with; undefined where none is, or none could be read. */
export function foreignVpc(
  { account }: Target,
  { associations }: Pick<Surroundings, 'associations'>,
): HiddenVpc | undefined {
  const foreign = associations.ok ? associations.value.find(({ owner }) => owner !== account) : undefined;
  return foreign && { vpcId: foreign.vpcId, owner: foreign.owner };
}

/** What a VPC of another account hides. */
export function hiddenText({ vpcId, owner }: HiddenVpc): string {
  return `interfaces of others in ${vpcId} do not show, a VPC of account ${owner}`;
}

/**
 * An instance that an interface names and that is not among those read, such as one of another account that a group is
 * shared with: whether it runs, and whose it is, nobody here sees. Undefined where there is none.
 */
export function unshownInstance({ interfaces, instances }: Surroundings): string | undefined {
  if (!interfaces.ok || !instances.ok) return undefined;
  const shown = new Set(instances.value.map(({ id }) => id));
  const { instanceId } =
    interfaces.value.seen.find((each) => !shown.has(each.instanceId ?? '') && each.instanceId !== undefined) ?? {};
  return instanceId === undefined ? undefined : `instance ${instanceId} is not shown`;
}
