import { isGrantId } from '../../core/grants/grant';
import type { Target } from '../../core/target';
import * as z from '../../core/zod-mini';
import { targetSchema } from '../remediation/parse-execution-input';
import { askId, reasonOf } from './command-input';

/** What `portcullis open` sends. */
export const openInput = (): z.ZodMiniType<OpenInput> =>
  z.strictObject({
    askId,
    target: targetSchema(),
    port: z.int('is not a whole number').check(z.minimum(1, 'is no port'), z.maximum(65_535, 'is no port')),
    source: z.string().check(z.maxLength(64, 'is longer than 64 characters')),
    for: z.string().check(z.maxLength(16, 'is longer than 16 characters')),
    reason: reasonOf('say why it is to be opened'),
  });

/** What `portcullis grants end` sends. */
export const endGrantInput = (): z.ZodMiniType<EndGrantInput> =>
  z.strictObject({
    askId,
    grantId: z.string().check(z.refine(isGrantId, 'is not the id of a grant; it looks like grt-0123456789abcdef')),
  });

export interface OpenInput {
  readonly askId: string;
  readonly target: Target;
  readonly port: number;
  /** An address block. */
  readonly source: string;
  /** Such as `2h`. */
  readonly for: string;
  readonly reason: string;
}

export interface EndGrantInput {
  readonly askId: string;
  readonly grantId: string;
}
