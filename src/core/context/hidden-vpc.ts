import type { Target } from '../target';
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
  const foreign = associations.value.find(({ owner }) => owner !== target.account);
  return foreign && `interfaces of others in ${foreign.vpcId} do not show, a VPC of account ${foreign.owner}`;
}
