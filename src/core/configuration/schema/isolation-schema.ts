import * as z from 'zod';
import type { IsolationTerms } from '../../isolation/isolation-terms';
import { toIsolationNames } from '../names/isolation-names';
import { withFix } from './fixes';

/** Whether the console offers *Isolate*, and which tag forbids it. */
export const isolationSchema = withFix(
  z.strictObject({
    guardTag: withFix(
      z
        .string()
        .min(1)
        .max(128)
        .regex(/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/iu),
      'write the key of a tag, such as portcullis:isolate',
    )
      .default('portcullis:isolate')
      .describe('An instance, interface, subnet or VPC with this tag and the value deny is not isolated.'),
  }),
  'write {} to offer Isolate, or leave isolation out',
);

export type IsolationConfiguration = z.output<typeof isolationSchema>;

/** `isolation` as the functions go by it. */
export function toIsolationTerms({ guardTag }: IsolationConfiguration, prefix: string): IsolationTerms {
  return { guardTag, groupName: toIsolationNames(prefix).group };
}
