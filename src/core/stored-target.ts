import { accountIdSchema } from './account-id';
import { CLOSABLE_KINDS, TARGET_KINDS } from './target';
import * as z from './zod-mini';

const text = z.string().check(z.minLength(1));
const place = { partition: text, account: accountIdSchema(), region: text, id: text };

/**
 * A target as it stands in what was stored: in the ledger, in events. Whoever reads it acts on it, so that one which
 * somebody has changed by hand into no account is none.
 */
export const storedTarget = z.object({ kind: z.enum(TARGET_KINDS), ...place });

/** One that can be closed. */
export const storedClosable = z.object({ kind: z.enum(CLOSABLE_KINDS), ...place });
