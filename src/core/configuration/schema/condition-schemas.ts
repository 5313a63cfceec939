import * as z from 'zod';
import { CONTROL_IDS } from '../../controls/control-id';
import { SEVERITIES } from '../../policy/policy-entry';
import { accountId } from './account-id';
import { withFix } from './fixes';

/** Conditions that entries of several lists have in common. Each is met by any one of its values. */

export const controlsCondition = withFix(
  z.array(withFix(z.enum(CONTROL_IDS), `write one of ${CONTROL_IDS.join(', ')}`)).min(1),
  `list some of ${CONTROL_IDS.join(', ')}`,
);

export const accountsCondition = withFix(
  z.array(accountId).min(1),
  'list the 12 digits of account ids in quotes, such as ["111111111111"]',
);

export const regionsCondition = withFix(
  z.array(z.string().min(1)).min(1),
  'list codes of Regions of members.regions, such as [eu-central-1]',
);

export const severitiesCondition = withFix(
  z.array(withFix(z.enum(SEVERITIES), `write one of ${SEVERITIES.join(', ')}`)).min(1),
  `list some of ${SEVERITIES.join(', ')}`,
);

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions */
export const tagKey = z.string().min(1).max(128);

/** One without a value is met by any value. */
export const tagCondition = withFix(
  z.strictObject({ key: tagKey, value: z.string().max(256).exactOptional() }),
  'write { key: environment, value: production }, or the key alone for any value',
);
