import * as z from '../zod-mini';
import {
  ATTACHED_KINDS,
  MANAGERS,
  OTHER_WAY_IN_ANSWERS,
  REACHABLE_ANSWERS,
  SESSIONS,
  TOOLS,
  USED_ANSWERS,
  type Context,
} from './context';

const text = z.string();
const texts = z.array(text);

function factOf<Value extends z.core.SomeType>(value: Value) {
  return z.discriminatedUnion('known', [
    z.object({ known: z.literal(true), value, evidence: texts }),
    z.object({ known: z.literal(false), reason: text }),
  ]);
}

/** What is known about a target, as a ledger's record keeps it. */
export const contextSchema = z.object({
  attached: factOf(
    z.object({
      count: z.number(),
      more: z.exactOptional(z.literal(true)),
      hiddenIn: z.exactOptional(z.object({ vpcId: text, owner: text })),
      kinds: z.array(z.enum(ATTACHED_KINDS)),
      items: z.array(
        z.object({
          kind: z.enum(ATTACHED_KINDS),
          id: text,
          name: z.exactOptional(text),
          state: z.exactOptional(text),
        }),
      ),
      otherVpcs: texts,
      otherAccounts: texts,
    }),
  ),
  reachable: factOf(z.object({ answer: z.enum(REACHABLE_ANSWERS), through: texts, keptOut: z.exactOptional(texts) })),
  used: factOf(
    z.object({
      answer: z.enum(USED_ANSWERS),
      from: text,
      to: text,
      flows: z.number(),
      sources: z.number(),
      bytes: z.number(),
      lastSeen: z.exactOptional(text),
      peers: z.array(z.object({ address: text, bytes: z.number(), lastSeen: text })),
      rejected: z.number(),
    }),
  ),
  otherWayIn: factOf(
    z.object({ answer: z.enum(OTHER_WAY_IN_ANSWERS), ways: texts, sessions: z.exactOptional(z.enum(SESSIONS)) }),
  ),
  openedBy: factOf(
    z.object({
      ...{ who: text, at: text, from: text, with: z.enum(TOOLS), eventId: text },
      firstAt: z.exactOptional(text),
    }),
  ),
  managedBy: factOf(z.object({ by: z.enum(MANAGERS), name: z.exactOptional(text), logicalId: z.exactOptional(text) })),
  owner: factOf(
    z.object({
      owner: z.exactOptional(text),
      environment: z.exactOptional(text),
      owners: z.exactOptional(texts),
      environments: z.exactOptional(texts),
      tags: z.array(z.object({ Key: text, Value: text })),
    }),
  ),
  account: factOf(
    z.object({
      name: text,
      organizationalUnits: texts,
      doubtfulUnits: z.exactOptional(z.array(z.object({ id: text, reason: text }))),
    }),
  ),
}) satisfies z.ZodMiniType<Context>;
