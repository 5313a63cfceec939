import * as z from 'zod';
import { withFix } from './fixes';

/** A text, not a number: an id may begin with 0. */
export const accountId = withFix(
  z.string().regex(/^\d{12}$/),
  'write the 12 digits of the account id in quotes, such as "111111111111"',
);
