import * as z from 'zod';
import { withFix } from './fixes';

/** Whether there is a dashboard, and the metrics that only a dashboard shows: both cost something. */
export const dashboardSchema = withFix(z.boolean(), 'write true or false')
  .default(false)
  .describe(
    'Whether CloudWatch has a dashboard of what was closed, asked and opened again, of queues and of the price so far. It costs up to ' +
      '$4.80 a month.',
  );
