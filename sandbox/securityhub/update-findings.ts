import type {
  AwsSecurityFindingIdentifier,
  BatchUpdateFindingsRequest,
  BatchUpdateFindingsResponse,
  BatchUpdateFindingsUnprocessedFinding,
} from '@aws-sdk/client-securityhub';

import type { Operation, RequiredPermission } from '../runtime/operation';
import { applyUpdate, updateProblem } from './apply-update';
import type { FindingStore, StoredFinding } from './finding-store';
import { hubArn } from './hub-arn';
import { emitImported } from './imported-event';
import { invalidInput } from './securityhub-error';

const MAX_FINDINGS = 100;

/**
 * Updates 1 to 100 findings alike. What the caller cannot see, or names twice, is in `UnprocessedFindings`; each of the
 * others puts an `Imported` event. Permitted field by field (`securityhub:ASFFSyntaxPath/…`).
 * It throws InvalidInputException for their number and for values that no field takes.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchUpdateFindings.html
 */
export function createBatchUpdateFindings(
  store: FindingStore,
  userDefinedFields: 'replaced' | 'merged',
): Operation<BatchUpdateFindingsRequest, BatchUpdateFindingsResponse> {
  return {
    permissions: (input, context) => [
      { action: 'securityhub:BatchUpdateFindings', resource: hubArn(context), context: syntaxPaths(input) },
    ],
    handle: ({ FindingIdentifiers = [], ...update }, context) => {
      if (FindingIdentifiers.length === 0 || FindingIdentifiers.length > MAX_FINDINGS) {
        throw invalidInput(
          `FindingIdentifiers must have 1 to ${MAX_FINDINGS} members, not ${FindingIdentifiers.length}`,
        );
      }
      const problem = updateProblem(update);
      if (problem !== undefined) throw invalidInput(problem);
      const { world } = context;
      const at = new Date(world.clock.now()).toISOString();
      const named = new Set(FindingIdentifiers.map(({ Id }) => Id));
      const visible = new Map(
        store
          .visibleTo(context)
          .filter(({ finding }) => named.has(finding.Id))
          .map((stored) => [toKey(stored.finding), stored]),
      );
      const seen = new Set<string>();
      const ProcessedFindings: AwsSecurityFindingIdentifier[] = [];
      const UnprocessedFindings: BatchUpdateFindingsUnprocessedFinding[] = [];
      for (const FindingIdentifier of FindingIdentifiers) {
        const key = toKey(FindingIdentifier);
        const stored = visible.get(key);
        if (seen.has(key)) {
          const ErrorMessage = 'Finding identifier is in the request more than once';
          UnprocessedFindings.push({ FindingIdentifier, ErrorCode: 'DuplicatedFindingIdentifier', ErrorMessage });
        } else if (!stored) {
          UnprocessedFindings.push({
            FindingIdentifier,
            ErrorCode: 'FindingNotFound',
            ErrorMessage: 'Finding Not Found',
          });
        } else {
          const updated = applyUpdate(stored, userDefinedFields === 'merged' ? merged(stored, update) : update, at);
          store.save(updated, world);
          emitImported(world, updated);
          ProcessedFindings.push(FindingIdentifier);
        }
        seen.add(key);
      }
      return { ProcessedFindings, UnprocessedFindings };
    },
  };
}

function merged<Update extends Pick<BatchUpdateFindingsRequest, 'UserDefinedFields'>>(
  { finding }: StoredFinding,
  update: Update,
): Update {
  if (update.UserDefinedFields === undefined) return update;
  return { ...update, UserDefinedFields: { ...finding.UserDefinedFields, ...update.UserDefinedFields } };
}

function toKey({ Id, ProductArn }: AwsSecurityFindingIdentifier): string {
  return JSON.stringify([ProductArn, Id]);
}

/** https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchupdatefindings.html */
function syntaxPaths({
  Note,
  Severity,
  Workflow,
  ...update
}: BatchUpdateFindingsRequest): NonNullable<RequiredPermission['context']> {
  const values: Readonly<Record<string, unknown>> = {
    Confidence: update.Confidence,
    Criticality: update.Criticality,
    'Note.Text': Note?.Text,
    'Note.UpdatedBy': Note?.UpdatedBy,
    RelatedFindings: update.RelatedFindings?.map(({ Id }) => Id ?? ''),
    'Severity.Label': Severity?.Label,
    'Severity.Normalized': Severity?.Normalized,
    'Severity.Product': Severity?.Product,
    Types: update.Types,
    UserDefinedFields: update.UserDefinedFields && Object.keys(update.UserDefinedFields),
    VerificationState: update.VerificationState,
    'Workflow.Status': Workflow?.Status,
  };
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([path, value]) => [
        `securityhub:ASFFSyntaxPath/${path}`,
        Array.isArray(value) ? value.map(String) : String(value),
      ]),
  );
}
