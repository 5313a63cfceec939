export type AddressFamily = 'ipv4' | 'ipv6';

export const ADDRESS_FAMILIES: readonly AddressFamily[] = ['ipv4', 'ipv6'];
