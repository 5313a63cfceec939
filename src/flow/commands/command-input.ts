import { accountIdSchema } from '../../core/account-id';
import { CONTROL_IDS, type ControlId } from '../../core/controls/control-id';
import { isExceptionId } from '../../core/exceptions/risk-exception';
import { isRemediationId } from '../../core/ledger/remediation-id';
import { CHANNEL_NAMES, type ChannelName } from '../../core/messages/channel-name';
import { regionSchema } from '../../core/sweeping/parse-sweep';
import type { Target } from '../../core/target';
import * as z from '../../core/zod-mini';
import { targetSchema } from '../remediation/parse-execution-input';

/** What one call of Security Hub's console selects, five times over; more are several commands. */
const MOST_FINDINGS = 100;

/**
 * Chosen by whoever asks, so that they may ask again when the answer did not reach them: it is asked once all the same.
 */
export const askId = z
  .string()
  .check(z.regex(/^[0-9a-f-]{36}$/, 'is no UUID such as 5d0a8b9e-3f0c-4c7b-9a61-6d1f0e7c2b48'));

const findingId = z.string().check(z.minLength(1, 'is empty'), z.maxLength(512, 'is longer than 512 characters'));

/** What `portcullis remediate` sends. */
export const closeInput = (): z.ZodMiniType<CloseInput> =>
  z.strictObject({
    askId,
    findingIds: z
      .array(findingId)
      .check(z.minLength(1, 'names no finding'), z.maxLength(MOST_FINDINGS, 'names more than 100 findings')),
  });

/** What `portcullis undo` sends. */
export const undoInput = (): z.ZodMiniType<UndoInput> =>
  z.strictObject({
    askId,
    remediationId: z
      .string()
      .check(z.refine(isRemediationId, 'is not a remediation id; it looks like rem-0123456789abcdef')),
    confirmed: z.boolean('is neither true nor false'),
  });

/** What a person writes in some sentences; it is kept as it is. */
const MOST_REASON_CHARACTERS = 1000;

/** @param fix the fix that whoever writes none is shown */
export function reasonOf(fix: string): z.ZodMiniType<string> {
  return z
    .string()
    .check(
      z.trim(),
      z.minLength(1, `is empty; ${fix}`),
      z.maxLength(
        MOST_REASON_CHARACTERS,
        `is longer than ${String(MOST_REASON_CHARACTERS)} characters; say it shorter`,
      ),
    );
}

/** What `portcullis exceptions add` sends. */
export const acceptInput = (): z.ZodMiniType<AcceptInput> =>
  z.strictObject({
    askId,
    findingId,
    until: z.string().check(z.maxLength(64, 'is longer than 64 characters')),
    reason: reasonOf('say why the risk is accepted'),
    source: z.exactOptional(z.string().check(z.maxLength(64, 'is longer than 64 characters'))),
    ports: z.exactOptional(z.string().check(z.maxLength(512, 'is longer than 512 characters'))),
  });

/** What `portcullis exceptions end` sends. */
export const endExceptionInput = (): z.ZodMiniType<EndExceptionInput> =>
  z.strictObject({
    askId,
    exceptionId: z
      .string()
      .check(z.refine(isExceptionId, 'is not the id of an exception; it looks like exc-0123456789abcdef')),
  });

/** What `portcullis withdraw` sends. */
export const withdrawInput = (): z.ZodMiniType<WithdrawInput> =>
  z.strictObject({
    target: targetSchema(),
    requestId: z.string().check(z.minLength(1, 'is empty'), z.maxLength(512, 'is longer than 512 characters')),
  });

/** One of finding and target. */
export const contextInput = (): z.ZodMiniType<ContextInput> =>
  z.union([z.strictObject({ askId, findingId }), z.strictObject({ askId, target: targetSchema() })], {
    error: 'names neither one finding, in findingId, nor one target',
  });

/** Without an account: what holds everything. */
export const releaseInput = (): z.ZodMiniType<ReleaseInput> =>
  z.strictObject({ account: z.exactOptional(accountIdSchema()) });

/** What `portcullis brake engage` sends. */
export const engageInput = (): z.ZodMiniType<EngageInput> =>
  z.strictObject({ reason: z.string().check(z.maxLength(256, 'is longer than 256 characters')) });

export interface EngageInput {
  /** May be empty. */
  readonly reason: string;
}

/** What `portcullis notify test` sends. */
export const testChannelInput = (): z.ZodMiniType<TestChannelInput> =>
  z.strictObject({ askId, channel: z.enum(CHANNEL_NAMES) });

export interface TestChannelInput {
  readonly askId: string;
  readonly channel: ChannelName;
}

/** Accounts of an organization are a few thousand at most. */
const MOST_ACCOUNTS = 5_000;

/** What `portcullis scan` sends. */
export const scanInput = (): z.ZodMiniType<ScanInput> =>
  z.strictObject({
    askId,
    accounts: z.exactOptional(
      z
        .array(accountIdSchema())
        .check(z.minLength(1, 'names no account'), z.maxLength(MOST_ACCOUNTS, 'names more than 5,000 accounts')),
    ),
    regions: z.exactOptional(z.array(regionSchema()).check(z.minLength(1, 'names no Region'))),
    controls: z.exactOptional(
      z
        .array(z.enum(CONTROL_IDS, { error: `is none of ${CONTROL_IDS.join(', ')}` }))
        .check(z.minLength(1, 'names no control')),
    ),
    imports: z.boolean('is neither true nor false'),
  });

export interface ScanInput {
  readonly askId: string;
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  readonly controls?: readonly ControlId[];
  readonly imports: boolean;
}

export interface AcceptInput {
  readonly askId: string;
  readonly findingId: string;
  /** A day or a moment, as it was written. */
  readonly until: string;
  readonly reason: string;
  /** An address block, and ports as `22` or `22,8000-8010`; left out is all that is open. */
  readonly source?: string;
  readonly ports?: string;
}

export interface EndExceptionInput {
  readonly askId: string;
  readonly exceptionId: string;
}

export interface ReleaseInput {
  readonly account?: string;
}

export interface CloseInput {
  readonly askId: string;
  readonly findingIds: readonly string[];
}

export interface UndoInput {
  readonly askId: string;
  readonly remediationId: string;
  /** Whoever asks knows that the closing is old. */
  readonly confirmed: boolean;
}

export type ContextInput =
  { readonly askId: string; readonly findingId: string } | { readonly askId: string; readonly target: Target };

export interface WithdrawInput {
  readonly target: Target;
  readonly requestId: string;
}
