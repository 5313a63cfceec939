import { readIsolationDocuments, readRunbookDocuments } from '../../../stacks/runbook-documents';
import { createMemberState } from '../../aws/adapters/member-state';
import { toDeploymentNames } from '../../core/configuration/names/deployment-names';
import { toIsolationNames } from '../../core/configuration/names/isolation-names';
import { checkInside } from '../../flow/doctor/check-inside';
import { checkIsolation } from '../../flow/doctor/check-isolation';
import type { Print } from './print-checks';

/** Checks the account that the credentials are of, Region by Region. */
export async function checkFromInside(
  {
    account,
    regions,
    prefix,
  }: { readonly account: string; readonly regions: readonly string[]; readonly prefix: string },
  print: Print,
): Promise<void> {
  const names = toDeploymentNames(prefix);
  const members = regions.map((region) => ({ region, member: createMemberState(account, region) }));
  for (const { region, member } of members) {
    print(await checkInside({ member, prefix, names, region, documents: readRunbookDocuments() }));
  }
  const { stack } = toIsolationNames(prefix);
  print(await checkIsolation({ members, prefix, documents: readIsolationDocuments(), stack }));
}
