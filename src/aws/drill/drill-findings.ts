import { BatchUpdateFindingsCommand, GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { parseKnownFinding } from '../../core/detection/own-finding';
import { ownProductArn } from '../../core/detection/to-own-findings';
import { failure, success } from '../../core/result';
import type { Target } from '../../core/target';
import type { DrillGround } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { fetchPages } from '../fetch-pages';
import { createMemberClients } from '../sts/member-clients';
import type { MemberAccounts } from '../sts/member-credentials';

/** Findings of drills, where they are imported. */
export function createDrillFindings(
  accounts: MemberAccounts,
  place: Pick<Target, 'partition' | 'account' | 'region'>,
  session: string,
): Pick<DrillGround, 'fetchFindings' | 'setFields'> {
  const clientFor = createMemberClients(accounts, (configuration) => new SecurityHubClient(configuration));
  const where: Target = { ...place, kind: 'security-group', id: '' };
  return {
    async fetchFindings(idStart) {
      const client = await clientFor(where, session);
      if (!client.ok) return client;
      const Filters = {
        Id: [{ Value: idStart, Comparison: 'PREFIX' as const }],
        ProductArn: [{ Value: ownProductArn(place), Comparison: 'EQUALS' as const }],
        RecordState: [{ Value: 'ACTIVE', Comparison: 'EQUALS' as const }],
      };
      const fetched = await fetchPages('Findings of drills cannot be read', async (NextToken) => {
        const page = await client.value.send(new GetFindingsCommand({ Filters, MaxResults: 100, NextToken }));
        return { items: page.Findings ?? [], nextToken: page.NextToken };
      });
      return fetched.ok ? success(fetched.value.flatMap((each) => parseKnownFinding(each) ?? [])) : fetched;
    },

    async setFields({ Id, ProductArn }, fields) {
      const client = await clientFor(where, session);
      if (!client.ok) return client;
      const doing = 'The finding of the drill cannot be updated';
      const updated = await attempt(doing, () =>
        client.value.send(
          new BatchUpdateFindingsCommand({
            FindingIdentifiers: [{ Id, ProductArn }],
            UserDefinedFields: { ...fields },
          }),
        ),
      );
      if (!updated.ok) return updated;
      const [refused] = updated.value.UnprocessedFindings ?? [];
      if (refused === undefined) return success(undefined);
      const cause = `${doing}: ${refused.ErrorCode ?? ''}: ${refused.ErrorMessage ?? ''}`;
      return failure({ code: 'unknown', retryable: false, cause });
    },
  };
}
