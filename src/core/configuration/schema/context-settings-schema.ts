import * as z from 'zod';
import { LEAST_READING_SECONDS, MOST_READING_SECONDS, READING_SECONDS } from '../../context/reading-seconds';
import { withFix } from './fixes';

const BOUNDS = `from ${String(LEAST_READING_SECONDS)} to ${String(MOST_READING_SECONDS)}`;

/** How long is read around a target before something is decided about it. */
export const contextSettingsSchema = withFix(
  z.strictObject({
    seconds: withFix(
      z.int().min(LEAST_READING_SECONDS).max(MOST_READING_SECONDS),
      `write a number of seconds, a whole number ${BOUNDS}`,
    )
      .default(READING_SECONDS)
      .describe('What is read around a target later than that is not known, and closes nothing by itself.'),
  }),
  `write { seconds: ${String(READING_SECONDS)} }`,
);
