import { success } from '../core/result';
import type { Durable, Metric, Metrics } from './ports';

/** Counts what there is to count, in a step, so that a replay counts nothing twice; no step where there is nothing. */
export async function countOnce(
  step: string,
  counts: readonly (readonly [Metric, number])[],
  { durable, metrics }: { readonly durable: Durable; readonly metrics: Metrics },
): Promise<void> {
  const some = counts.filter(([, count]) => count > 0);
  if (some.length === 0) return;
  await durable.step(step, () => {
    for (const [metric, count] of some) metrics.count(metric, count);
    return Promise.resolve(success(null));
  });
}
