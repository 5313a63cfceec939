import type { Tags } from './tags';

export interface PrefixListEntry {
  readonly cidr: string;
  readonly description: string | undefined;
}

export interface ManagedPrefixList {
  readonly prefixListId: string;
  readonly name: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly maxEntries: number;
  /** The entries of every version, oldest first: versions count from 1. */
  readonly versions: readonly (readonly PrefixListEntry[])[];
  readonly tags: Tags;
}
