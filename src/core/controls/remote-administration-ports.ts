import { singlePorts } from '../network/port-set';

/** SSH and RDP, as EC2.21, EC2.53 and EC2.54 mean them: over tcp and over udp. */
export const REMOTE_ADMINISTRATION_PORTS = singlePorts(22, 3389);
