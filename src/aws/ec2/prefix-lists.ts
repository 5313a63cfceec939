import {
  DescribeManagedPrefixListsCommand,
  GetManagedPrefixListEntriesCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import type { SecurityGroup } from '../../core/network/security-group-rule';
import { success } from '../../core/result';
import type { PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { fetchPages } from '../fetch-pages';

type PrefixLists = Required<Pick<SecurityGroup, 'prefixLists' | 'prefixListVersions'>>;

/**
 * Entries of prefix lists with the versions that they are of, so that it can be said later what was judged. A list that
 * we may not read stays out, and its rule cannot be judged.
 */
export async function fetchPrefixLists(client: EC2Client, ids: ReadonlySet<string>): PortResult<PrefixLists> {
  const prefixLists: Record<string, readonly string[]> = {};
  const prefixListVersions: Record<string, number> = {};
  for (const id of ids) {
    const read = await fetchPrefixList(client, id);
    if (!read.ok) {
      if (read.error.retryable) return read;
      continue;
    }
    prefixLists[id] = read.value.cidrs;
    if (read.value.version !== undefined) prefixListVersions[id] = read.value.version;
  }
  return success({ prefixLists, prefixListVersions });
}

interface PinnedList {
  readonly version: number | undefined;
  readonly cidrs: readonly string[];
}

/** Of one version, should somebody change the list between two pages. */
async function fetchPrefixList(client: EC2Client, PrefixListId: string): PortResult<PinnedList> {
  const what = `Prefix list ${PrefixListId} cannot be read`;
  const described = await attempt(what, () =>
    client.send(new DescribeManagedPrefixListsCommand({ PrefixListIds: [PrefixListId] })),
  );
  if (!described.ok) return described;
  // AWS's own lists have none:
  // https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
  const version = described.value.PrefixLists?.[0]?.Version;
  const cidrs = await fetchPages(what, async (NextToken) => {
    const page = await client.send(
      new GetManagedPrefixListEntriesCommand({ PrefixListId, TargetVersion: version, MaxResults: 100, NextToken }),
    );
    return { items: (page.Entries ?? []).flatMap(({ Cidr }) => Cidr ?? []), nextToken: page.NextToken };
  });
  return cidrs.ok ? success({ version, cidrs: cidrs.value }) : cidrs;
}
