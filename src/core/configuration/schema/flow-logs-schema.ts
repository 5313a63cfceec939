import * as z from 'zod';
import { FLOW_LOG_LIMITS } from '../../context/flow-logs/window';
import { athenaSchema } from './athena-schema';
import { withFix } from './fixes';
import { areDifferent } from './lists';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
const LOG_GROUP = /^[\w./#-]{1,512}\*?$/;

/** Each is two resources of the member role, whose policy has 10,240 characters. */
const MOST_LOG_GROUPS = 10;

/** Where VPC flow logs are, and how much of them may be searched. */
export const flowLogsSchema = withFix(
  z
    .strictObject({
      logGroups: withFix(
        z
          .array(
            withFix(z.string().regex(LOG_GROUP), 'write the name of a log group, such as /vpc/flow-logs, or /vpc/*'),
          )
          .min(1)
          .max(MOST_LOG_GROUPS)
          .refine(areDifferent, { message: 'names a log group twice', when: ({ value }) => Array.isArray(value) }),
        `list 1 to ${String(MOST_LOG_GROUPS)} names of log groups, such as [/vpc/flow-logs]`,
      )
        .optional()
        .describe('Log groups of VPC flow logs in the members. The member role may search these and no others.'),
      days: withFix(z.int().min(1).max(90), 'write a number of days, a whole number from 1 to 90')
        .default(FLOW_LOG_LIMITS.days)
        .describe('How far back they are searched, where the opening is older or nobody knows when it was.'),
      gigabytes: withFix(z.int().min(1).max(10_000), 'write a number of gigabytes, a whole number from 1 to 10000')
        .default(FLOW_LOG_LIMITS.gigabytes)
        .describe(
          'What one query may search, by what CloudWatch Logs says that it stores, or what the work group of Athena allows; AWS bills each one.',
        ),
      athena: athenaSchema.optional().describe('For flow logs in S3; left out, those are not searched.'),
    })
    .refine(({ logGroups, athena }) => logGroups !== undefined || athena !== undefined, {
      message: 'names neither logGroups nor athena',
    }),
  'write { logGroups: [/vpc/flow-logs] }, or leave flowLogs out',
);
