import * as z from 'zod';
import { withFix } from './fixes';
import { port } from './policy-schema';

/** A finding of ours carries them all, in a field of 2,048 characters. */
const MOST_PORTS = 100;

const ports = withFix(
  z.array(port).max(MOST_PORTS),
  `list up to ${String(MOST_PORTS)} ports and ranges, such as [22, 3389, "5900-5910"], or write []`,
).default([]);

/** What may not be public beside what the controls of Security Hub say. */
export const baselineSchema = withFix(
  z.strictObject({ tcp: ports, udp: ports }).refine(({ tcp, udp }) => tcp.length + udp.length > 0, {
    message: 'forbids nothing',
    when: ({ value }) => typeof value === 'object' && value !== null,
  }),
  'write { tcp: [22, 3389], udp: [] }, or leave baseline out',
);
