import { singlePorts } from '../network/port-set';
import { success } from '../result';
import { forbid, type InternetPortsControl } from './control';

const FORBIDDEN = forbid({ tcp: singlePorts(3389) });

export const EC2_14: InternetPortsControl = {
  kind: 'internet-ports',
  id: 'EC2.14',
  title: 'Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 3389',
  resource: 'security-group',
  forbids: 'tcp 3389 from the internet, over IPv4 and IPv6',
  forbiddenPorts: () => success(FORBIDDEN),
};
