import { singlePorts, type PortSet } from '../network/port-set';
import type { UnreadableParameter } from '../reasons/ask-reasons';
import { success, type Result } from '../result';
import type { ControlParameter } from './control-id';
import { readPortParameter } from './port-parameter';

/** The parameters of EC2.18: what the owner of the control lets the internet reach. */
export interface AuthorizedPorts {
  readonly tcp: PortSet;
  readonly udp: PortSet;
}

const TCP_PORTS = 'authorizedTcpPorts';
const UDP_PORTS = 'authorizedUdpPorts';

export const AUTHORIZED_PORT_PARAMETERS: readonly string[] = [TCP_PORTS, UDP_PORTS];

/** Security Hub's own defaults: https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18 */
const DEFAULTS: AuthorizedPorts = { tcp: singlePorts(80, 443), udp: [] };

/** Reads EC2.18's parameters; one that is missing has Security Hub's default, an empty one authorizes nothing. */
export function parseAuthorizedPorts(
  parameters: readonly ControlParameter[],
): Result<AuthorizedPorts, UnreadableParameter> {
  const tcp = readPortParameter('EC2.18', parameters, TCP_PORTS);
  if (!tcp.ok) return tcp;
  const udp = readPortParameter('EC2.18', parameters, UDP_PORTS);
  if (!udp.ok) return udp;
  return success({ tcp: tcp.value ?? DEFAULTS.tcp, udp: udp.value ?? DEFAULTS.udp });
}

/** Whether a finding says which ports its control authorizes. */
export function hasAuthorizedPorts(parameters: readonly ControlParameter[]): boolean {
  return parameters.some(({ Name }) => AUTHORIZED_PORT_PARAMETERS.includes(Name));
}
