import {
  BatchUpdateFindingsCommand,
  BatchUpdateFindingsV2Command,
  GetFindingsV2Command,
} from '@aws-sdk/client-securityhub';
import { parseOcsfFinding, type OcsfFinding } from '../../../src/core/findings/ocsf/parse-ocsf-finding';
import { readComment } from '../../../src/core/findings/ocsf/comment-signature';
import { memberOf, textOf } from '../../../src/core/read-member';
import type { Deployed } from '../deployed-portcullis';

interface Seen {
  readonly workflow: string | undefined;
  readonly outcome: string | undefined;
}

export interface Faces {
  /** As GetFindingsV2 answers it. */
  rawOf(id: string): Promise<unknown>;
  faceOf(id: string): Promise<Face>;
  /** What somebody sees who looks into both, once nothing is under way. */
  seen(id: string): Promise<{ readonly cspm: Seen; readonly v2: Seen }>;
  /** @param StatusId 1 New, 2 In Progress, 3 Suppressed, 4 Resolved */
  setInV2(id: string, StatusId: number): Promise<void>;
  setInCspm(id: string, Status: 'NEW' | 'SUPPRESSED'): Promise<void>;
}

interface Face extends OcsfFinding {
  /** As Security Hub V2 shows it to people. */
  readonly comment: string;
}

/** A finding's other face, in Security Hub V2, and what people do to either. */
export function createFaces({ clients, hub, settle, findingOf }: Deployed): Faces {
  const client = clients.securityHub(hub);

  async function rawOf(id: string): Promise<unknown> {
    const { Findings: [found] = [] } = await client.send(
      new GetFindingsV2Command({
        Filters: {
          CompositeFilters: [
            { StringFilters: [{ FieldName: 'finding_info.uid', Filter: { Value: id, Comparison: 'EQUALS' } }] },
          ],
        },
      }),
    );
    return found;
  }

  async function faceOf(id: string): Promise<Face> {
    const raw = await rawOf(id);
    const parsed = parseOcsfFinding(raw);
    if (!parsed.ok) throw new Error(`Security Hub V2 has no finding ${id}`);
    return { ...parsed.value, comment: textOf(memberOf(raw, 'comment')) ?? '' };
  }

  return {
    rawOf,
    faceOf,

    async seen(id: string) {
      await settle();
      const [asff, v2] = [await findingOf(id), await faceOf(id)];
      return {
        cspm: { workflow: asff.Workflow?.Status, outcome: asff.UserDefinedFields?.['PortcullisOutcome'] },
        v2: { workflow: v2.workflow, outcome: readComment(v2.comment).signature?.outcome },
      };
    },

    async setInV2(id: string, StatusId: number): Promise<void> {
      const { account, productUid } = await faceOf(id);
      const FindingIdentifiers = [{ CloudAccountUid: account, FindingInfoUid: id, MetadataProductUid: productUid }];
      await client.send(new BatchUpdateFindingsV2Command({ FindingIdentifiers, StatusId }));
    },

    async setInCspm(id: string, Status: 'NEW' | 'SUPPRESSED'): Promise<void> {
      const { ProductArn } = await findingOf(id);
      const FindingIdentifiers = [{ Id: id, ProductArn }];
      await client.send(new BatchUpdateFindingsCommand({ FindingIdentifiers, Workflow: { Status } }));
    },
  };
}
