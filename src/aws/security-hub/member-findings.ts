import { BatchImportFindingsCommand, GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { parseKnownFinding } from '../../core/detection/own-finding';
import { ownProductArn } from '../../core/detection/to-own-findings';
import { failure, success } from '../../core/result';
import { targetArn } from '../../core/target';
import type { MemberFindings } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { createMemberClients } from '../sts/member-clients';
import type { MemberAccounts } from '../sts/member-credentials';

/** @param sessionName names the calls in the member's CloudTrail */
export function createMemberFindings(accounts: MemberAccounts, sessionName: string): MemberFindings {
  const clientFor = createMemberClients(accounts, (configuration) => new SecurityHubClient(configuration));
  return {
    async fetchOwn(target, ids) {
      const client = await clientFor(target, sessionName);
      if (!client.ok) return client;
      const Filters = {
        Id: ids.map((Value) => ({ Value, Comparison: 'EQUALS' as const })),
        ProductArn: [{ Value: ownProductArn(target), Comparison: 'EQUALS' as const }],
      };
      const fetched = await attempt(`Findings on ${targetArn(target)} cannot be read in its account`, () =>
        client.value.send(new GetFindingsCommand({ Filters, MaxResults: 100 })),
      );
      if (!fetched.ok) return fetched;
      return success((fetched.value.Findings ?? []).flatMap((each) => parseKnownFinding(each) ?? []));
    },

    async importOwn(target, findings) {
      const client = await clientFor(target, sessionName);
      if (!client.ok) return client;
      const what = `Findings on ${targetArn(target)} cannot be imported in its account`;
      const imported = await attempt(what, () =>
        client.value.send(
          new BatchImportFindingsCommand({
            Findings: findings.map((each) => ({
              ...each,
              Types: [...each.Types],
              Resources: each.Resources.map((resource) => ({ ...resource })),
            })),
          }),
        ),
      );
      if (!imported.ok) return imported;
      const [refused] = imported.value.FailedFindings ?? [];
      if (refused === undefined) return success(undefined);
      // Which of them may pass is documented nowhere: the queue delivers again a few times, and then keeps it.
      const cause = `${what}: ${refused.ErrorCode ?? ''}: ${refused.ErrorMessage ?? ''}`;
      return failure({ code: 'unknown', retryable: true, cause });
    },
  };
}
