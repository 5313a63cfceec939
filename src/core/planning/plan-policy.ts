/** The part of `portcullis.yaml` that the planner needs. */
export interface PlanPolicy {
  readonly strategy: Strategy;
  /** What may stay open to the internet where no EC2.18 parameters say otherwise. */
  readonly publicPorts: PublicPorts;
  /** Rules a group may hold in one direction and address family; 60 unless the quota was raised. */
  readonly ruleQuota: number;
}

export type Strategy = 'close' | 'revoke' | 'restrict';

export interface PublicPorts {
  readonly tcp: readonly PortRange[];
  readonly udp: readonly PortRange[];
}

/** Both ends included, 0 to 65535. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
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
