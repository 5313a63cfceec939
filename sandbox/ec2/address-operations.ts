import type {
  AllocateAddressCommandInput,
  AllocateAddressCommandOutput,
  AssignIpv6AddressesCommandInput,
  AssignIpv6AddressesCommandOutput,
  AssociateAddressCommandInput,
  AssociateAddressCommandOutput,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../runtime/aws-error';
import { findById, ID_KINDS } from './ec2-ids';
import type { Answer, Ec2Operation } from './ec2-operation';
import { onResource } from './permissions';

/** Elastic IPs are of a range that no instance here gets by itself. */
export const allocateAddress: Ec2Operation<AllocateAddressCommandInput, Answer<AllocateAddressCommandOutput>> = {
  permissions: (_input, context) => [onResource('AllocateAddress', 'elastic-ip', '*', context)],
  handle: (_input, { state, world }) => {
    const allocationId = world.id('eipalloc-', 17);
    const publicIp = `52.0.${String(state.addresses.size >> 8)}.${String(state.addresses.size % 256)}`;
    state.addresses.set(allocationId, { allocationId, publicIp });
    return { AllocationId: allocationId, PublicIp: publicIp, Domain: 'vpc' };
  },
};

/** With an interface; one that has an address has the new one then. */
export const associateAddress: Ec2Operation<AssociateAddressCommandInput, Answer<AssociateAddressCommandOutput>> = {
  permissions: ({ AllocationId = '', NetworkInterfaceId = '' }, context) => [
    onResource('AssociateAddress', 'elastic-ip', AllocationId, context),
    onResource('AssociateAddress', 'network-interface', NetworkInterfaceId, context),
  ],
  handle: ({ AllocationId = '', NetworkInterfaceId = '' }, { state }) => {
    const { publicIp } = findById(ID_KINDS.allocation, state.addresses, AllocationId);
    const own = findById(ID_KINDS.networkInterface, state.networkInterfaces, NetworkInterfaceId);
    state.networkInterfaces.set(NetworkInterfaceId, { ...own, publicIp });
    return { AssociationId: AllocationId.replace('eipalloc-', 'eipassoc-') };
  },
};

/** Whether the subnet has a block of IPv6 is not read. */
export const assignIpv6Addresses: Ec2Operation<
  AssignIpv6AddressesCommandInput & { readonly DryRun?: boolean },
  Answer<AssignIpv6AddressesCommandOutput>
> = {
  permissions: ({ NetworkInterfaceId = '' }, context) => [
    onResource('AssignIpv6Addresses', 'network-interface', NetworkInterfaceId, context),
  ],
  handle: ({ NetworkInterfaceId = '', Ipv6Addresses = [] }, { state }) => {
    if (Ipv6Addresses.length === 0) throw new AwsError('NotInTheSandbox', 'Name the addresses in Ipv6Addresses.');
    const own = findById(ID_KINDS.networkInterface, state.networkInterfaces, NetworkInterfaceId);
    const ipv6Addresses = [...(own.ipv6Addresses ?? []), ...Ipv6Addresses];
    state.networkInterfaces.set(NetworkInterfaceId, { ...own, ipv6Addresses });
    return { NetworkInterfaceId, AssignedIpv6Addresses: Ipv6Addresses };
  },
};
