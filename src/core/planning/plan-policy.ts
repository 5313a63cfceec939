import type { ControlId } from '../controls/control-id';
import type { PortRange } from '../network/port-set';

export type { PortRange };

/** The part of `portcullis.yaml` that the planner needs. */
export interface PlanPolicy {
  readonly strategy: Strategy;
  /** What may stay open to the internet where no EC2.18 parameters say otherwise. */
  readonly publicPorts: PublicPorts;
  /** Rules a group may hold in one direction and address family; 60 unless the quota was raised. */
  readonly ruleQuota: number;
  /**
   * Whether a prefix list that is open to the internet may be replaced by its other entries, one rule each. Otherwise
   * a person decides, because the rules no longer follow the list.
   */
  readonly expandPrefixLists?: boolean;
  /** Who may still reach what `restrict` takes from the internet. */
  readonly trustedSources?: TrustedSources;
  /** Strategies for some targets or controls; the first that matches wins over `strategy`. */
  readonly overrides?: readonly StrategyOverride[];
  /**
   * Protocol numbers that stay when a network ACL entry for all protocols is closed; 50, 51 and 47 unless said. Where
   * room is short the last of them is given up first.
   */
  readonly keepProtocols?: readonly string[];
  /** Entries a network ACL may hold in one direction and address family; 20 unless the quota was raised. */
  readonly networkAclEntryQuota?: number;
  /** Undoing an older closing asks for confirmation; 30 unless said. */
  readonly undoMaxAgeDays?: number;
}

export type Strategy = 'close' | 'revoke' | 'restrict';

/** Matches when all of its criteria do; a criterion is met by any one of its values. */
export interface StrategyOverride {
  readonly controls?: readonly ControlId[];
  readonly accounts?: readonly string[];
  /** A tag without a value matches any value. */
  readonly tags?: readonly { readonly key: string; readonly value?: string }[];
  readonly strategy: Strategy;
}

export interface TrustedSources {
  readonly cidrs: readonly string[];
}

export interface PublicPorts {
  readonly tcp: readonly PortRange[];
  readonly udp: readonly PortRange[];
}

export const DEFAULT_PLAN_POLICY: PlanPolicy = {
  strategy: 'close',
  publicPorts: {
    tcp: [
      { from: 80, to: 80 },
      { from: 443, to: 443 },
    ],
    udp: [],
  },
  ruleQuota: 60,
};
