import type {
  AwsSecurityFinding,
  BatchImportFindingsRequest,
  BatchImportFindingsResponse,
} from '@aws-sdk/client-securityhub';

import type { CallContext, Operation } from '../runtime/operation';
import type { World } from '../runtime/world';
import type { AutomationRules } from './automation-rules';
import { findingProblem } from './check-finding';
import type { FindingStore, StoredFinding } from './finding-store';
import { emitImported } from './imported-event';
import { mergeImport } from './merge-import';
import { invalidInput } from './securityhub-error';

const MAX_FINDINGS = 100;

/**
 * Imports 1 to 100 findings, each for itself: one that is not ASFF, or another account's, is in `FailedFindings`. One
 * that was there keeps what customers own (note, user-defined fields, …); automation rules and the `Imported` event
 * come after, and then what Security Hub V2 makes of it.
 * It throws InvalidInputException for their number.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
 */
export function createBatchImportFindings(
  store: FindingStore,
  rules: AutomationRules,
  whenImported: (stored: StoredFinding, world: World) => void,
): Operation<BatchImportFindingsRequest, BatchImportFindingsResponse> {
  return {
    permissions: ({ Findings = [] }) =>
      [...new Map(Findings.map(({ ProductArn = '*', AwsAccountId = '' }) => [ProductArn, AwsAccountId]))].map(
        ([resource, account]) => ({
          action: 'securityhub:BatchImportFindings',
          resource,
          context: { 'securityhub:TargetAccount': account },
        }),
      ),
    handle: ({ Findings = [] }, context) => {
      if (Findings.length === 0 || Findings.length > MAX_FINDINGS) {
        throw invalidInput(`Findings must have 1 to ${MAX_FINDINGS} members, not ${Findings.length}`);
      }
      const FailedFindings = Findings.flatMap((finding) => {
        const problem = findingProblem(finding) ?? accountProblem(finding, context);
        if (problem === undefined) whenImported(importOne(store, rules, finding, context), context.world);
        return problem === undefined
          ? []
          : [
              {
                Id: finding.Id ?? '',
                ErrorCode: 'InvalidInput',
                ErrorMessage: `Finding does not adhere to Amazon Finding Format. ${problem}`,
              },
            ];
      });
      const FailedCount = FailedFindings.length;
      return { FailedCount, SuccessCount: Findings.length - FailedCount, FailedFindings };
    },
  };
}

/** An account imports its own findings; the hub account also those of its members. */
function accountProblem(
  { AwsAccountId = '' }: AwsSecurityFinding,
  { account, world }: CallContext,
): string | undefined {
  if (AwsAccountId === account) return undefined;
  if (account === world.hub.account && world.accounts.includes(AwsAccountId)) return undefined;
  return `AwsAccountId ${AwsAccountId} is not the caller's account ${account}`;
}

function importOne(
  store: FindingStore,
  rules: AutomationRules,
  imported: AwsSecurityFinding,
  context: CallContext,
): StoredFinding {
  const { world, region } = context;
  const account = imported.AwsAccountId ?? context.account;
  const processedAt = new Date(world.clock.now()).toISOString();
  const previous = store.find(account, region, imported);
  const merged: StoredFinding = {
    finding: mergeImport(imported, previous, { region, processedAt }),
    account,
    region,
    setByCustomer: previous?.setByCustomer ?? new Set(),
  };
  const stored = rules.apply(world, merged);
  store.save(stored, world);
  emitImported(world, stored);
  return stored;
}
