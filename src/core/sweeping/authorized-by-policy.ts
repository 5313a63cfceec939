import type { ControlId, ControlParameter, RequestedControl } from '../controls/control-id';
import type { PortRange, PublicPorts } from '../planning/plan-policy';

/**
 * Controls as they are held against a target that no finding is about: EC2.18 with the ports that the policy lets be
 * public.
 */
export function withPolicyParameters(
  controls: readonly ControlId[],
  publicPorts: PublicPorts,
): readonly RequestedControl[] {
  return controls.map((id) => ({ id, parameters: id === 'EC2.18' ? authorizedParameters(publicPorts) : [] }));
}

/**
 * As findings of EC2.18 carry them. https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18
 */
function authorizedParameters({ tcp, udp }: PublicPorts): readonly ControlParameter[] {
  return [
    { Name: 'authorizedTcpPorts', Value: tcp.map(renderRange) },
    { Name: 'authorizedUdpPorts', Value: udp.map(renderRange) },
  ];
}

function renderRange({ from, to }: PortRange): string {
  return from === to ? String(from) : `${String(from)}-${String(to)}`;
}
