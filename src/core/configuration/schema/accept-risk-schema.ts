import * as z from 'zod';
import { withFix } from './fixes';

const days = withFix(z.int().min(1).max(3650), 'write a number of days, a whole number from 1 to 3650');

/** How long accepted risks may last. */
export const acceptRiskSchema = withFix(
  z
    .strictObject({
      defaultDays: days
        .default(30)
        .describe(
          'How long an exception lasts that is made by the custom action Accept risk, where nobody says until when.',
        ),
      maximumDays: days.default(90).describe('How far ahead the end of an exception may lie.'),
    })
    .refine(({ defaultDays, maximumDays }) => defaultDays <= maximumDays, {
      path: ['defaultDays'],
      message: 'is more than maximumDays',
      params: { fix: 'write a number of days that is no higher than acceptRisk.maximumDays' },
    }),
  'write { defaultDays: 30, maximumDays: 90 }, or leave acceptRisk out',
);
