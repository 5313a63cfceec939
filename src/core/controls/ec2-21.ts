import type { NetworkAclControl } from './control';
import { REMOTE_ADMINISTRATION_PORTS } from './remote-administration-ports';

export const EC2_21: NetworkAclControl = {
  kind: 'network-acl-entries',
  id: 'EC2.21',
  title: 'Network ACLs should not allow ingress from 0.0.0.0/0 to port 22 or port 3389',
  resource: 'network-acl',
  forbids: 'ALLOW entries for tcp or udp 22 and 3389 from the internet, even behind a DENY with a lower number',
  ports: REMOTE_ADMINISTRATION_PORTS,
};
