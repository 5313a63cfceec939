import type { PortRange } from '../network/port-set';
import { failure, success } from '../result';
import { forbid, type BaselineControl } from './control';
import { BASELINE, type RequestedControl } from './control-id';
import { readPortParameter, toPortParameter } from './port-parameter';

/** `detection.baseline`: what may not be public beside what the controls of Security Hub say. */
export interface Baseline {
  readonly tcp: readonly PortRange[];
  readonly udp: readonly PortRange[];
}

const TCP_PORTS = 'forbiddenTcpPorts';
const UDP_PORTS = 'forbiddenUdpPorts';

/**
 * A control without ports of its own: the configuration gives them, and a finding carries them, so that whoever plans
 * and whoever verifies hold the same. Without them nothing is guessed.
 */
export const BASELINE_CONTROL: BaselineControl = {
  kind: 'baseline',
  id: BASELINE,
  title: 'Ports of the baseline should not be open to the internet',
  resource: 'security-group-or-network-acl',
  forbids: 'the ports of `detection.baseline` from the internet, over IPv4 and IPv6',
  forbiddenPorts: (parameters) => {
    const tcp = readPortParameter(BASELINE, parameters, TCP_PORTS);
    if (!tcp.ok) return tcp;
    const udp = readPortParameter(BASELINE, parameters, UDP_PORTS);
    if (!udp.ok) return udp;
    if (tcp.value === undefined && udp.value === undefined) {
      return failure({ code: 'parameter-unreadable', control: BASELINE, parameter: TCP_PORTS, value: '' });
    }
    return success(forbid({ tcp: tcp.value ?? [], udp: udp.value ?? [] }));
  },
};

/** The baseline as a target is held against it. */
export function withBaselinePorts({ tcp, udp }: Baseline): RequestedControl {
  return { id: BASELINE, parameters: [toPortParameter(TCP_PORTS, tcp), toPortParameter(UDP_PORTS, udp)] };
}
