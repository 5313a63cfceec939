import fc from 'fast-check';
import {
  intersectPorts,
  portsOverlap,
  renderPorts,
  subtractPorts,
  toPortSet,
  unionPorts,
  type PortSet,
} from '../../../src/core/network/port-set';

const range = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }))
  .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
const portSet = fc.array(range, { maxLength: 5 }).map(toPortSet);

const members = (ports: PortSet): number[] =>
  Array.from({ length: 40 }, (_, port) => port).filter((port) =>
    ports.some(({ from, to }) => from <= port && port <= to),
  );

describe('Sets of ports', () => {
  test('behave like sets of numbers', () => {
    fc.assert(
      fc.property(portSet, portSet, (a, b) => {
        const inB = new Set(members(b));
        expect(members(unionPorts(a, b))).toEqual([...new Set([...members(a), ...inB])].sort((x, y) => x - y));
        expect(members(intersectPorts(a, b))).toEqual(members(a).filter((port) => inB.has(port)));
        expect(members(subtractPorts(a, b))).toEqual(members(a).filter((port) => !inB.has(port)));
        expect(portsOverlap(a, b)).toBe(members(a).some((port) => inB.has(port)));
      }),
    );
  });

  test('have one form: ascending, disjoint, and never touching', () => {
    fc.assert(
      fc.property(portSet, portSet, (a, b) => {
        for (const set of [a, unionPorts(a, b), intersectPorts(a, b), subtractPorts(a, b)]) {
          expect(set.every((one, i) => one.from <= one.to && (set[i + 1]?.from ?? Infinity) > one.to + 1)).toBe(true);
        }
      }),
    );
  });

  test('reach to the last port', () => {
    expect(subtractPorts([{ from: 0, to: 65535 }], [{ from: 1, to: 65534 }])).toEqual([
      { from: 0, to: 0 },
      { from: 65535, to: 65535 },
    ]);
  });

  test.each([
    [[], 'no port'],
    [[{ from: 22, to: 22 }], '22'],
    [
      [
        { from: 20, to: 25 },
        { from: 80, to: 80 },
      ],
      '20-25, 80',
    ],
    [[{ from: 0, to: 65535 }], 'every port'],
  ])('read well: %j', (ports, text) => {
    expect(renderPorts(ports)).toBe(text);
  });
});
