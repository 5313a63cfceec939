import { whoHadItMade } from '../../core/context/had-made';
import type { HadMade } from '../../core/context/to-opened-by';
import type { ResourceRule } from '../../core/ledger/remediation-record';
import { restoredAs, type Restored } from '../../core/ledger/restored';
import { isEntry } from '../../core/network/network-acl-entry';
import { remediationOf } from '../../core/planning/undo/undo-rules';
import { targetKey, type Target } from '../../core/target';
import type { Ledger } from '../ports';

export type MadeByPorts = Pick<Ledger, 'fetchRemediation' | 'fetchRestored'>;

/** Records that are read at most; who had more than these made is named as CloudTrail shows it. */
const MOST_REMEDIATIONS = 5;

/**
 * Asks the ledger who had rules and entries made that runbooks of ours may have made. A rule names its remediation by
 * its tag, and is believed where that is one of the same target; what has none, as entries, is known by what undos put
 * back. What cannot be read stays as CloudTrail has it.
 *
 * @param rules by the names that they are listed under; none, and nothing is read
 */
export async function readWhoHadItMade(
  target: Target,
  rules: ReadonlyMap<string, ResourceRule>,
  ledger: MadeByPorts,
): Promise<HadMade> {
  if (rules.size === 0) return new Map();
  const untagged = [...rules.values()].some((rule) => taggedBy(rule) === undefined);
  const restored = untagged ? await ledger.fetchRestored(target) : undefined;
  const known = restored?.ok === true ? restored.value : [];
  const ids = new Map([...rules].map(([name, rule]) => [name, taggedBy(rule) ?? restoredBy(rule, known)] as const));
  const who = new Map<string, string | undefined>();
  for (const id of new Set(ids.values())) {
    if (id === undefined || who.size === MOST_REMEDIATIONS) continue;
    const read = await ledger.fetchRemediation(id);
    const record = read.ok ? read.value : undefined;
    const isOfTarget = record !== undefined && targetKey(record.target) === targetKey(target);
    who.set(id, isOfTarget ? whoHadItMade(record) : undefined);
  }
  return new Map(
    [...ids].flatMap(([name, id]) => {
      const words = id === undefined ? undefined : who.get(id);
      return words === undefined ? [] : [[name, words] as const];
    }),
  );
}

function taggedBy(rule: ResourceRule): string | undefined {
  return isEntry(rule) ? undefined : remediationOf(rule);
}

function restoredBy(rule: ResourceRule, restored: Restored): string | undefined {
  const found = restoredAs(rule, restored);
  return found?.wasLeft === true ? undefined : found?.remediationId;
}
