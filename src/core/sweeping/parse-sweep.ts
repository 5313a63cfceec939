import { storedClosable } from '../stored-target';
import { accountIdSchema } from '../account-id';
import { CONTROL_IDS } from '../controls/control-id';
import { renderInputProblem } from '../input-problem';
import { failure, success, type Result } from '../result';
import { toInputProblem } from '../schema-words';
import * as z from '../zod-mini';
import { isSweepId, type Sweep, type SweepRequest } from './sweep';
import type { SweptPlace } from './swept-place';

/** A Region's name. */
export const regionSchema = (): z.ZodMiniString =>
  z.string().check(z.regex(/^[a-z]{2,}(?:-[a-z]+)+-\d+$/, 'is no Region such as eu-central-1'));

const request = () => ({
  sweepId: z.string().check(z.refine(isSweepId, 'is no id of a sweep; it looks like swp-0123456789abcdef')),
  by: z.string(),
  accounts: z.exactOptional(z.array(accountIdSchema())),
  regions: z.array(regionSchema()),
  controls: z.exactOptional(z.array(z.enum(CONTROL_IDS))),
  imports: z.boolean(),
});

const unreadable = () =>
  z.object({
    ...{ account: z.string(), region: z.string(), target: z.exactOptional(z.string()), reason: z.string() },
    control: z.exactOptional(z.enum(CONTROL_IDS)),
  });

const count = () => z.int();

const sweepSchema = () =>
  z.object({
    ...request(),
    startedAt: z.string(),
    finishedAt: z.exactOptional(z.string()),
    places: count(),
    done: count(),
    totals: z.object({
      accounts: count(),
      regions: count(),
      securityGroups: count(),
      networkAcls: count(),
      violating: count(),
      unreadable: count(),
      imported: count(),
      archived: count(),
    }),
    unreadable: z.array(unreadable()),
    failed: z.exactOptional(z.string()),
  });

const placeSchema = () =>
  z.object({
    account: z.string(),
    region: z.string(),
    securityGroups: count(),
    networkAcls: count(),
    targets: z.array(
      z.object({
        target: storedClosable,
        controls: z.array(z.enum(CONTROL_IDS)),
        violations: z.array(
          // Loose: the reasons as data go through as they are.
          z.union([
            z.looseObject({
              ruleId: z.string(),
              controls: z.array(z.enum(CONTROL_IDS)),
              how: z.enum(['open', 'effectively-open']),
              reason: z.string(),
            }),
            z.looseObject({
              ruleNumber: z.int(),
              controls: z.array(z.enum(CONTROL_IDS)),
              how: z.literal('open'),
              reason: z.string(),
            }),
          ]),
        ),
      }),
    ),
    unreadable: z.array(unreadable()),
  });

/** What an execution of the sweeper is started with. The error names the field, its value and what it must be. */
export function parseSweepRequest(input: unknown): Result<SweepRequest, string> {
  return parsed(z.strictObject(request()), input);
}

/** A sweep as it was stored. */
export function parseSweep(input: unknown): Result<Sweep, string> {
  return parsed(sweepSchema(), input);
}

/** What was found in a place, as it was stored. */
export function parseSweptPlace(input: unknown): Result<SweptPlace, string> {
  return parsed(placeSchema(), input);
}

function parsed<Output>(schema: z.ZodMiniType<Output>, input: unknown): Result<Output, string> {
  const result = schema.safeParse(input);
  return result.success ? success(result.data) : failure(renderInputProblem(toInputProblem(result.error, input)));
}
