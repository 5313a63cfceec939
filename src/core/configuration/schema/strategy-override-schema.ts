import * as z from 'zod';
import { accountsCondition, controlsCondition, tagCondition } from './condition-schemas';
import { withFix } from './fixes';

export const strategySchema = withFix(z.enum(['close', 'revoke', 'restrict']), 'write close, revoke or restrict');

export const strategyOverrideSchema = withFix(
  z
    .strictObject({
      controls: controlsCondition.exactOptional(),
      accounts: accountsCondition.exactOptional(),
      tags: withFix(
        z.array(tagCondition).min(1),
        'list tags, such as [{ key: environment, value: production }]',
      ).exactOptional(),
      strategy: strategySchema,
    })
    .refine(({ controls, accounts, tags }) => (controls ?? accounts ?? tags) !== undefined, {
      message: 'matches everything: policy.strategy is for that',
      when: ({ value }) => typeof value === 'object' && value !== null,
    }),
  'write { controls: [EC2.18], strategy: revoke }; controls, accounts and tags together must all match',
);
