import * as z from 'zod';
import { CONTROL_IDS } from '../../controls/control-id';
import {
  accountsCondition,
  controlsCondition,
  regionsCondition,
  severitiesCondition,
  tagCondition,
} from './condition-schemas';
import { factConditions } from './fact-conditions-schema';
import { findExcludedIncludes } from '../mistakes/find-excluded-includes';
import { withFix } from './fixes';
import { areDifferent } from './lists';

/** What says which targets are in, or out. */
const filter = {
  accounts: accountsCondition.exactOptional(),
  organizationalUnits: factConditions.organizationalUnits,
  regions: regionsCondition.exactOptional(),
  severities: severitiesCondition.exactOptional(),
  tags: withFix(
    z.array(tagCondition).min(1),
    "list tags of the target, such as [{ key: portcullis:automatic, value: 'off' }]",
  ).exactOptional(),
};

const control = withFix(z.enum(CONTROL_IDS), `write one of ${CONTROL_IDS.join(', ')}`);

const filtered = z.strictObject({
  controls: controlsCondition,
  include: withFix(z.strictObject(filter), "write { accounts: ['222222222222'] }, or leave include out")
    .exactOptional()
    .describe('Only targets that meet every one of these conditions, each by one of its values.'),
  exclude: withFix(
    z.strictObject(filter),
    "write { tags: [{ key: portcullis:automatic, value: 'off' }] }, or leave exclude out",
  )
    .exactOptional()
    .describe('No target that meets one of these conditions, whatever else includes it.'),
});

export type AutomaticEntry = z.output<typeof control> | z.output<typeof filtered>;

const FIX = `list some of ${CONTROL_IDS.join(', ')}, each once, or write []`;

export const automaticSchema = withFix(
  z
    .array(
      withFix(
        z.union([control, filtered]),
        `write one of ${CONTROL_IDS.join(', ')}, or { controls: [EC2.13], exclude: { tags: [{ key: portcullis:automatic, value: 'off' }] } }`,
      ),
    )
    .refine(areDifferent, { message: 'names a control twice', when: ({ value }) => Array.isArray(value) })
    .superRefine((entries, context) => {
      // Where one entry takes a control whole, another's filters include nothing more.
      const whole = entries.flatMap((each) =>
        typeof each === 'string' ? each : each.include === undefined ? each.controls : [],
      );
      entries.forEach((each, index) => {
        if (typeof each === 'string') return;
        for (const { path, message, fix } of findExcludedIncludes(each)) {
          context.addIssue({ code: 'custom', path: [index, ...path], message, params: { fix } });
        }
        const twice = each.controls.filter(
          (id) => whole.filter((one) => one === id).length > (each.include === undefined ? 1 : 0),
        );
        if (twice.length === 0) return;
        const message = `names ${twice.join(', ')}, which another entry takes without include`;
        const fix = 'name a control once, or with include each time';
        context.addIssue({ code: 'custom', path: [index, 'controls'], message, params: { fix } });
      });
    }),
  FIX,
);
