import type { EC2Client } from '@aws-sdk/client-ec2';
import type { Interfaces } from '../../core/context/surroundings';
import { success } from '../../core/result';
import type { Target } from '../../core/target';
import type { PortResult } from '../../flow/ports';
import { fetchInterfaces } from '../ec2/fetch-interfaces';
import { fetchAssociatedSubnets } from '../ec2/observe-network-acl';

/** What is attached to a target, up to so many. */
export async function fetchLoggedInterfaces(client: EC2Client, target: Target, most: number): PortResult<Interfaces> {
  if (target.kind === 'security-group')
    return fetchInterfaces(client, [{ Name: 'group-id', Values: [target.id] }], most);
  const subnets = await fetchAssociatedSubnets(client, target);
  if (!subnets.ok) return subnets;
  if (subnets.value.length === 0) return success({ seen: [], more: false });
  if (subnets.value.length > most) return success({ seen: [], more: true });
  return fetchInterfaces(client, [{ Name: 'subnet-id', Values: subnets.value.map(({ id }) => id) }], most);
}
