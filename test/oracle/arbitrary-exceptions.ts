import fc from 'fast-check';
import type { RequestedControl } from '../../src/core/controls/control-id';
import type { Opening } from '../../src/core/exceptions/opening';
import { toPortSet } from '../../src/core/network/port-set';
import { arbitraryControls } from './arbitrary-group';

const ports = fc.constantFrom(
  [{ from: 22, to: 22 }],
  [{ from: 20, to: 25 }],
  [
    { from: 22, to: 22 },
    { from: 3389, to: 3389 },
  ],
  [{ from: 0, to: 1023 }],
  [],
);

const opening: fc.Arbitrary<Opening> = fc.record({
  source: fc.constantFrom('0.0.0.0/0', '::/0', '0.0.0.0/1', '128.0.0.0/1', '8.8.8.0/24', '::/1', '8000::/1'),
  tcp: ports.map(toPortSet),
  udp: ports.map(toPortSet),
});

/** Controls, each with exceptions of its own or none. */
export const arbitraryExcepted: fc.Arbitrary<readonly RequestedControl[]> = arbitraryControls.chain((controls) =>
  fc
    .tuple(...controls.map(() => fc.array(opening, { maxLength: 3 })))
    .map((excepts) => controls.map((control, i): RequestedControl => ({ ...control, except: excepts[i] ?? [] }))),
);
