import { ListMembersCommand, type SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { MemberAccountList } from '../../flow/ports';
import { fetchPages } from '../fetch-pages';

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_ListMembers.html */
const PER_PAGE = 50;

/** The accounts that are associated with Security Hub's administrator, whose own is none of them. */
export function createMemberAccountList(client: SecurityHubClient): MemberAccountList {
  return {
    fetchMembers: () =>
      fetchPages('The member accounts of Security Hub cannot be read', async (NextToken) => {
        const page = await client.send(
          new ListMembersCommand({ OnlyAssociated: true, MaxResults: PER_PAGE, NextToken }),
        );
        return { items: (page.Members ?? []).flatMap(({ AccountId }) => AccountId ?? []), nextToken: page.NextToken };
      }),
  };
}
