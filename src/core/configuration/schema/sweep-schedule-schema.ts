import * as z from 'zod';
import { withFix } from './fixes';

/** One of something is written without an s, several with one, as EventBridge Scheduler wants it. */
const RATE = /^rate\((1 (hour|day)|(?!1 )[1-9]\d{0,2} (hours|days))\)$/;
const CRON = /^cron\(\S+ \S+ \S+ \S+ \S+ \S+\)$/;

/**
 * When everything is read, as EventBridge Scheduler writes it, in UTC.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export const sweepScheduleSchema = withFix(
  z.string().refine((text) => RATE.test(text) || CRON.test(text)),
  "write 'rate(1 day)', 'rate(12 hours)' or six fields of cron such as 'cron(0 3 * * ? *)', in UTC; an hour is the " +
    'least',
);
