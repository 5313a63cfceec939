import { singlePorts } from '../network/port-set';
import { success } from '../result';
import { forbid, type InternetPortsControl } from './control';

const FORBIDDEN = forbid({ tcp: singlePorts(22) });

export const EC2_13: InternetPortsControl = {
  kind: 'internet-ports',
  id: 'EC2.13',
  title: 'Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 22',
  resource: 'security-group',
  forbids: 'tcp 22 from the internet, over IPv4 and IPv6',
  forbiddenPorts: () => success(FORBIDDEN),
};
