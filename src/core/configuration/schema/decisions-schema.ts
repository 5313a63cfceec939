import * as z from 'zod';
import { findIdleConditions } from '../../policy/find-idle-conditions';
import { findIdleEntries } from '../../policy/find-idle-entries';
import { POLICY_MODES, type PolicyEntry } from '../../policy/policy-entry';
import {
  accountsCondition,
  controlsCondition,
  regionsCondition,
  severitiesCondition,
  tagCondition,
  tagKey,
} from './condition-schemas';
import { askSchema } from './ask-schema';
import type { AutomaticEntry } from './automatic-schema';
import { factConditions } from './fact-conditions-schema';
import { withFix } from './fixes';

const conditions = withFix(
  z
    .strictObject({
      controls: controlsCondition.exactOptional(),
      accounts: accountsCondition.exactOptional(),
      regions: regionsCondition.exactOptional(),
      severities: severitiesCondition.exactOptional(),
      tags: withFix(
        z.array(tagCondition).min(1),
        'list tags of the target, such as [{ key: environment, value: production }]',
      ).exactOptional(),
      ...factConditions,
    })
    .superRefine((when, context) => {
      for (const { path, message, fix } of findIdleConditions(when)) {
        context.addIssue({ code: 'custom', path: [path], message, params: { fix } });
      }
    }),
  'write { controls: [EC2.13], tags: [{ key: environment, value: test }] }; all conditions must be met, each by one of its values',
);

/** It stands in notes of 512 characters. */
const MAX_NAME_CHARACTERS = 64;

const entry = withFix(
  z
    .strictObject({
      name: withFix(
        z
          .string()
          .trim()
          .min(1)
          .max(MAX_NAME_CHARACTERS)
          .regex(/^[^\p{Cc}"]+$/u),
        `write 1 to ${String(MAX_NAME_CHARACTERS)} characters in one line without double quotes, or leave it out`,
      )
        .exactOptional()
        .describe('Names the entry in notes, records and reports.'),
      when: conditions.exactOptional().describe('What must be so; left out, the entry matches everything.'),
      do: withFix(z.enum(POLICY_MODES), `write one of ${POLICY_MODES.join(', ')}`).describe(
        'auto: closed with nobody watching. ask: left open until a person answers, or chooses Close ingress. notify: noted on the ' +
          'finding, left open. ignore: nothing is done or written.',
      ),
      ask: askSchema.exactOptional().describe('With do: ask, who may answer, how long, and what silence means.'),
    })
    .superRefine((one, context) => {
      if (one.ask === undefined || one.do === 'ask') return;
      const fix = `write do: ask, or remove ask`;
      context.addIssue({ code: 'custom', path: ['ask'], message: `has no effect with do: ${one.do}`, params: { fix } });
    }),
  'write { name: test closes itself, when: { tags: [{ key: environment, value: test }] }, do: auto }',
);

export const decisionsSchema = withFix(
  z.array(entry).superRefine((entries, context) => {
    for (const { index, message } of findIdleEntries(entries)) {
      const fix = 'move it up, make the other one narrower, or remove it';
      context.addIssue({ code: 'custom', path: [index], message, params: { fix } });
    }
    const names = entries.map(({ name }) => name);
    names.forEach((name, index) => {
      if (name === undefined || names.indexOf(name) === index) return;
      const message = 'names two entries';
      context.addIssue({ code: 'custom', path: [index, 'name'], message, params: { fix: 'write another name' } });
    });
  }),
  'list entries, such as [{ when: { controls: [EC2.13] }, do: auto }, { do: notify }], or leave decisions out',
);

export const guardsSchema = withFix(
  z.strictObject({
    protectionTag: withFix(tagKey, 'write the key of a tag, such as portcullis:protect')
      .exactOptional()
      .describe('A target with a tag of this key asks, whoever wants it closed. Close ingress chosen again closes it.'),
    lastWayIn: withFix(z.boolean(), 'write true or false')
      .default(true)
      .describe('Whether closing 22 or 3389 asks where an instance runs and no other way into it is known.'),
    firewallManager: withFix(z.boolean(), 'write true or false')
      .default(true)
      .describe('Whether a target that Firewall Manager manages, and would open again, asks.'),
  }),
  'write { protectionTag: portcullis:protect, lastWayIn: true }, or leave guards out',
);

/** Entries that name Regions in which nothing is ever closed, by their place. */
export function findRegionsOfNobody(
  {
    decisions,
    automatic,
  }: { readonly decisions: readonly PolicyEntry[]; readonly automatic: readonly AutomaticEntry[] },
  regions: readonly string[],
): readonly { readonly path: (string | number)[]; readonly message: string }[] {
  const named = [
    ...decisions.map(({ when }, index) => ({ path: ['decisions', index, 'when', 'regions'], regions: when?.regions })),
    ...automatic.flatMap((each, index) =>
      typeof each === 'string'
        ? []
        : (['include', 'exclude'] as const).map((filter) => ({
            path: ['automatic', index, filter, 'regions'],
            regions: each[filter]?.regions,
          })),
    ),
  ];
  const message = 'is not one of members.regions, so that it never matches';
  return named.flatMap(({ path, regions: codes = [] }) =>
    codes.flatMap((region, place) => (regions.includes(region) ? [] : [{ path: [...path, place], message }])),
  );
}
