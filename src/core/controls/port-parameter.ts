import { toPortSet, type PortRange, type PortSet } from '../network/port-set';
import type { UnreadableParameter } from '../reasons/ask-reasons';
import { failure, success, type Result } from '../result';
import type { ControlId, ControlParameter } from './control-id';

/**
 * Reads a parameter that lists ports, undefined where there is none of that name; an empty one lists none. A value is a
 * port, a range (`1020-1025`), or several of them with commas in between, the form that EC2.18's Config rule has.
 */
export function readPortParameter(
  control: ControlId,
  parameters: readonly ControlParameter[],
  name: string,
): Result<PortSet | undefined, UnreadableParameter> {
  const parameter = parameters.find((candidate) => candidate.Name === name);
  if (parameter === undefined) return success(undefined);
  const ranges: PortRange[] = [];
  for (const text of parameter.Value.flatMap((value) => value.split(','))) {
    if (text.trim() === '') continue;
    const range = parsePortRange(text);
    if (range === undefined) {
      return failure({ code: 'parameter-unreadable', control, parameter: name, value: text.trim() });
    }
    ranges.push(range);
  }
  return success(toPortSet(ranges));
}

/** Ports as parameters hold them: `443`, `1020-1025`. */
export function toPortParameter(name: string, ports: readonly PortRange[]): ControlParameter {
  const render = ({ from, to }: PortRange) => (from === to ? String(from) : `${String(from)}-${String(to)}`);
  return { Name: name, Value: ports.map(render) };
}

function parsePortRange(text: string): PortRange | undefined {
  const match = /^\s*(\d{1,5})\s*(?:-\s*(\d{1,5})\s*)?$/.exec(text);
  if (match?.[1] === undefined) return undefined;
  const from = Number(match[1]);
  const to = match[2] === undefined ? from : Number(match[2]);
  return from <= to && to <= 65535 ? { from, to } : undefined;
}
