import * as z from 'zod';
import { withFix } from './fixes';

/** How much may be closed with nobody asked before somebody looks. */
export const brakeSchema = withFix(
  z.strictObject({
    closings: withFix(z.int().min(1).max(100_000), 'write a whole number from 1 to 100000').default(50),
    minutes: withFix(z.int().min(5).max(1440), 'write a number of minutes, a whole number from 5 to 1440').default(60),
  }),
  'write { closings: 50, minutes: 60 }',
);
