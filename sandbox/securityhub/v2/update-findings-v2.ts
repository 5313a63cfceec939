import type {
  BatchUpdateFindingsV2ProcessedFinding,
  BatchUpdateFindingsV2Request,
  BatchUpdateFindingsV2Response,
  BatchUpdateFindingsV2UnprocessedFinding,
  OcsfFindingIdentifier,
} from '@aws-sdk/client-securityhub';

import type { Operation } from '../../runtime/operation';
import type { FindingStore, StoredFinding } from '../finding-store';
import { hasFace, metadataUidOf, type Faces } from './faces';
import { hubV2Arn, type HubsV2 } from './hubs-v2';
import { emitImportedV2 } from './imported-v2-event';
import { SEVERITIES, STATUSES } from './ocsf-ids';
import { requireHubV2 } from './require-hub-v2';
import { invalid } from './validation-error';

const MAX_FINDINGS = 100;
const MAX_COMMENT_CHARACTERS = 512;
/** What archives a finding is no update. */
const ARCHIVED = 5;

/**
 * Updates up to 100 findings alike, by `MetadataUids` or by `FindingIdentifiers`. What the caller cannot see is in
 * `UnprocessedFindings`; each of the others puts a `Findings Imported V2` event. Permitted as
 * `securityhub:BatchUpdateFindings` on the hub of V2, field by field (`securityhub:OCSFSyntaxPath/…`). The face in CSPM
 * stays as it is. It throws ValidationException, and ConflictException where V2 is not switched on.
 * https://docs.aws.amazon.com/securityhub/latest/APIReference/API_BatchUpdateFindingsV2.html
 */
export function createBatchUpdateFindingsV2(
  store: FindingStore,
  hubs: HubsV2,
  faces: Faces,
): Operation<BatchUpdateFindingsV2Request, BatchUpdateFindingsV2Response> {
  return {
    permissions: ({ StatusId, SeverityId, Comment }, context) => [
      {
        action: 'securityhub:BatchUpdateFindings',
        resource: hubV2Arn(context.world, context),
        context: Object.fromEntries(
          Object.entries({ StatusId, SeverityId, Comment })
            .filter(([, value]) => value !== undefined)
            .map(([name, value]) => [`securityhub:OCSFSyntaxPath/${name}`, String(value)]),
        ),
      },
    ],
    handle: (input, context) => {
      requireHubV2(hubs, context);
      check(input);
      const { world } = context;
      const visible = store.visibleTo(context).filter(hasFace);
      const ProcessedFindings: BatchUpdateFindingsV2ProcessedFinding[] = [];
      const UnprocessedFindings: BatchUpdateFindingsV2UnprocessedFinding[] = [];
      for (const { name, isMeant } of namesIn(input)) {
        const stored = visible.find(isMeant);
        if (stored === undefined) {
          const ErrorMessage = 'Finding was not found';
          UnprocessedFindings.push({ ...name, ErrorCode: 'ResourceNotFoundException', ErrorMessage });
          continue;
        }
        const { StatusId, SeverityId, Comment } = input;
        const face = {
          ...faces.of(stored),
          ...(StatusId === undefined ? {} : { statusId: StatusId }),
          ...(SeverityId === undefined ? {} : { severityId: SeverityId }),
          ...(Comment === undefined ? {} : { comment: Comment }),
        };
        faces.save(stored, face, world);
        emitImportedV2(world, stored, hubs, faces);
        ProcessedFindings.push(name);
      }
      return { ProcessedFindings, UnprocessedFindings };
    },
  };
}

function check({
  MetadataUids,
  FindingIdentifiers,
  Comment,
  StatusId,
  SeverityId,
}: BatchUpdateFindingsV2Request): void {
  if (MetadataUids && FindingIdentifiers) throw invalid('MetadataUids and FindingIdentifiers exclude each other');
  const named = MetadataUids ?? FindingIdentifiers ?? [];
  if (named.length === 0 || named.length > MAX_FINDINGS) {
    throw invalid(`1 to ${MAX_FINDINGS} findings can be updated, not ${named.length}`);
  }
  if (Comment !== undefined && (Comment.trim() === '' || Comment.length > MAX_COMMENT_CHARACTERS)) {
    throw invalid(`Comment must have 1 to ${MAX_COMMENT_CHARACTERS} characters`);
  }
  if (StatusId !== undefined && (!STATUSES.has(StatusId) || StatusId === ARCHIVED)) {
    throw invalid(`StatusId is unknown: ${StatusId}`);
  }
  if (SeverityId !== undefined && !SEVERITIES.has(SeverityId)) throw invalid(`SeverityId is unknown: ${SeverityId}`);
}

interface Named {
  readonly name: { readonly FindingIdentifier: OcsfFindingIdentifier } | { readonly MetadataUid: string };
  readonly isMeant: (stored: StoredFinding) => boolean;
}

function namesIn({ MetadataUids = [], FindingIdentifiers = [] }: BatchUpdateFindingsV2Request): readonly Named[] {
  return [
    ...MetadataUids.map((MetadataUid): Named => ({
      name: { MetadataUid },
      isMeant: (stored) => metadataUidOf(stored) === MetadataUid,
    })),
    ...FindingIdentifiers.map((FindingIdentifier): Named => ({
      name: { FindingIdentifier },
      isMeant: ({ account, finding }) =>
        account === FindingIdentifier.CloudAccountUid &&
        finding.Id === FindingIdentifier.FindingInfoUid &&
        finding.ProductArn?.replace('::product/', '::productv2/') === FindingIdentifier.MetadataProductUid,
    })),
  ];
}
