import { success } from '../result';
import { forbid, type InternetPortsControl } from './control';
import { REMOTE_ADMINISTRATION_PORTS } from './remote-administration-ports';

const FORBIDDEN = forbid({ tcp: REMOTE_ADMINISTRATION_PORTS, udp: REMOTE_ADMINISTRATION_PORTS });
const NOTHING = forbid({});

export const EC2_53: InternetPortsControl = {
  kind: 'internet-ports',
  id: 'EC2.53',
  title: 'EC2 security groups should not allow ingress from 0.0.0.0/0 to remote server administration ports',
  resource: 'security-group',
  forbids: '22 and 3389 over tcp and udp from the IPv4 internet; the other family is not read',
  forbiddenPorts: (family) => success(family === 'ipv4' ? FORBIDDEN : NOTHING),
};
