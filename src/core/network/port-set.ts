/** Both ends included, 0 to 65535. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** Ascending, disjoint ranges that do not touch: every set of ports has exactly one such form. */
export type PortSet = readonly PortRange[];

export const NO_PORTS: PortSet = [];
export const ALL_PORTS: PortSet = [{ from: 0, to: 65535 }];

/** Any ranges, in any order, overlapping or touching, as one set. */
export function toPortSet(ranges: readonly PortRange[]): PortSet {
  const merged: PortRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && range.from <= last.to + 1) {
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    } else {
      merged.push(range);
    }
  }
  return merged;
}

/** A set of single ports. */
export function singlePorts(...ports: readonly number[]): PortSet {
  return toPortSet(ports.map((port) => ({ from: port, to: port })));
}

/** The ports of either. */
export function unionPorts(a: PortSet, b: PortSet): PortSet {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  return toPortSet([...a, ...b]);
}

/** The ports of both. */
export function intersectPorts(a: PortSet, b: PortSet): PortSet {
  const common: PortRange[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const left = a[i];
    const right = b[j];
    if (left === undefined || right === undefined) return common;
    const from = Math.max(left.from, right.from);
    const to = Math.min(left.to, right.to);
    if (from <= to) common.push({ from, to });
    if (left.to < right.to) i++;
    else j++;
  }
}

/** What is in `a` and not in `b`. */
export function subtractPorts(a: PortSet, b: PortSet): PortSet {
  return intersectPorts(a, complementOf(b));
}

/** Whether both have a port. */
export function portsOverlap(a: PortSet, b: PortSet): boolean {
  let j = 0;
  for (const range of a) {
    for (let other = b[j]; other !== undefined && other.to < range.from; other = b[j]) j++;
    const candidate = b[j];
    if (candidate !== undefined && candidate.from <= range.to) return true;
  }
  return false;
}

function complementOf(ports: PortSet): PortSet {
  const gaps: PortRange[] = [];
  let next = 0;
  for (const range of ports) {
    if (range.from > next) gaps.push({ from: next, to: range.from - 1 });
    next = range.to + 1;
  }
  if (next <= 65535) gaps.push({ from: next, to: 65535 });
  return gaps;
}

/** `22`, `20-25`, `80, 443`; `no port` for the empty set, `every port` for the full one. */
export function renderPorts(ports: PortSet): string {
  if (ports.length === 0) return 'no port';
  if (ports[0]?.from === 0 && ports[0].to === 65535) return 'every port';
  return ports.map(renderPortRange).join(', ');
}

/** `22` or `20-25`. */
export function renderPortRange(range: PortRange): string {
  return range.from === range.to ? String(range.from) : `${String(range.from)}-${String(range.to)}`;
}
