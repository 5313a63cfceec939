import { singlePorts, toPortSet, type PortRange, type PortSet } from '../network/port-set';
import type { UnreadableParameter } from '../reasons/ask-reasons';
import { failure, success, type Result } from '../result';
import type { ControlParameter } from './control-id';

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

/**
 * Reads EC2.18's parameters; one that is missing has Security Hub's default, an empty one authorizes nothing. A value
 * is a port, a range (`1020-1025`), or several of them with commas in between, the form that the control's Config rule
 * has.
 */
export function parseAuthorizedPorts(
  parameters: readonly ControlParameter[],
): Result<AuthorizedPorts, UnreadableParameter> {
  const tcp = parsePorts(parameters, TCP_PORTS, DEFAULTS.tcp);
  if (!tcp.ok) return tcp;
  const udp = parsePorts(parameters, UDP_PORTS, DEFAULTS.udp);
  if (!udp.ok) return udp;
  return success({ tcp: tcp.value, udp: udp.value });
}

/** Whether a finding says which ports its control authorizes. */
export function hasAuthorizedPorts(parameters: readonly ControlParameter[]): boolean {
  return parameters.some(({ Name }) => AUTHORIZED_PORT_PARAMETERS.includes(Name));
}

function parsePorts(
  parameters: readonly ControlParameter[],
  name: string,
  whenMissing: PortSet,
): Result<PortSet, UnreadableParameter> {
  const parameter = parameters.find((candidate) => candidate.Name === name);
  if (parameter === undefined) return success(whenMissing);
  const ranges: PortRange[] = [];
  for (const text of parameter.Value.flatMap((value) => value.split(','))) {
    if (text.trim() === '') continue;
    const range = parsePortRange(text);
    if (range === undefined) {
      return failure({
        code: 'parameter-unreadable',
        control: 'EC2.18',
        parameter: name,
        value: text.trim(),
      });
    }
    ranges.push(range);
  }
  return success(toPortSet(ranges));
}

function parsePortRange(text: string): PortRange | undefined {
  const match = /^\s*(\d{1,5})\s*(?:-\s*(\d{1,5})\s*)?$/.exec(text);
  if (match?.[1] === undefined) return undefined;
  const from = Number(match[1]);
  const to = match[2] === undefined ? from : Number(match[2]);
  return from <= to && to <= 65535 ? { from, to } : undefined;
}
