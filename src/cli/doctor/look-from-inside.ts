import { readIsolationDocuments, readRunbookDocuments } from '../../../stacks/runbook-documents';
import { createMemberState } from '../../aws/adapters/member-state';
import { toDeploymentNames } from '../../core/configuration/deployment-names';
import { toIsolationNames } from '../../core/configuration/isolation-names';
import { checkInside } from '../../flow/doctor/check-inside';
import { checkIsolation } from '../../flow/doctor/check-isolation';
import type { Tell } from './tell';

/** Looks into the account that the credentials are of, Region by Region. */
export async function lookFromInside(
  {
    account,
    regions,
    prefix,
  }: { readonly account: string; readonly regions: readonly string[]; readonly prefix: string },
  tell: Tell,
): Promise<void> {
  const names = toDeploymentNames(prefix);
  const members = regions.map((region) => ({ region, member: createMemberState(account, region) }));
  for (const { region, member } of members) {
    tell(await checkInside({ member, prefix, names, region, documents: readRunbookDocuments() }));
  }
  const { stack } = toIsolationNames(prefix);
  tell(await checkIsolation({ members, prefix, documents: readIsolationDocuments(), stack }));
}
