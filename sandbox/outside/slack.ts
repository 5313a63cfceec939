import { z } from 'zod';
import { jsonAnswer, jsonBody } from './outside-request';
import type { Answer } from './receivers';

const plain = (max: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().exactOptional(),
  });
const text = (max: number) =>
  z.union([
    plain(max),
    z.strictObject({
      type: z.literal('mrkdwn'),
      text: z.string().min(1).max(max),
      verbatim: z.boolean().exactOptional(),
    }),
  ]);

const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), text: plain(150) }),
  z
    .strictObject({
      type: z.literal('section'),
      text: text(3000).exactOptional(),
      fields: z.array(text(2000)).min(1).max(10).exactOptional(),
    })
    .refine((section) => section.text !== undefined || section.fields !== undefined),
]);

const message = {
  channel: z.string().regex(/^[CGD][A-Z0-9]{2,}$/),
  text: z.string().max(40_000),
  blocks: z.array(block).max(50),
};

const posted = z.strictObject({
  ...message,
  thread_ts: z.string().exactOptional(),
  unfurl_links: z.boolean().exactOptional(),
  unfurl_media: z.boolean().exactOptional(),
});

const updated = z.strictObject({ ...message, ts: z.string() });

/** Slack documents none for all blocks together, and refuses more than some 13,200. */
const MAX_CHARACTERS = 13_000;

/**
 * chat.postMessage and chat.update, with the blocks that Portcullis uses. Messages are known by `ts`; nothing else is
 * kept.
 * https://docs.slack.dev/reference/methods/chat.postMessage
 */
export function createSlackReceiver(): Answer {
  const known = new Set<string>();
  const refuse = (error: string) => jsonAnswer(200, { ok: false, error });
  return (request) => {
    const method = new URL(request.url).pathname.replace('/api/', '');
    if (!/^Bearer xox/.test(request.headers['authorization'] ?? '')) return refuse('not_authed');
    const schema = method === 'chat.postMessage' ? posted : method === 'chat.update' ? updated : undefined;
    if (!schema) return refuse('unknown_method');
    const parsed = schema.safeParse(jsonBody(request));
    if (!parsed.success) {
      const isOfChannel = parsed.error.issues.some(({ path }) => path[0] === 'channel');
      return refuse(isOfChannel ? 'channel_not_found' : 'invalid_blocks');
    }
    const { channel, blocks } = parsed.data;
    if (JSON.stringify(blocks).length > MAX_CHARACTERS) return refuse('msg_blocks_too_long');
    const about = 'ts' in parsed.data ? parsed.data.ts : parsed.data.thread_ts;
    if (about !== undefined && !known.has(about)) return refuse('message_not_found');
    const ts = 'ts' in parsed.data ? parsed.data.ts : `1700000000.${String(known.size + 1).padStart(6, '0')}`;
    known.add(ts);
    return jsonAnswer(200, { ok: true, channel, ts });
  };
}
