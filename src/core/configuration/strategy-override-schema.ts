import * as z from 'zod';
import { CONTROL_IDS } from '../controls/control-id';
import { accountId } from './account-id';
import { withFix } from './fixes';

export const strategySchema = withFix(z.enum(['close', 'revoke', 'restrict']), 'write close, revoke or restrict');

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions */
const tag = withFix(
  z.strictObject({ key: z.string().min(1).max(128), value: z.string().max(256).exactOptional() }),
  'write { key: environment, value: production }, or the key alone for any value',
);

export const strategyOverrideSchema = withFix(
  z
    .strictObject({
      controls: withFix(
        z.array(withFix(z.enum(CONTROL_IDS), `write one of ${CONTROL_IDS.join(', ')}`)).min(1),
        `list some of ${CONTROL_IDS.join(', ')}`,
      ).exactOptional(),
      accounts: withFix(
        z.array(accountId).min(1),
        'list the 12 digits of account ids in quotes, such as ["111111111111"]',
      ).exactOptional(),
      tags: withFix(
        z.array(tag).min(1),
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
