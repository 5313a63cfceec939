import { parsePolicyMark, type PolicyMark } from '../../core/policy/policy-mark';
import * as z from '../../core/zod-mini';

/**
 * What distinguishes the policy of this deployment from that of another, as the parameter of the deployment holds it.
 */
export const policyMark = z.pipe(
  z.string().check(z.refine((text) => parsePolicyMark(text) !== undefined, 'must be the mark of a policy')),
  z.transform((text): PolicyMark => parsePolicyMark(text) ?? { automatic: [], digest: '' }),
);
