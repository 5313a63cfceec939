import { parseCidr, type Cidr } from '../network/cidr';
import { holdsRange } from '../network/internet';
import { intersectPorts, subtractPorts, toPortSet, type PortRange, type PortSet } from '../network/port-set';
import type { PortProtocol } from '../network/protocol';
import type { Opening } from './opening';

/**
 * Those of the ports that exceptions do not leave open to every address of a source. Sources are taken as sets: several
 * may hold together what none of them holds alone. What cannot be read covers nothing.
 *
 * @param source the block of a rule, as EC2 writes it
 */
export function uncoveredPorts(
  covers: readonly Opening[],
  source: string,
  protocol: PortProtocol,
  ports: PortSet,
): PortSet {
  if (covers.length === 0 || ports.length === 0) return ports;
  const block = parseCidr(source);
  if (!block.ok) return ports;
  const known = covers.flatMap((each) => {
    const own = parseCidr(each.source);
    return own.ok && own.value.family === block.value.family ? [{ block: own.value, ports: each[protocol] }] : [];
  });
  const whole = known.filter((each) => holdsRange([each.block], block.value));
  const left = whole.reduce((rest, each) => subtractPorts(rest, each.ports), ports);
  const inside = known.filter((each) => !whole.includes(each) && intersectPorts(each.ports, left).length > 0);
  if (inside.length < 2) return left;
  return toPortSet(left.flatMap((range) => stretchesOf(range, inside)).filter((each) => !isHeld(each, inside)));

  function isHeld(stretch: PortRange, all: readonly Covering[]): boolean {
    const letIn = all.filter((each) => each.ports.some(({ from, to }) => from <= stretch.from && stretch.to <= to));
    return holdsRange(
      letIn.map((each) => each.block),
      block.ok ? block.value : { first: 0n, last: 0n },
    );
  }
}

interface Covering {
  readonly block: Cidr;
  readonly ports: PortSet;
}

/** A range split wherever somebody's ports begin or end: within a stretch the same sources are let in. */
function stretchesOf({ from, to }: PortRange, covering: readonly Covering[]): readonly PortRange[] {
  const edges = covering.flatMap(({ ports }) => ports.flatMap((range) => [range.from, range.to + 1]));
  const beginnings = [...new Set([from, ...edges])].filter((edge) => edge >= from && edge <= to).sort((a, b) => a - b);
  return beginnings.map((beginning, index) => ({ from: beginning, to: (beginnings[index + 1] ?? to + 1) - 1 }));
}
