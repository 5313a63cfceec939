import type { BalancerSeen, BalancerTarget, Listener } from '../../core/context/balancer';
import type { AddressFamily } from '../../core/network/address-family';
import type { PortProtocol } from '../../core/network/protocol';

/** One load balancer as Elastic Load Balancing describes it. */
export interface BalancerFacts extends Pick<BalancerSeen, 'name' | 'scheme' | 'groupIds'> {
  readonly arn: string;
  readonly type: 'application' | 'network' | 'gateway';
  readonly vpcId: string;
}

/** A target group with what is registered in it. */
export interface TargetGroupFacts {
  readonly arn: string;
  readonly balancerArns: readonly string[];
  readonly family: AddressFamily;
  /** Of the target group: it decides whether the client's address can be kept, and whether that can be changed. */
  readonly protocol: string;
  readonly targetType: string;
  readonly vpcId: string;
}

/** A target that a target group sends to, and on which port. */
export interface RegisteredTarget {
  readonly to: BalancerTarget;
  readonly port: number;
}

/** A listener with the target groups that its default action sends to. */
export interface ListenerFacts extends Omit<Listener, 'isSure'> {
  readonly targetGroupArns: readonly string[];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Listener.html; all where it is none of these */
export function protocolsOf(name: string | undefined): readonly PortProtocol[] {
  switch (name) {
    case 'HTTP':
    case 'HTTPS':
    case 'SSL':
    case 'TCP':
    case 'TLS':
      return ['tcp'];
    case 'UDP':
    case 'QUIC':
    case 'GENEVE':
      return ['udp'];
    default:
      return ['tcp', 'udp'];
  }
}
