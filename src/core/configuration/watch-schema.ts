import * as z from 'zod';
import { durationSeconds } from '../questions/ask-terms';
import { withFix } from './fixes';
import { areDifferent } from './lists';

const LEAST_SECONDS = 300;
const MOST_SECONDS = 90 * 86_400;
/** Each is a schedule for every closing. */
const MOST_TIMES = 10;

const time = withFix(
  z.string().refine((text) => {
    const seconds = durationSeconds(text);
    return seconds !== undefined && seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS;
  }),
  'write minutes, hours or days from 5m to 90d, such as 24h',
);

/** How long after a closing its target is looked at again. */
export const watchSchema = withFix(
  z
    .array(time)
    .min(1)
    .max(MOST_TIMES)
    .refine(areDifferent, { message: 'names a time twice', when: ({ value }) => Array.isArray(value) }),
  'list 1 to 10 times, each once, such as [1h, 24h, 7d]',
);
