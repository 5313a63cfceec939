import * as z from 'zod';
import { accountId } from './account-id';
import { withFix } from './fixes';
import { areDifferent } from './lists';
import { sweepScheduleSchema } from './sweep-schedule-schema';

/** Each has a stack of its own; somebody who writes more means something else. */
const MOST_ACCOUNTS = 10;
/** Each account has a schedule for each of them, and a stack takes 500 resources. */
const MOST_REGIONS = 10;

/** Where `portcullis drill` may make what it plays with, and when the deployment drills by itself. */
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
    schedule: sweepScheduleSchema
      .optional()
      .describe("When the deployment drills by itself, in UTC, such as 'rate(7 days)'. Left out: never."),
    regions: withFix(
      z
        .array(z.string())
        .min(1)
        .max(MOST_REGIONS)
        .refine(areDifferent, { message: 'names a Region twice', when: ({ value }) => Array.isArray(value) }),
      `list 1 to ${String(MOST_REGIONS)} of members.regions, each once`,
    )
      .optional()
      .describe('Where in each of these accounts it drills by itself. Left out: in members.primaryRegion.'),
  }),
  'write { accounts: ["333333333333"] }, or leave drill out',
);

interface Drilled {
  readonly members: { readonly regions: readonly string[] };
  readonly drill?:
    { readonly schedule?: string | undefined; readonly regions?: readonly string[] | undefined } | undefined;
}

interface Mistake {
  readonly path: (string | number)[];
  readonly message: string;
  readonly fix: string;
}

/** Regions of `drill` in which nothing is deployed that could be drilled, and Regions that nothing reads. */
export function findIdleDrillRegions({ drill, members }: Drilled): readonly Mistake[] {
  const { regions, schedule } = drill ?? {};
  if (regions === undefined) return [];
  if (schedule === undefined) {
    const fix = "write schedule: 'rate(7 days)' as well, or leave regions out";
    return [{ path: ['drill', 'regions'], message: 'has no effect without drill.schedule', fix }];
  }
  return regions.flatMap((region, index) => {
    if (members.regions.includes(region)) return [];
    const fix = `write one of ${members.regions.join(', ')}`;
    return [
      { path: ['drill', 'regions', index], message: 'is not one of members.regions, so that nothing works there', fix },
    ];
  });
}
