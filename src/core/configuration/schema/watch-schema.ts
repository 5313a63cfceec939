import * as z from 'zod';
import { durationSeconds } from '../../questions/ask-terms';
import { withFix } from './fixes';
import { areDifferent } from './lists';

const LEAST_SECONDS = 300;
const MOST_SECONDS = 90 * 86_400;
/** Each is a schedule for every closing. */
const MOST_TIMES = 10;

const time = z.string().refine((text) => {
  const seconds = durationSeconds(text);
  return seconds !== undefined && seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS;
});

const FIX = 'list 1 to 10 times from 5m to 90d, each once, such as [1h, 24h, 7d], or write true for these three';

/** How long after a closing its target is re-checked; true is the usual times. */
export const watchSchema = withFix(
  z.union([
    z.literal(true),
    withFix(
      z
        .array(time)
        .min(1)
        .max(MOST_TIMES)
        .refine(areDifferent, { message: 'names a time twice', when: ({ value }) => Array.isArray(value) }),
      FIX,
    ),
  ]),
  FIX,
);

const USUAL = ['1h', '24h', '7d'] as const;

/** Seconds after a closing at which its target is re-checked. */
export function toWatchSeconds(watch: z.output<typeof watchSchema>): readonly number[] {
  return (watch === true ? USUAL : watch).flatMap((each) => durationSeconds(each) ?? []);
}
