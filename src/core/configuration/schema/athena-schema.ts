import * as z from 'zod';
import { DAY_FORMATS } from '../../context/flow-logs/athena-table';
import { withFix } from './fixes';
import { areDifferent } from './lists';

/** What stands in a query, in resources of policies and between quotes: no more than Athena and Glue allow. */
const NAME = /^[A-Za-z_]\w{0,127}$/;
/** https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateWorkGroup.html */
const WORK_GROUP = /^[\w.-]{1,128}$/;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const RESULTS = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w.=-]+)*$/;

/** Each is three resources of the member role. */
const MOST_BUCKETS = 5;

const name = (what: string, example: string) =>
  withFix(z.string().regex(NAME), `write the name of ${what}, letters, digits and underscores, such as ${example}`);

/** A table of Athena over flow logs in S3. */
export const athenaSchema = withFix(
  z.strictObject({
    workGroup: withFix(
      z.string().regex(WORK_GROUP),
      'write the name of a work group of Athena, such as portcullis',
    ).describe('Work group of the query. It must limit what a query scans, to no more than flowLogs.gigabytes.'),
    database: name('a database of the Glue catalog', 'vpc').describe('Database of the table.'),
    table: name('a table over flow logs', 'flow_logs').describe(
      'Table with the columns that AWS documents for flow logs: interface_id, srcaddr, dstaddr, dstport, protocol, bytes, start, end, action, log_status.',
    ),
    buckets: withFix(
      z
        .array(withFix(z.string().regex(BUCKET), 'write the name of a bucket, such as flow-logs-of-example'))
        .min(1)
        .max(MOST_BUCKETS)
        .refine(areDifferent, { message: 'names a bucket twice', when: ({ value }) => Array.isArray(value) }),
      `list 1 to ${String(MOST_BUCKETS)} names of buckets, such as [flow-logs-of-example]`,
    ).describe('Buckets that the flow logs are in. The member role may read these and no others.'),
    results: withFix(
      z.string().regex(RESULTS),
      'write the bucket and folder of the results, such as athena-results-of-example/portcullis',
    )
      .optional()
      .describe('Bucket and folder that the work group writes results to; left out, Athena manages them itself.'),
    day: z
      .strictObject({
        column: name('a partition', 'day'),
        format: withFix(z.enum(DAY_FORMATS), `write one of ${DAY_FORMATS.join(', ')}`).default('yyyy/MM/dd'),
      })
      .optional()
      .describe('Partition of the table by the day, a text, so that a query does not read other days.'),
    account: withFix(z.string().regex(/^\d{12}$/), 'write an account id of 12 digits in quotes')
      .optional()
      .describe("Member account that the table is in; left out, each target's own."),
    region: withFix(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/), 'write a Region, such as eu-central-1')
      .optional()
      .describe("Region that the table is in; left out, each target's own."),
  }),
  'write { workGroup: portcullis, database: vpc, table: flow_logs, buckets: [flow-logs-of-example] }, or leave it out',
);

export type AthenaConfiguration = z.infer<typeof athenaSchema>;
