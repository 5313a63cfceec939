import * as z from 'zod';
import { withFix } from './fixes';

/** Whether Security Hub CSPM has insights of ours; an account and Region has at most 100, those of others counted. */
export const insightsSchema = withFix(z.boolean(), 'write true or false')
  .default(false)
  .describe(
    'Whether Security Hub has insights of what Portcullis closed, of what waits for a decision, and of exceptions that end soon: ' +
      'three of the 100 that an account may have in a Region.',
  );
