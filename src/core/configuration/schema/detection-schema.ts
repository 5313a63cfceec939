import * as z from 'zod';
import { SECURITY_HUB_CONTROLS } from '../../controls/control-id';
import { baselineSchema } from './baseline-schema';
import { withFix } from './fixes';
import { areDifferent } from './lists';
import { sweepScheduleSchema } from './sweep-schedule-schema';
import { watchSchema } from './watch-schema';

const WRITE_CONTROLS = `list some of ${SECURITY_HUB_CONTROLS.join(', ')}, each once`;

/** What finds openings beside Security Hub's own checks. */
export const detectionSchema = withFix(
  z.strictObject({
    cloudTrail: withFix(z.boolean(), 'write true or false')
      .default(false)
      .describe('Whether changes of security groups and network ACLs that CloudTrail reports are read within seconds.'),
    controls: withFix(
      z
        .array(withFix(z.enum(SECURITY_HUB_CONTROLS), `write one of ${SECURITY_HUB_CONTROLS.join(', ')}`))
        .min(1)
        .refine(areDifferent, { message: 'names a control twice', when: ({ value }) => Array.isArray(value) }),
      WRITE_CONTROLS,
    )
      .default([...SECURITY_HUB_CONTROLS])
      .describe(
        'Controls that a target is held against, EC2.18 with the ports that the Security Hub of its account and Region authorizes.',
      ),
    baseline: baselineSchema
      .exactOptional()
      .describe(
        'Ports that may not be public beside what the controls say, in security groups and network ACLs: a control of ours that ' +
          'is named baseline. Left out, there is none.',
      ),
    sweep: sweepScheduleSchema
      .exactOptional()
      .describe(
        'How often every security group and network ACL is read, such as rate(1 day). What violates is imported. Left ' +
          'out, only `portcullis scan` looks.',
      ),
    watch: watchSchema
      .exactOptional()
      .describe(
        'How long after a closing its target is re-checked, such as [1h, 24h, 7d]; true is these three. Left out, by ' +
          'sweeps and what CloudTrail reports alone.',
      ),
    reopened: withFix(
      z.strictObject({
        closings: withFix(z.int().min(1).max(100), 'write a whole number from 1 to 100').default(3),
        hours: withFix(z.int().min(1).max(720), 'write a number of hours, a whole number from 1 to 720').default(24),
      }),
      'write { closings: 3, hours: 24 }',
    )
      .prefault({})
      .describe(
        'How often a target that is opened again is closed again by itself within so many hours. Then a person is asked.',
      ),
  }),
  'write { cloudTrail: true }, or leave detection out',
);
