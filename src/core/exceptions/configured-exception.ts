import type { ControlId } from '../controls/control-id';
import { canonicalCidr } from '../network/cidr';
import { toPortSet, type PortRange } from '../network/port-set';
import type { Tag } from '../network/security-group-rule';
import type { Target } from '../target';
import { CONFIGURED_BY } from './configured-by';
import type { RiskException } from './risk-exception';

/** An exception as `portcullis.yaml` has it, for every target that meets all that it names. */
export interface ConfiguredException {
  readonly account?: string;
  /** `sg-…` or `acl-…`. */
  readonly target?: string;
  /** Of the target: one of them suffices. One without a value is met by any value. */
  readonly tags?: readonly { readonly key: string; readonly value?: string }[];
  readonly controls: readonly ControlId[];
  /** Over tcp and udp alike. */
  readonly ports: readonly PortRange[];
  readonly sources: readonly string[];
  readonly reason: string;
  /** A day, on which it ends at 00:00 UTC, or a moment in ISO 8601, UTC. */
  readonly until: string;
}

/** Whether it is about a target; tags that are not known meet nothing. */
export function isAboutTarget(
  { account, target: id, tags }: ConfiguredException,
  target: Target,
  own: readonly Tag[] | undefined,
): boolean {
  return (
    (account === undefined || account === target.account) &&
    (id === undefined || id === target.id) &&
    (tags === undefined ||
      (own !== undefined &&
        tags.some(({ key, value }) => own.some((tag) => tag.Key === key && (value ?? tag.Value) === tag.Value))))
  );
}

/** What it is on one target for one of its controls, by an id that stays the same as long as its words do. */
export function toRiskException(
  { ports, sources, reason, until }: ConfiguredException,
  about: Pick<RiskException, 'exceptionId' | 'target' | 'control' | 'since'>,
): RiskException {
  const set = toPortSet(ports);
  return {
    ...about,
    covers: sources.map((source) => ({ source: canonicalCidr(source), tcp: set, udp: set })),
    reason,
    by: CONFIGURED_BY,
    until: new Date(until).toISOString(),
    findings: [],
  };
}
