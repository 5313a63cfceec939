import { en } from 'zod/locales';
import { config } from 'zod/mini';

// Without a language, every message of zod/mini would be "Invalid input".
config(en());

/**
 * zod for all that a Lambda function loads: functions in place of methods, so that only what is called gets into the
 * bundle. See docs/decisions/0041-functions-load-the-small-zod.md.
 */
export * from 'zod/mini';
