import * as z from 'zod';
import { DEFAULT_DUE_DAYS } from '../../reporting/due';
import { REPORT_FORMATS } from '../../reporting/report-formats';
import { accountId } from './account-id';
import { withFix } from './fixes';
import { areDifferent } from './lists';
import { sweepScheduleSchema } from './sweep-schedule-schema';

const days = withFix(z.int().min(1).max(3650), 'write a number of days, a whole number from 1 to 3650');

/** What auditors get without asking. */
export const reportsSchema = withFix(
  z.strictObject({
    schedule: sweepScheduleSchema.describe(
      "When a report is made and put into the bucket, in UTC, such as 'cron(0 6 ? * MON *)'.",
    ),
    formats: withFix(
      z
        .array(withFix(z.enum(REPORT_FORMATS), `write one of ${REPORT_FORMATS.join(', ')}`))
        .min(1)
        .refine(areDifferent, { message: 'names a format twice', when: ({ value }) => Array.isArray(value) }),
      `list some of ${REPORT_FORMATS.join(', ')}, each once`,
    )
      .default(['html', 'csv', 'ocsf', 'oscal'])
      .describe('What a report is written as. `anchors.json`, the manifest and a zip of all are always there.'),
    keepDays: days.default(400).describe('Days after which a report is removed from the bucket.'),
    objectLock: withFix(z.boolean(), 'write true or false')
      .default(false)
      .describe(
        'Whether nobody, not even the root user, can remove or change a report before keepDays are over. It cannot be switched on or ' +
          'off later.',
      ),
    auditors: withFix(
      z
        .array(accountId)
        .min(1)
        .max(20)
        .refine(areDifferent, { message: 'names an account twice', when: ({ value }) => Array.isArray(value) }),
      'list 1 to 20 account ids of the organization in quotes, each once, such as ["444444444444"], or leave it out',
    )
      .exactOptional()
      .describe('Accounts of the organization whose people may take on a role that reads reports. Left out: none.'),
    due: withFix(
      z.strictObject({
        CRITICAL: days.exactOptional(),
        HIGH: days.exactOptional(),
        MEDIUM: days.exactOptional(),
        LOW: days.exactOptional(),
      }),
      'write { CRITICAL: 15, HIGH: 30, MEDIUM: 90, LOW: 180 }',
    )
      .default(DEFAULT_DUE_DAYS)
      .describe('Days after which what is open is overdue, by severity; a severity that is left out is never due.'),
  }),
  "write { schedule: 'cron(0 6 ? * MON *)' }, or leave reports out",
);
