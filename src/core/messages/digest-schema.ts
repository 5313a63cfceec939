import type { Digest, DigestCounts } from '../digest/digest';
import * as z from '../zod-mini';

const count = z.int().check(z.minimum(0));
const time = z.iso.datetime();

const counts = {
  ...{ opened: count, closed: count, waiting: count },
  ...{ failed: count, ending: count, granted: count },
} satisfies Record<keyof DigestCounts, unknown>;

/** A digest in a message of the queue of mail, as the digester puts it there. */
export function digestSchema(): z.ZodMiniType<Digest> {
  const text = z.string();
  const items = z.array(z.object({ id: text, account: text, region: text, target: text, at: time, about: text }));
  return z.object({
    ...{ since: time, until: time, all: z.object(counts) },
    accounts: z.array(z.object({ account: text, ...counts })),
    moreAccounts: count,
    unreadable: count,
    ...{ waiting: items, ending: items, granted: items, failed: items },
  });
}
