import type { NetworkAcl } from '../../../src/core/network/network-acl';
import type { SecurityGroup } from '../../../src/core/network/security-group-rule';
import { ruleText } from '../../cases/case-text';
import { resourceOf, type Case } from '../../cases/load-cases';
import { MEMBER, type Deployed, type Located } from '../deployed-portcullis';
import { CaseNames } from './case-names';
import { toEntry } from '../to-core';
import { stageGroup } from './stage-group';

const PLACE = { account: MEMBER, region: 'eu-central-1' };
const LAST_ENTRY = 32_767;

/** A row's target, made in EC2, with its findings. */
export interface StagedCase {
  readonly row: Case;
  readonly target: Located;
  readonly names: CaseNames;
  readonly findingIds: readonly string[];
  /** What it holds, in the row's words. */
  readRules(): Promise<readonly RuleReading[]>;
}

export interface RuleReading {
  /** The row's name for a rule that was there from the beginning; terms for others. */
  readonly name: string;
  readonly terms: string;
}

/** @throws EC2's refusal of what the row holds. */
export async function stageCase(portcullis: Deployed, row: Case): Promise<StagedCase> {
  const resource = resourceOf(row);
  if (resource.kind === 'network-acl') {
    const acl = await stageAcl(portcullis, resource);
    const names = new CaseNames();
    names.set(acl.id, resource.id);
    const readRules = async () =>
      (await portcullis.entriesOf(acl))
        .map((entry) => ruleText(toEntry(entry)))
        .map((text) => ({ name: text, terms: text }));
    return { row, target: acl, names, findingIds: await importFindings(portcullis, row, acl), readRules };
  }
  const { group, names } = await stageGroup(portcullis, PLACE, resource, groupNameOf(row, resource));
  const readRules = async () =>
    (await portcullis.rulesOf(group)).map((rule) => ({ name: names.nameOf(rule), terms: names.termsOf(rule) }));
  return { row, target: group, names, findingIds: await importFindings(portcullis, row, group), readRules };
}

/** Rules alone do not tell the name of their group; where EC2.2 is requested, the default one is meant. */
function groupNameOf({ controls }: Case, { name, id }: SecurityGroup): string | undefined {
  if (name !== id) return name;
  return controls.includes('EC2.2') ? 'default' : undefined;
}

async function stageAcl(portcullis: Deployed, { isDefault, entries }: NetworkAcl): Promise<Located> {
  const vpcId = await portcullis.openVpc(PLACE);
  const changeable = entries.filter(({ RuleNumber }) => RuleNumber !== LAST_ENTRY);
  if (!isDefault) return portcullis.openNetworkAcl(PLACE, vpcId, changeable);
  const acl = await portcullis.defaultNetworkAclOf(PLACE, vpcId);
  await portcullis.replaceEntries(acl, changeable);
  return acl;
}

async function importFindings(portcullis: Deployed, row: Case, target: Located): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const control of row.controls) {
    const SecurityControlParameters = row.parameters?.map(({ Name, Value }) => ({ Name, Value: [...Value] }));
    const Compliance = {
      Status: 'FAILED' as const,
      ...(control !== 'baseline' && { SecurityControlId: control }),
      ...(SecurityControlParameters && { SecurityControlParameters }),
    };
    ids.push(await portcullis.importFinding(target, control, { Compliance }));
  }
  return ids;
}
