import { unionPorts, type PortSet } from '../network/port-set';
import { stateOf, type ExceptionState, type RiskException } from './risk-exception';

/** An exception as scripts read it; docs/exceptions.md says what its fields hold. */
export interface ListedException {
  readonly exceptionId: string;
  readonly target: RiskException['target'];
  readonly control: RiskException['control'];
  /** Address blocks with a comma and a space in between, where there are several. */
  readonly source: string;
  /** Ports as numbers, ranges as `8000-8010`; whether they are of tcp or udp `covers` says. */
  readonly ports: readonly (number | string)[];
  readonly reason: string;
  readonly by: string;
  readonly since: string;
  readonly until: string;
  readonly state: ExceptionState;
  readonly covers: RiskException['covers'];
  readonly ended?: RiskException['ended'];
}

/** An exception as `portcullis exceptions list --json` prints it. */
export function toListed(exception: RiskException, now: Date): ListedException {
  const { exceptionId, target, control, covers, reason, by, since, until, ended } = exception;
  const ports = covers.reduce<PortSet>((all, { tcp, udp }) => unionPorts(all, unionPorts(tcp, udp)), []);
  return {
    exceptionId,
    target,
    control,
    source: covers.map(({ source }) => source).join(', '),
    ports: ports.map(({ from, to }) => (from === to ? from : `${String(from)}-${String(to)}`)),
    reason,
    by,
    since,
    until,
    state: stateOf(exception, now),
    covers,
    ...(ended === undefined ? {} : { ended }),
  };
}
