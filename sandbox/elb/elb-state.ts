import type {
  Action,
  IpAddressType,
  LoadBalancerSchemeEnum,
  LoadBalancerTypeEnum,
  ProtocolEnum,
  TargetDescription,
  TargetGroupIpAddressTypeEnum,
  TargetTypeEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Listener } from '@aws-sdk/client-elastic-load-balancing';

/** An application, network or gateway load balancer. */
export interface LoadBalancer {
  readonly arn: string;
  readonly name: string;
  readonly type: LoadBalancerTypeEnum;
  readonly scheme: LoadBalancerSchemeEnum | undefined;
  readonly ipAddressType: IpAddressType;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly createdMillis: number;
}

export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
  readonly protocol: ProtocolEnum | undefined;
  readonly port: number | undefined;
  readonly vpcId: string | undefined;
  readonly targetType: TargetTypeEnum;
  readonly ipAddressType: TargetGroupIpAddressTypeEnum | undefined;
  readonly targets: TargetDescription[];
  readonly attributes: Map<string, string>;
}

export interface ListenerState {
  readonly arn: string;
  readonly loadBalancerArn: string;
  readonly protocol: ProtocolEnum | undefined;
  readonly port: number | undefined;
  readonly actions: readonly Action[];
  /** Of its rules, each with its priority and conditions left out. */
  readonly rules: { readonly arn: string; readonly priority: number; readonly actions: readonly Action[] }[];
}

export interface ClassicLoadBalancer {
  readonly name: string;
  readonly scheme: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly groupIds: readonly string[];
  readonly listeners: readonly Listener[];
  readonly instanceIds: Set<string>;
  readonly createdMillis: number;
}

/** What Elastic Load Balancing holds in one account and Region, each by its ARN, classic ones by their name. */
export interface ElbState {
  readonly loadBalancers: Map<string, LoadBalancer>;
  readonly targetGroups: Map<string, TargetGroup>;
  readonly listeners: Map<string, ListenerState>;
  readonly classic: Map<string, ClassicLoadBalancer>;
}

/** An account and Region without load balancers. */
export function createElbState(): ElbState {
  return { loadBalancers: new Map(), targetGroups: new Map(), listeners: new Map(), classic: new Map() };
}
