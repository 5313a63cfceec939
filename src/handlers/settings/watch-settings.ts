import * as z from '../../core/zod-mini';
import { json } from './parse-settings';

/** What is re-checked after a closing, and when. */
export const watchSetting = z.exactOptional(
  z.pipe(
    json,
    z.strictObject({
      queueArn: z.string().check(z.regex(/^arn:[^:]+:sqs:/, 'must be the ARN of a queue')),
      seconds: z.array(z.int().check(z.positive())).check(z.minLength(1)),
    }),
  ),
);

export interface WatchSettings {
  /** Of the function that re-checks single targets. */
  readonly queueArn: string;
  readonly seconds: readonly number[];
}
