import * as z from 'zod';
import { accountId } from './account-id';
import { withFix } from './fixes';
import { areDifferent } from './lists';

/** Each has a stack of its own; somebody who writes more means something else. */
const MOST_ACCOUNTS = 10;

/** Where `portcullis drill` may make what it plays with. */
export const drillSchema = withFix(
  z.strictObject({
    accounts: withFix(
      z
        .array(accountId)
        .min(1)
        .max(MOST_ACCOUNTS)
        .refine(areDifferent, { message: 'names an account twice', when: ({ value }) => Array.isArray(value) }),
      `list 1 to ${String(MOST_ACCOUNTS)} account ids in quotes, each once, such as ["333333333333"]`,
    ).describe('Accounts that get a stack with the role of drills. In all others IAM refuses a drill.'),
    schedule: withFix(
      z.never(),
      'leave it out: drills on a schedule are not there yet. Let a scheduler of your own run `portcullis drill --yes`',
    )
      .optional()
      .describe('Refused: drills on a schedule are not there yet.'),
  }),
  'write { accounts: ["333333333333"] }, or leave drill out',
);
