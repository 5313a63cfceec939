import type { Target } from '../target';
import type { Attached, AttachedItem, AttachedKind, Fact } from './context';
import { counted } from './counted';
import { known, unknown } from './fact';
import { foreignVpc, hiddenVpc } from './hidden-vpc';
import type { InterfaceSeen } from './interface-seen';
import type { InstanceSeen, Surroundings } from './surroundings';

const MOST_ITEMS = 20;

/** What hangs on a target, by its network interfaces. */
export function toAttached(target: Target, around: Surroundings, vpcId: string | undefined): Fact<Attached> {
  const { interfaces, subnetIds, instances, associations } = around;
  if (!interfaces.ok) return unknown(interfaces.error);
  const { seen } = interfaces.value;
  const hidden = hiddenVpc(target, around);
  const hiddenIn = foreignVpc(target, around);
  const more = interfaces.value.more || hidden !== undefined;
  const known_ = new Map((instances.ok ? instances.value : []).map((instance) => [instance.id, instance]));
  const items = [...new Map(seen.map((each) => toItem(each, known_)).map((item) => [item.id, item])).values()];
  const count = target.kind === 'network-acl' ? subnetIds.length : seen.length;
  const value: Attached = {
    count,
    ...(more && { more: true as const }),
    ...(hiddenIn && { hiddenIn }),
    kinds: [
      ...(target.kind === 'network-acl' && count > 0 ? (['subnet'] as const) : []),
      ...new Set(items.map(({ kind }) => kind)),
    ],
    items: items.slice(0, MOST_ITEMS),
    otherVpcs: unique([...(associations.ok ? associations.value : []), ...seen].map((each) => each.vpcId)).filter(
      (id) => id !== vpcId,
    ),
    otherAccounts: unique(seen.map(({ owner }) => owner)).filter((id) => id !== target.account),
  };
  const howMany = `${interfaces.value.more ? 'more than ' : ''}${counted(seen.length, 'network interface')}`;
  return known(
    value,
    howMany,
    ...(hidden === undefined ? [] : [hidden]),
    ...(instances.ok ? [] : [`instances have no names: ${instances.error}`]),
  );
}

function toItem(seen: InterfaceSeen, instances: ReadonlyMap<string, InstanceSeen>): AttachedItem {
  if (seen.instanceId !== undefined) {
    const instance = instances.get(seen.instanceId);
    const name = instance?.tags.find(({ Key }) => Key === 'Name')?.Value;
    return {
      kind: 'instance',
      id: seen.instanceId,
      ...(name === undefined ? {} : { name }),
      ...(instance === undefined ? {} : { state: instance.state }),
    };
  }
  const kind = kindOf(seen);
  const id = LOAD_BALANCER.exec(seen.description)?.[1] ?? seen.id;
  const name = seen.description === '' ? {} : { name: seen.description };
  return { kind, id, ...name, ...(kind === 'load-balancer' ? schemeOf(seen) : {}) };
}

/**
 * As Elastic Load Balancing calls it: only a load balancer that faces the internet has public addresses of IPv4; one of
 * IPv6 alone may be either.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
 */
function schemeOf({ publicIpv4, ipv6 }: InterfaceSeen): Pick<AttachedItem, 'state'> {
  if (publicIpv4.length > 0) return { state: 'internet-facing' };
  return ipv6.length > 0 ? {} : { state: 'internal' };
}

/** Services describe what they make so: https://docs.aws.amazon.com/vpc/latest/userguide/requester-managed-eni.html */
const LOAD_BALANCER = /^ELB ((?:app|net|gwy)\/[\w-]+|[\w-]+)/;

function kindOf({ type, description }: InterfaceSeen): AttachedKind {
  if (type === 'lambda') return 'lambda';
  if (type === 'nat_gateway') return 'nat-gateway';
  if (/endpoint/.test(type)) return 'endpoint';
  if (/load_balancer/.test(type) || LOAD_BALANCER.test(description)) return 'load-balancer';
  if (description.startsWith('AWS Lambda VPC ENI')) return 'lambda';
  if (description === 'RDSNetworkInterface') return 'rds';
  if (/^arn:[^:]+:ecs:/.test(description)) return 'ecs';
  return 'other';
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)].filter((value) => value !== '');
}
