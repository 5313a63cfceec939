import * as z from 'zod';
import { OTHER_WAY_IN_ANSWERS, REACHABLE_ANSWERS, TOOLS, USED_ANSWERS } from '../../context/context';
import { ATTACHED_VALUES, MANAGER_VALUES } from '../../policy/policy-entry';
import { withFix } from './fixes';

/** Conditions of an entry on what is known about the target. What is not known makes the entry ask. */
export const factConditions = {
  organizationalUnits: withFix(
    z
      .array(
        withFix(
          z.string().regex(/^(ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-[0-9a-z]{4,32})$/),
          'write the id of a unit, such as ou-ab12-cdef3456, or of the root, such as r-ab12',
        ),
      )
      .min(1),
    'list ids of organizational units, such as [ou-ab12-cdef3456]',
  )
    .exactOptional()
    .describe('Units at any level above the account.'),
  environments: tagValues('[production]').describe(
    'Values of the tag environment, env or stage, without regard to case.',
  ),
  owners: tagValues('[platform]').describe('Values of the tag owner, team or contact, without regard to case.'),
  attachedTo: some(ATTACHED_VALUES).describe(
    'What the target is on. An entry that closes (`auto`) wants everything that is attached named, the others one of it.',
  ),
  reachable: some(REACHABLE_ANSWERS).describe('Whether the internet reaches it today.'),
  used: some(USED_ANSWERS).describe('Whether flow logs show accepted traffic that closing would cut off.'),
  otherWayIn: some(OTHER_WAY_IN_ANSWERS).describe('Whether instances can be got into once 22 or 3389 is closed.'),
  openedBy: some(TOOLS).describe('What it was opened with, as CloudTrail says.'),
  managedBy: some(MANAGER_VALUES).describe('What deploys it; CDK is cloudformation.'),
  any: withFix(z.literal(true), 'write true, or leave it out')
    .exactOptional()
    .describe('One of attachedTo, reachable, used, otherWayIn, openedBy and managedBy suffices; all else must be met.'),
};

function some<const Value extends string>(values: readonly Value[]) {
  return withFix(
    z.array(withFix(z.enum(values), `write one of ${texts(values)}`)).min(1),
    `list some of ${texts(values)}`,
  ).exactOptional();
}

function tagValues(example: string) {
  return withFix(
    z.array(z.string().min(1).max(256)).min(1),
    `list values of the tag, such as ${example}`,
  ).exactOptional();
}

/** In YAML `no` may be read as false: in quotes it is a text everywhere. */
function texts(values: readonly string[]): string {
  return values.map((value) => (value === 'yes' || value === 'no' ? `'${value}'` : value)).join(', ');
}
