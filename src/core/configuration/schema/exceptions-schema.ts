import * as z from 'zod';
import { parseUntil } from '../../exceptions/parse-until';
import { accountId } from './account-id';
import { controlsCondition, tagCondition } from './condition-schemas';
import { withFix } from './fixes';
import { cidr, port } from './policy-schema';

const targetId = withFix(
  z.string().regex(/^(sg|acl)-[0-9a-f]{8,17}$/),
  'write the id of a security group or network ACL, such as sg-0123456789abcdef0',
);

const reason = withFix(z.string().trim().min(1).max(256), 'say in 1 to 256 characters why the risk is accepted');

const until = withFix(
  z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/),
  'write a day such as 2027-01-31, on which it ends at 00:00 UTC, or a moment such as 2027-01-31T18:00:00Z',
);

const entry = withFix(
  z
    .strictObject({
      account: accountId.exactOptional(),
      target: targetId.exactOptional(),
      tags: withFix(
        z.array(tagCondition).min(1),
        'list tags of the target, such as [{ key: demo, value: public }]',
      ).exactOptional(),
      controls: controlsCondition,
      ports: withFix(z.array(port).min(1), 'list the ports that may stay open, such as [8080, "9000-9010"]'),
      sources: withFix(z.array(cidr).min(1), 'list who may reach them, such as [0.0.0.0/0]'),
      reason,
      until,
    })
    .superRefine(({ account, target, tags }, context) => {
      if (account !== undefined || target !== undefined || tags !== undefined) return;
      const message = 'is for every target of every account';
      context.addIssue({ code: 'custom', message, params: { fix: 'name account, target or tags' } });
    }),
  'write { account: "222222222222", target: sg-0123456789abcdef0, controls: [EC2.19], ports: [8080], sources: [0.0.0.0/0], ' +
    'reason: public demo, until: 2027-01-31 }',
);

export const exceptionsSchema = withFix(z.array(entry), 'list exceptions, or leave exceptions out');

export type ExceptionEntry = z.output<typeof entry>;

/** Ends that are over, or further ahead than the configuration allows, by their place. */
export function findWrongEnds(
  exceptions: readonly { readonly until: string }[],
  maximumDays: number,
  now: Date,
): readonly { readonly path: string; readonly value: string; readonly problem: string }[] {
  return exceptions.flatMap(({ until: value }, index) => {
    const parsed = parseUntil(value, now, maximumDays);
    return parsed.ok ? [] : [{ path: `exceptions[${String(index)}].until`, value, problem: parsed.error }];
  });
}
