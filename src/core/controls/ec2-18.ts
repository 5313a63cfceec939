import { ALL_PORTS, subtractPorts } from '../network/port-set';
import { success } from '../result';
import { parseAuthorizedPorts } from './authorized-ports';
import { forbid, type InternetPortsControl } from './control';

export const EC2_18: InternetPortsControl = {
  kind: 'internet-ports',
  id: 'EC2.18',
  title: 'Security groups should only allow unrestricted incoming traffic for authorized ports',
  resource: 'security-group',
  forbids:
    'every tcp port not in authorizedTcpPorts (80 and 443 unless set), every udp port not in authorizedUdpPorts (none unless set), and protocol -1 from the internet',
  forbiddenPorts: (_family, parameters) => {
    const authorized = parseAuthorizedPorts(parameters);
    if (!authorized.ok) return authorized;
    const { tcp, udp } = authorized.value;
    return success(
      forbid({ tcp: subtractPorts(ALL_PORTS, tcp), udp: subtractPorts(ALL_PORTS, udp), everyProtocol: true }),
    );
  },
};
