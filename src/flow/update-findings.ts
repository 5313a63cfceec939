import type { FindingKey } from '../core/findings/finding';
import type { FindingUpdate } from '../core/updates/finding-update';
import type { Durable, Hub, UnprocessedFinding } from './ports';
import { findingIdentity } from './route-finding';

/** Pauses before findings that Security Hub left unprocessed are sent again. */
const RETRY_SECONDS = [2, 5, 15] as const;

export type NotUpdated = FindingKey & { readonly reason: string };

/** Updates the findings, and answers those that stay as they were, with the reason. */
export async function updateFindings(
  keys: readonly FindingKey[],
  update: FindingUpdate,
  { durable, hub }: { readonly durable: Durable; readonly hub: Hub },
): Promise<readonly NotUpdated[]> {
  const given: NotUpdated[] = [];
  // Security Hub refuses a finding that a call names twice.
  let pending: readonly FindingKey[] = [...new Map(keys.map((key) => [findingIdentity(key), toKey(key)])).values()];
  for (let round = 0; ; round++) {
    const sent = pending;
    const updated = await durable.step(`update findings ${String(round)}`, () => hub.updateFindings(sent, update));
    if (!updated.ok) return [...given, ...sent.map((key) => ({ ...key, reason: updated.error.cause }))];
    const pause = RETRY_SECONDS[round];
    const again = (each: UnprocessedFinding) => each.retryable && pause !== undefined;
    given.push(
      ...updated.value.filter((each) => !again(each)).map((each) => ({ ...toKey(each), reason: each.reason })),
    );
    pending = updated.value.filter(again).map(toKey);
    if (pending.length === 0 || pause === undefined) return given;
    await durable.sleep(`update findings again ${String(round)}`, pause);
  }
}

function toKey({ id, productArn }: FindingKey): FindingKey {
  return { id, productArn };
}
