import type { Baseline } from '../controls/baseline';
import { toPortSet } from '../network/port-set';
import type { PortEntry } from './schema/policy-schema';
import { toPortRange } from './to-plan-policy';

/** What `detection.baseline` forbids; undefined where there is none. */
export function toBaseline(
  detection:
    | { readonly baseline?: { readonly tcp: readonly PortEntry[]; readonly udp: readonly PortEntry[] } | undefined }
    | undefined,
): Baseline | undefined {
  const { baseline } = detection ?? {};
  if (baseline === undefined) return undefined;
  return { tcp: toPortSet(baseline.tcp.map(toPortRange)), udp: toPortSet(baseline.udp.map(toPortRange)) };
}
