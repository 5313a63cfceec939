import type { MemberState } from '../ports';
import { failed, ok, unknown, type Check } from './check';
import { compareDocuments, describeDocuments, type ExpectedDocument } from './compare-documents';

export interface IsolationPorts {
  /** The Regions that are checked. */
  readonly members: readonly { readonly region: string; readonly member: Pick<MemberState, 'fetchDocument'> }[];
  readonly prefix: string;
  readonly documents: readonly ExpectedDocument[];
  /** What brings them. */
  readonly stack: string;
}

/**
 * The runbooks that isolate instances. They are there where portcullis.yaml has `isolation`, which a member does not
 * know: where none of them is in any of the Regions, nobody wanted them; where one of them is, all are wanted in all.
 */
export async function checkIsolation({ members, prefix, documents, stack }: IsolationPorts): Promise<readonly Check[]> {
  const compared = await Promise.all(
    members.map(async ({ region, member }) => ({ region, found: await compareDocuments(member, prefix, documents) })),
  );
  const isWanted = compared.some(({ found }) => found.ok && found.value.missing.length < documents.length);
  return compared.map(({ region, found }) => {
    const check = `isolation ${region}`;
    if (!found.ok) return unknown(check, found.error);
    if (!isWanted) return ok(check, 'none of its runbooks is here: nothing can be isolated');
    const { missing, changed } = found.value;
    const said = describeDocuments(documents, found.value);
    if (missing.length + changed.length === 0) return ok(check, said);
    return failed(check, said, `AWS_REGION=${region} npx cdk deploy ${stack}`);
  });
}
