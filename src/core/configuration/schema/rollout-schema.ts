import * as z from 'zod';
import { accountId } from './account-id';
import { withFix } from './fixes';
import { areDifferent } from './lists';

/** Root or unit: https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html */
const unit = withFix(
  z.string().regex(/^(r-[a-z0-9]{4,32}|ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})$/),
  'write the id of an organizational unit or of the root, such as ou-ab12-cdef3456, as ' +
    '`aws organizations list-organizational-units-for-parent` prints it',
);

const percentage = (least: number) =>
  withFix(z.int().min(least).max(100), `write a whole number from ${String(least)} to 100`);

/** How the member template comes into the accounts of an organization. */
export const rolloutSchema = withFix(
  z.strictObject({
    account: accountId.describe('The account that the StackSet is made in.'),
    administrator: withFix(z.enum(['delegated', 'management']), 'write delegated or management, or leave it out')
      .default('delegated')
      .describe(
        'Whether that account is a delegated administrator of StackSets or the management account of the organization.',
      ),
    organizationalUnits: withFix(
      z
        .array(unit)
        .min(1)
        .refine(areDifferent, { message: 'names a unit twice', when: ({ value }) => Array.isArray(value) })
        .refine((units) => units.length === 1 || !units.some((each) => each.startsWith('r-')), {
          message: 'names the root, which all other units are in',
          when: ({ value }) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
        }),
      'list ids of organizational units, each once, such as [ou-ab12-cdef3456], or the root alone, such as [r-ab12]',
    ).describe(
      'Units whose accounts, and those of the units in them, get the member stack in every Region of members.regions; ' +
        'so do accounts that join later.',
    ),
    directly: withFix(
      z
        .array(accountId)
        .refine(areDifferent, { message: 'names an account twice', when: ({ value }) => Array.isArray(value) }),
      'list account ids in quotes, each once, such as ["111111111111"], or leave it out',
    )
      .optional()
      .describe(
        'Accounts that get the member stack from `npx cdk deploy --all` with credentials of their own; the StackSet leaves ' +
          'them out. Left out: the hub account, and `account` where it is the management account.',
      ),
    failureTolerancePercentage: percentage(0)
      .default(10)
      .describe('Of the accounts of a Region: how many may fail before a deployment stops.'),
    maxConcurrentPercentage: percentage(1)
      .default(25)
      .describe('Of the accounts of a Region: how many are deployed at a time.'),
    retainStacks: withFix(z.boolean(), 'write true or false')
      .default(false)
      .describe('Whether an account that leaves the units keeps its stacks.'),
  }),
  'write { account: "999999999999", organizationalUnits: [ou-ab12-cdef3456] }, or leave rollout out',
);

export type Rollout = z.output<typeof rolloutSchema>;
