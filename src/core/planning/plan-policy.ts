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
}

export type Strategy = 'close' | 'revoke' | 'restrict';

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
