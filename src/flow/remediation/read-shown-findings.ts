import type { Finding, FindingKey } from '../../core/findings/finding';
import { success } from '../../core/result';
import type { Target } from '../../core/target';
import { countOnce } from '../count-once';
import { orFail } from './execution-failure';
import { SHOW_SECONDS } from '../limits';
import type { Durable, Hub, Log, Metrics } from '../ports';
import { findingIdentity } from '../intake/route-finding';

export interface ToRead {
  readonly keys: readonly FindingKey[];
  /** Those of them that were there a moment ago, and are waited for. */
  readonly seen: readonly FindingKey[];
  /** What is wanted of what is found. */
  readonly isWanted: (finding: Finding) => boolean;
  /** A target whose RESOLVED findings are wanted too, though nobody named them. */
  readonly resolvedOn?: Target;
}

interface ReadPorts {
  readonly durable: Durable;
  readonly hub: Hub;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * Findings as Security Hub holds them. It may answer as it was some minutes ago, before a finding was there: what was
 * seen is searched for again, and counted as not updated when it never shows.
 *
 * @throws ExecutionFailure when Security Hub cannot be read
 */
export async function readShownFindings(
  { keys, seen, isWanted, resolvedOn }: ToRead,
  ports: ReadPorts,
): Promise<readonly Finding[]> {
  const { durable, hub } = ports;
  if (keys.length === 0 && resolvedOn === undefined) return [];
  for (let read = 0; ; read++) {
    const { wanted, missing } = await orFail(
      durable.step(`read findings ${String(read)}`, async () => {
        const found = keys.length === 0 ? success([]) : await hub.fetchFindings(keys);
        if (!found.ok) return found;
        const resolved = resolvedOn === undefined ? success([]) : await hub.fetchResolvedOnTarget(resolvedOn);
        if (!resolved.ok) return resolved;
        const shown = new Set(found.value.map(findingIdentity));
        const missing = seen.filter((key) => !shown.has(findingIdentity(key))).map(({ id }) => id);
        const others = resolved.value.filter((each) => !shown.has(findingIdentity(each)));
        return success({ wanted: [...found.value, ...others].filter(isWanted), missing: [...new Set(missing)] });
      }),
    );
    if (missing.length === 0) return wanted;
    const pause = SHOW_SECONDS[read];
    if (pause === undefined) {
      await reportMissing(missing, ports);
      return wanted;
    }
    await durable.sleep(`look for findings again ${String(read)}`, pause);
  }
}

async function reportMissing(ids: readonly string[], ports: ReadPorts): Promise<void> {
  await countOnce('report missing findings', [['FindingUpdatesFailed', ids.length]], ports);
  for (const findingId of ids) ports.log.error('Finding does not show any more, and is not updated', { findingId });
}
