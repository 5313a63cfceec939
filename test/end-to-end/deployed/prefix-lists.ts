import { CreateManagedPrefixListCommand, type AddressFamily } from '@aws-sdk/client-ec2';
import type { Clients } from './clients';
import type { Place } from './place';

/** Entries that one call may bring along. */
const ENTRIES_PER_CALL = 100;

export interface PrefixLists {
  /** A list of as many entries as are given, and no place for more; its id. */
  openPrefixList(place: Place, cidrs: readonly string[], family?: AddressFamily): Promise<string>;
}

export function createPrefixLists({ ec2 }: Clients): PrefixLists {
  let lists = 0;
  return {
    async openPrefixList(place, cidrs, family) {
      if (cidrs.length > ENTRIES_PER_CALL) throw new Error(`${String(cidrs.length)} entries are too many for one call`);
      const { PrefixList } = await ec2(place).send(
        new CreateManagedPrefixListCommand({
          PrefixListName: `list-${String(++lists)}`,
          AddressFamily: family ?? (cidrs.some((cidr) => cidr.includes(':')) ? 'IPv6' : 'IPv4'),
          MaxEntries: Math.max(1, cidrs.length),
          Entries: cidrs.map((Cidr) => ({ Cidr })),
        }),
      );
      return PrefixList?.PrefixListId ?? '';
    },
  };
}
